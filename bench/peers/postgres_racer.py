"""PostgreSQL: batches of policies as filtered counts over one table."""
import os

import psycopg

import racing
import sql


class Postgres(sql.Database):
    name = "PostgreSQL"
    settings = "jit off, table in shared buffers, 2 parallel workers, 25 policies a query"
    batch = 25
    portion = 150
    asked = {"policy": 60, "firm": 3}
    firm_share = 20

    def __init__(self, work):
        self.lower, self.policies = sql.Lowering(work), work.policies
        self.db = psycopg.connect(os.environ["LIANGU_TEST_PG"], autocommit=True)
        self.version = self.db.execute("SHOW server_version").fetchone()[0].split()[0]
        self.db.execute("SET jit = off")
        self.db.execute("SET max_parallel_workers_per_gather = 2")
        self.db.execute("DROP TABLE IF EXISTS firm")
        self.db.execute(f"CREATE UNLOGGED TABLE firm (id integer PRIMARY KEY, {', '.join(f'{n} {k}' for n, k in self.lower.columns())})")
        with self.db.cursor().copy("COPY firm FROM STDIN") as copy:
            for id, row in enumerate(sql.rows(work)):
                copy.write_row([id, *row])
        self.db.execute("VACUUM ANALYZE firm")

    def counted(self, policies, where=""):
        rules = [self.lower.tree(policy["ast"]) for policy in policies]
        asked = ", ".join(f"count(*) FILTER (WHERE {rule}), count(*) FILTER (WHERE ({rule}) IS NULL)" for rule in rules)
        row = self.db.execute(f"SELECT {asked} FROM firm {where}").fetchone()
        return list(zip(row[::2], row[1::2]))


racing.run(Postgres)
