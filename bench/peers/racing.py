"""What all Python racers share: the workload read once, orders read line by line, one line of JSON for each.

A racer is a class with `name`, `version`, `settings`, `three` (whether it tells no from unknown), `portion` (policies of
`all`, evenly spread; fewer than all are extrapolated) and the methods `all(policies)`, `policy(policy)`, `firm(row)`;
`all` returns (true, unknown) per policy, unknown None where the engine has no third answer."""
import csv
import datetime as dt
import json
import sys
import time

import numpy as np

ASKED = {"policy": 200, "firm": 20}


def day(text):
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


class Workload:
    """Columns as NumPy arrays (`value`, `known`), policies as trees."""

    def __init__(self, place):
        self.place = place
        self.fields = {f["name"]: f for f in json.load(open(f"{place}/schema.json"))["fields"]}
        rows = csv.reader(open(f"{place}/enterprises.csv"))
        head = next(rows)
        columns = list(zip(*rows))
        self.firms = len(columns[0])
        self.value, self.known = {}, {}
        for name, cells in zip(head, columns):
            if name != "id":
                self.read(name, cells)
        self.policies = [json.loads(line) for line in open(f"{place}/policies.jsonl")]

    def read(self, name, cells):
        field = self.fields[name]
        self.known[name] = np.array([c != "" for c in cells])
        kind = field["type"]
        if kind == "code":
            at = {code: i for i, code in enumerate(field["codes"])}
            self.value[name] = np.array([at.get(c, 0) for c in cells], np.int32)
        elif kind == "set":
            at = {code: i for i, code in enumerate(field["codes"])}
            held = np.zeros((self.firms, len(at)), bool)
            for row, cell in enumerate(cells):
                if cell not in ("", "-"):
                    held[row, [at[c] for c in cell.split("|")]] = True
            self.value[name] = held
        elif kind == "date":
            self.value[name] = np.array([day(c) if c else 0 for c in cells], np.int64)
        else:
            self.value[name] = np.array([int(c) if c else 0 for c in cells], np.int64)


def number(node, key):
    return day(node[key]) if node["f"] == "established" else node[key]


def codes(node):
    return node["v"] if isinstance(node["v"], list) else [node["v"]]


def peak_mb():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def median_ns(ask, of, times):
    taken = []
    for n in range(times):
        at = n * 7919 % of
        start = time.perf_counter_ns()
        ask(at)
        taken.append(time.perf_counter_ns() - start)
    return sorted(taken)[times // 2]


def say(**facts):
    print(json.dumps(facts), flush=True)


def answer(racer, work, order, counts):
    if order == "all":
        step = max(1, len(work.policies) // racer.portion)
        chosen = work.policies[::step]
        start = time.perf_counter_ns()
        found = racer.all(chosen)
        taken = time.perf_counter_ns() - start
        with open(counts, "w") as out:
            for policy, (true, unknown) in zip(chosen, found):
                print(policy["id"], true, "" if unknown is None else unknown, sep=",", file=out)
        return dict(ns=taken * len(work.policies) / len(chosen), sampled=len(chosen))
    if order == "policy":
        return dict(ns=median_ns(lambda at: racer.policy(work.policies[at]), len(work.policies), racer.asked["policy"]))
    if order == "firm":
        if racer.firm is None:
            return dict(ns=None)
        return dict(ns=median_ns(racer.firm, work.firms, racer.asked["firm"]) * racer.firm_share)
    if order == "memory":
        return dict(mb=peak_mb())
    raise SystemExit(f"no order {order}")


class Racer:
    three = True
    asked = ASKED
    firm = None
    # a single firm may be asked over one policy in so many: the time is multiplied by it
    firm_share = 1


def run(kind):
    place, counts = sys.argv[1:3]
    start = time.perf_counter()
    work = Workload(place)
    racer = kind(work)
    say(name=racer.name, version=racer.version, settings=racer.settings, three=racer.three, load_s=time.perf_counter() - start, policies=len(work.policies))
    for line in sys.stdin:
        say(**answer(racer, work, line.strip(), counts))
