"""ClickHouse in the process (chDB): batches of policies as conditional counts over one table in memory."""
import chdb
from chdb import session

import racing
import sql


class Chdb(sql.Database):
    name, version = "chDB (ClickHouse)", chdb.__version__
    settings = "table in memory, nullable columns, 2 threads, compile_expressions = 0, 40 policies a query"
    portion = 400
    asked = {"policy": 60, "firm": 3}
    firm_share = 40

    def __init__(self, work):
        self.lower, self.policies = sql.Lowering(work), work.policies
        kinds = {"boolean": "Nullable(Bool)", "integer": "Nullable(Int32)", "bigint": "Nullable(Int64)"}
        columns = list(self.lower.columns())
        self.db = session.Session()
        self.db.query(f"CREATE TABLE firm (id Int32, {', '.join(f'{n} {kinds[k]}' for n, k in columns)}) ENGINE = Memory")
        path = f"{work.place}/chdb.tsv"
        cell = lambda v: "\\N" if v is None else str(int(v))
        with open(path, "w") as out:
            for id, row in enumerate(sql.rows(work)):
                out.write("\t".join([str(id), *map(cell, row)]) + "\n")
        self.db.query(f"INSERT INTO firm FROM INFILE '{path}' FORMAT TSV")

    def counted(self, policies, where=""):
        rules = [self.lower.tree(policy["ast"]) for policy in policies]
        asked = ", ".join(f"countIf({rule}), countIf(({rule}) IS NULL)" for rule in rules)
        query = f"SELECT {asked} FROM firm {where} SETTINGS max_threads = 2, compile_expressions = 0, max_query_size = 10000000, max_ast_elements = 1000000, max_expanded_ast_elements = 1000000"
        numbers = [int(n) for n in str(self.db.query(query, "TSV")).split()]
        return list(zip(numbers[::2], numbers[1::2]))


racing.run(Chdb)
