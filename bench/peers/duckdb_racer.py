"""DuckDB: batches of policies as filtered counts over one table in memory."""
import duckdb
import polars as pl

import racing
import sql


class Duck(sql.Database):
    name, version = "DuckDB", duckdb.__version__
    settings = "in memory, 2 threads, 40 policies a query"
    portion = 400
    asked = {"policy": 100, "firm": 3}
    firm_share = 20

    def __init__(self, work):
        self.lower, self.policies = sql.Lowering(work), work.policies
        columns = [pl.select(pl.when(pl.Series(known)).then(pl.Series(name, value)).alias(name)).to_series() for name, value, known in sql.arrays(work)]
        frame = pl.DataFrame(columns).with_row_index("id").to_arrow()
        self.db = duckdb.connect()
        self.db.execute("SET threads TO 2")
        self.db.register("frame", frame)
        self.db.execute("CREATE TABLE firm AS SELECT * FROM frame")
        self.db.unregister("frame")

    def counted(self, policies, where=""):
        rules = [self.lower.tree(policy["ast"]) for policy in policies]
        asked = ", ".join(f"count(*) FILTER ({rule}), count(*) FILTER (({rule}) IS NULL)" for rule in rules)
        row = self.db.execute(f"SELECT {asked} FROM firm {where}").fetchone()
        return list(zip(row[::2], row[1::2]))


racing.run(Duck)
