#!/usr/bin/env python3
"""The engines side by side: race.py DIR RUST_PEERS ENGINE OUT [ROUNDS]

Every racer is loaded once and then asked in turn, round after round, so that a noisy minute hits all of them. Counts are held
against the reference; a racer that differs ends the race. Writes OUT/table.md and OUT/ratios.svg."""
import json
import os
import statistics
import subprocess
import sys


import reference

HERE = os.path.dirname(os.path.abspath(__file__))
ORDERS = ["all", "firm", "policy"]
"""Racers whose one answer takes long are asked in the first round only."""
SLOW_NS = 2e9
PROMISED = [("all", "Polars", 100), ("firm", "a-tree", 100), ("policy", "NumPy", 4)]


class Racer:
    def __init__(self, command, counts, cwd=None):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS")}
        self.process = subprocess.Popen([*command, counts], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd, env=environment)
        self.counts, self.times = counts, {order: [] for order in ORDERS + ["sets", "explain"]}
        self.about = self.read()
        self.step = 1

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"a racer ended: {self.process.args}")
        return json.loads(line)

    def ask(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.read()

    def race(self, order):
        if self.times[order] and (self.times[order][0] is None or self.times[order][0] > SLOW_NS * 5):
            return
        answer = self.ask(order)
        self.times[order].append(answer["ns"])
        if order == "all":
            self.step, self.sampled = answer.get("step", 1), answer.get("sampled", self.about["policies"])

    def median(self, order):
        times = [t for t in self.times[order] if t is not None]
        return statistics.median(times) if times else None


def agree(racer, truth):
    """Counts of the policies it was asked for, over the firms it was asked for."""
    true, unknown = truth.counts(racer.step)
    compared = 0
    for line in open(racer.counts):
        id, yes, open_ = line.strip().split(",")
        if id == "id":
            continue
        if int(yes) != true[int(id)] or (open_ and int(open_) != unknown[int(id)]):
            raise SystemExit(f"{racer.about['name']} differs at policy {id}: {yes}, {open_}; the reference says {true[int(id)]}, {unknown[int(id)]}")
        compared += 1
    return compared


def said(ns):
    if ns is None:
        return "–"
    for unit, size in (("s", 1e9), ("ms", 1e6)):
        if ns >= size:
            return f"{ns / size:,.3g} {unit}" if ns < 1000 * size else f"{ns / size:,.0f} {unit}"
    return f"{ns / 1e3:,.3g} µs"


def ratio(ours, theirs):
    return "–" if theirs is None or ours is None else f"{theirs / ours:,.0f}×" if theirs / ours >= 10 else f"{theirs / ours:,.1f}×"


def table(racers):
    ours = racers[0]
    lines = [
        "| engine | version | all pairs | | one firm, all policies | | one policy, all firms | | peak memory | read and prepared | three answers |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for racer in racers:
        about, cells = racer.about, []
        for order in ORDERS:
            mark = " X" if order == "all" and (racer.step > 1 or racer.sampled < about["policies"]) else ""
            cells += [said(racer.median(order)) + mark, ratio(ours.median(order), racer.median(order))]
        cells += [f"{racer.memory:,.0f} MB" if racer.memory else "–", f"{about['load_s']:.2f} s", "yes" if about["three"] else "no"]
        lines.append(f"| {about['name']} | {about['version']} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def plot(racers, path):
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "ratios"
    from matplotlib import pyplot

    others = [racer for racer in racers[1:] if racer.median("all")]
    others.sort(key=lambda racer: racer.median("all"))
    figure, axes = pyplot.subplots(figsize=(8, 0.45 * len(others) + 1.2))
    names = [racer.about["name"] for racer in others]
    times = [racer.median("all") / racers[0].median("all") for racer in others]
    axes.barh(names, times, color="#2f6feb")
    axes.set_xscale("log")
    axes.invert_yaxis()
    axes.set_xlabel("all pairs: times slower than this engine (logarithmic)")
    for place, value in enumerate(times):
        axes.text(value, place, f" {value:,.0f}×", va="center", fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main():
    place, peers, engine, out = sys.argv[1:5]
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    os.makedirs(out, exist_ok=True)
    truth = reference.Truth(place)
    counts = lambda name: os.path.join(out, f"{name}.csv")
    start = [Racer([engine, place], counts("liangu"))]
    for name in ["polars", "numpy", "openfisca", "duckdb", "chdb", "postgres"]:
        start.append(Racer([sys.executable, os.path.join(HERE, f"{name}_racer.py"), place], counts(name), HERE))
    for name in ["a-tree", "zen", "cel"]:
        start.append(Racer([peers, name, place], counts(name)))
    print(f"{len(start)} racers loaded", file=sys.stderr)
    for turn in range(rounds):
        for order in ORDERS:
            for racer in start:
                # the engine is asked between the others, so that it meets every minute they meet
                if racer is not start[0]:
                    start[0].race(order)
                racer.race(order)
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    for racer in start:
        racer.compared = agree(racer, truth)
        # of a server it is the client's, which says nothing
        racer.memory = None if racer.about["name"] == "PostgreSQL" else racer.ask("memory")["mb"]
    for _ in range(rounds):
        start[0].times["sets"].append(start[0].ask("sets")["ns"])
    ours = start[0]
    with_sets = ours.ask("memory")["mb"]
    ours.times["explain"].append(ours.ask("explain")["ns"])
    text = table(start)
    text += f"\nAll pairs with the sets of firms by policy: {said(ours.median('sets'))}, {with_sets:.0f} MB. A pair explained clause by clause: {said(ours.median('explain'))}.\n"
    open(os.path.join(out, "table.md"), "w").write(text)
    plot(start, os.path.join(out, "ratios.svg"))
    print(text)
    failed = False
    for order, name, least in PROMISED:
        peer = next(racer for racer in start if racer.about["name"] == name)
        reached = peer.median(order) / ours.median(order)
        failed |= reached < least
        print(f"{order:8} {reached:8.1f} times {name:8} at least {least:4}  {'holds' if reached >= least else 'FAILS'}")
    for what, mb, most in [("without sets", ours.memory, 100), ("with sets", with_sets, 250)]:
        failed |= mb > most
        print(f"memory   {mb:8.1f} MB {what:12} at most  {most:4}  {'holds' if mb <= most else 'FAILS'}")
    sys.exit(failed)


main()
