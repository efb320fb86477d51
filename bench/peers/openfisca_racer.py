"""OpenFisca: a policy is a variable with a formula over vectors; a companion variable says where it is known."""
import importlib.metadata

import numpy as np
from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

import racing

PERIOD = "2025"


class Fisca(racing.Racer):
    name, version = "OpenFisca", importlib.metadata.version("openfisca-core")
    settings = "one entity, a variable a policy with a companion for what is known, yearly, caches kept within a run"
    asked = {"policy": 60, "firm": 1}

    def __init__(self, work):
        self.work, self.portion = work, len(work.policies)
        self.codes = {name: {c: i for i, c in enumerate(f.get("codes", []))} for name, f in work.fields.items()}
        self.entity = entities.Entity("firm", "firms", "a firm", "")
        self.entity.is_person = True
        self.system = taxbenefitsystems.TaxBenefitSystem([self.entity])
        self.inputs()
        for policy in work.policies:
            self.add(policy)

    def variable(self, name, kind, formula=None):
        body = dict(value_type=kind, entity=self.entity, definition_period=periods.DateUnit.YEAR, label=name)
        if formula:
            body["formula"] = formula
        self.system.add_variable(type(name, (variables.Variable,), body))

    def inputs(self):
        self.columns = {}
        for name, value in self.work.value.items():
            self.columns[f"{name}_known"] = self.work.known[name]
            parts = {f"{name}_{i}": value[:, i] for i in range(value.shape[1])} if value.ndim == 2 else {name: value}
            self.columns.update(parts)
        for name, column in self.columns.items():
            # money in yuan needs more than its integers of 32 bits; its floats, of 32 bits too, round, which the counts show if it matters
            self.variable(name, bool if column.dtype == bool else float)

    def leaf(self, node):
        op, field = node["op"], node["f"]
        known = f"{field}_known"
        if op in ("eq", "in"):
            numbers = [self.codes[field][c] for c in racing.codes(node)]
            test = lambda firm, period: np.isin(firm(field, period), numbers)
        elif op == "ge":
            bound = racing.number(node, "v")
            test = lambda firm, period: firm(field, period) >= bound
        elif op == "le":
            bound = racing.number(node, "v")
            test = lambda firm, period: firm(field, period) <= bound
        elif op == "between":
            low, high = node["lo"], node["hi"]
            test = lambda firm, period: (firm(field, period) >= low) & (firm(field, period) <= high)
        elif op == "is":
            wanted = int(node["v"])
            test = lambda firm, period: firm(field, period) == wanted
        else:
            parts = [f"{field}_{self.codes[field][c]}" for c in racing.codes(node)]
            test = lambda firm, period: np.logical_or.reduce([firm(part, period) for part in parts])

        def pair(firm, period):
            true, on_file = test(firm, period), firm(known, period)
            return true & on_file, ~true & on_file

        return pair

    def tree(self, node):
        op = node["op"]
        if op == "not":
            inner = self.tree(node["a"][0])
            return lambda firm, period: inner(firm, period)[::-1]
        if op not in ("and", "or"):
            return self.leaf(node)
        parts = [self.tree(part) for part in node["a"]]

        def pair(firm, period):
            true, false = parts[0](firm, period)
            for part in parts[1:]:
                t, f = part(firm, period)
                true, false = (true & t, false | f) if op == "and" else (true | t, false & f)
            return true, false

        return pair

    def add(self, policy):
        pair = self.tree(policy["ast"])
        self.variable(f"p{policy['id']}", bool, lambda firm, period, parameters=None: pair(firm, period)[0])
        self.variable(f"n{policy['id']}", bool, lambda firm, period, parameters=None: pair(firm, period)[1])

    def fresh(self):
        simulation = simulations.SimulationBuilder().build_default_simulation(self.system, self.work.firms)
        for name, column in self.columns.items():
            simulation.set_input(name, PERIOD, column)
        return simulation

    def counted(self, simulation, policy):
        yes = int(np.count_nonzero(simulation.calculate(f"p{policy['id']}", PERIOD)))
        no = int(np.count_nonzero(simulation.calculate(f"n{policy['id']}", PERIOD)))
        return yes, self.work.firms - yes - no

    def all(self, policies):
        simulation = self.fresh()
        found = []
        for policy in policies:
            found.append(self.counted(simulation, policy))
            for letter in "pn":
                simulation.delete_arrays(f"{letter}{policy['id']}", PERIOD)
        return found

    def policy(self, policy):
        if not hasattr(self, "kept"):
            self.kept = self.fresh()
        for letter in "pn":
            self.kept.delete_arrays(f"{letter}{policy['id']}", PERIOD)
        return self.counted(self.kept, policy)


racing.run(Fisca)
