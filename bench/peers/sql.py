"""A policy as SQL over one wide table: codes as integers, sets as one boolean column a code, unknown is NULL."""
import racing


class Lowering:
    def __init__(self, work):
        self.codes = {name: {c: i for i, c in enumerate(f.get("codes", []))} for name, f in work.fields.items()}
        self.fields = work.fields

    def columns(self):
        """(name, SQL type) of the table."""
        for name, field in self.fields.items():
            if field["type"] == "set":
                yield from ((f"{name}_{i}", "boolean") for i in range(len(field["codes"])))
            else:
                yield name, {"bool": "boolean", "code": "integer", "date": "integer"}.get(field["type"], "bigint")

    def tree(self, node):
        op = node["op"]
        if op == "not":
            return f"(NOT {self.tree(node['a'][0])})"
        if op in ("and", "or"):
            return "(" + f" {op.upper()} ".join(self.tree(part) for part in node["a"]) + ")"
        field = node["f"]
        if op in ("eq", "in"):
            numbers = [str(self.codes[field][c]) for c in racing.codes(node)]
            return f"({field} = {numbers[0]})" if len(numbers) == 1 else f"({field} IN ({', '.join(numbers)}))"
        if op == "ge":
            return f"({field} >= {racing.number(node, 'v')})"
        if op == "le":
            return f"({field} <= {racing.number(node, 'v')})"
        if op == "between":
            return f"({field} BETWEEN {node['lo']} AND {node['hi']})"
        if op == "is":
            return field if node["v"] else f"(NOT {field})"
        return "(" + " OR ".join(f"{field}_{self.codes[field][c]}" for c in racing.codes(node)) + ")"


def rows(work):
    """The table's cells as Python values, row by row."""
    columns = []
    for name, field in work.fields.items():
        value, known = work.value[name], work.known[name]
        kind = bool if field["type"] in ("bool", "set") else int
        for column in value.T if value.ndim == 2 else [value]:
            columns.append([kind(v) if k else None for v, k in zip(column.tolist(), known.tolist())])
    return zip(*columns)


def arrays(work):
    """(name, values, known) of the table's columns."""
    for name, field in work.fields.items():
        value, known = work.value[name], work.known[name]
        if value.ndim == 2:
            yield from ((f"{name}_{i}", value[:, i], known) for i in range(value.shape[1]))
        else:
            yield name, value.astype(bool) if field["type"] == "bool" else value, known


class Database(racing.Racer):
    """A racer that asks batches of policies as one query: `batch`, and `counted(policies, where)` with (true, unknown) of each."""

    batch = 40

    def in_batches(self, policies, where=""):
        return [count for at in range(0, len(policies), self.batch) for count in self.counted(policies[at : at + self.batch], where)]

    def all(self, policies):
        return self.in_batches(policies)

    def policy(self, policy):
        return self.counted([policy])[0]

    def firm(self, row):
        self.in_batches(self.policies[:: self.firm_share], f"WHERE id = {row}")
