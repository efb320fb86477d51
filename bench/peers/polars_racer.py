"""Polars: one lazy query of about a hundred policies at a time."""
import polars as pl

import racing

BATCH = 100


class Polars(racing.Racer):
    name, version = "Polars", pl.__version__
    settings = f"lazy, {BATCH} policies a query, codes as integers, sets as one boolean column a code"
    asked = {"policy": 200, "firm": 5}

    def __init__(self, work):
        self.policies, self.portion = work.policies, len(work.policies)
        self.codes = {name: {c: i for i, c in enumerate(f.get("codes", []))} for name, f in work.fields.items()}
        columns = {}
        for name, value in work.value.items():
            known = pl.Series(work.known[name])
            parts = {f"{name}:{i}": value[:, i] for i in range(value.shape[1])} if value.ndim == 2 else {name: value}
            for part, column in parts.items():
                series = pl.Series(part, column).cast(pl.Boolean) if work.fields[name]["type"] == "bool" else pl.Series(part, column)
                columns[part] = pl.select(pl.when(known).then(series).alias(part)).to_series()
        self.frame = pl.DataFrame(list(columns.values()))

    def tree(self, node):
        op = node["op"]
        if op == "not":
            return ~self.tree(node["a"][0])
        if op in ("and", "or"):
            parts = [self.tree(part) for part in node["a"]]
            return pl.all_horizontal(parts) if op == "and" else pl.any_horizontal(parts)
        field = node["f"]
        column = pl.col(field)
        if op in ("eq", "in"):
            numbers = [self.codes[field][c] for c in racing.codes(node)]
            return column == numbers[0] if len(numbers) == 1 else column.is_in(numbers)
        if op == "ge":
            return column >= racing.number(node, "v")
        if op == "le":
            return column <= racing.number(node, "v")
        if op == "between":
            return column.is_between(node["lo"], node["hi"])
        if op == "is":
            return column if node["v"] else ~column
        parts = [pl.col(f"{field}:{self.codes[field][c]}") for c in racing.codes(node)]
        return parts[0] if len(parts) == 1 else pl.any_horizontal(parts)

    def counted(self, policies, frame):
        asked = []
        for n, policy in enumerate(policies):
            rule = self.tree(policy["ast"])
            asked += [rule.sum().alias(f"t{n}"), rule.null_count().alias(f"u{n}")]
        row = frame.lazy().select(asked).collect().row(0)
        return list(zip(row[::2], row[1::2]))

    def all(self, policies):
        return [count for at in range(0, len(policies), BATCH) for count in self.counted(policies[at : at + BATCH], self.frame)]

    def policy(self, policy):
        return self.counted([policy], self.frame)[0]

    def firm(self, row):
        frame = self.frame[row : row + 1]
        for at in range(0, len(self.policies), BATCH):
            self.counted(self.policies[at : at + BATCH], frame)


racing.run(Polars)
