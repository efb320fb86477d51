"""Kleene's rules over NumPy vectors: a pair of boolean vectors a node, true and false."""
import numpy as np

import racing


class Rules:
    def __init__(self, work):
        self.value, self.known = work.value, work.known
        self.codes = {name: {c: i for i, c in enumerate(f.get("codes", []))} for name, f in work.fields.items()}

    def leaf(self, node, rows):
        op, field = node["op"], node["f"]
        value, known = self.value[field][rows], self.known[field][rows]
        if op in ("eq", "in"):
            table = np.zeros(len(self.codes[field]), bool)
            table[[self.codes[field][c] for c in racing.codes(node)]] = True
            true = table[value]
        elif op == "ge":
            true = value >= racing.number(node, "v")
        elif op == "le":
            true = value <= racing.number(node, "v")
        elif op == "between":
            true = (value >= node["lo"]) & (value <= node["hi"])
        elif op == "is":
            true = value == int(node["v"])
        else:
            true = value[:, [self.codes[field][c] for c in racing.codes(node)]].any(1)
        return true & known, ~true & known

    def tree(self, node, rows):
        op = node["op"]
        if op == "not":
            true, false = self.tree(node["a"][0], rows)
            return false, true
        if op not in ("and", "or"):
            return self.leaf(node, rows)
        true, false = self.tree(node["a"][0], rows)
        for part in node["a"][1:]:
            t, f = self.tree(part, rows)
            true, false = (true & t, false | f) if op == "and" else (true | t, false & f)
        return true, false
