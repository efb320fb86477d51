#!/usr/bin/env python3
"""The engine alone as firms grow: what a firm costs in time and memory must stay flat.
usage: growth.py ENGINE PLACE SEED FACTOR...   (needs numpy; ENGINE is the built example `workload`)

Each size is drawn from the seed, asked five times for all pairs, and its counts are held against the independent reference.
Prints a Markdown table; exits 1 where a count differs or a firm of the largest size costs over 1.5 times one of the smallest."""
import json, os, statistics, subprocess, sys

FIRMS, POLICIES, TIMES, LIMIT = 66905, 11762, 5, 1.5
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "workload")


def drawn(place, seed, firms):
    data = os.path.join(place, f"{seed}-{firms}")
    truth = os.path.join(data, "reference.csv")
    if not os.path.exists(truth):
        subprocess.run([sys.executable, f"{here}/generate.py", seed, data, str(firms)], check=True)
        with open(truth + ".part", "w") as out:
            subprocess.run([sys.executable, f"{here}/reference.py", data], check=True, stdout=out)
        os.rename(truth + ".part", truth)
    return data, truth


def asked(engine, data, orders):
    """The lines that the engine prints: first what it loaded, then one for each order."""
    counts = os.path.join(data, "counts.csv")
    run = subprocess.run([engine, data, counts], input="\n".join(orders) + "\n", text=True, capture_output=True, check=True)
    return counts, [json.loads(line) for line in run.stdout.splitlines()]


def measured(engine, data):
    counts, (loaded, *lines) = asked(engine, data, ["all"] * TIMES + ["held", "firm", "policy"])
    ns = [line["ns"] for line in lines if "ns" in line]
    held = next(line["mb"] for line in lines if "mb" in line)
    return counts, loaded["load_s"], statistics.median(ns[:TIMES]), held, ns[TIMES], ns[TIMES + 1]


def main(engine, place, seed, factors):
    costs, failed = [], False
    print("| firms | pairs | all pairs | a firm | memory held | a firm | one firm, all policies | one policy, all firms | read and prepared |")
    print("|---|---|---|---|---|---|---|---|---|")
    for factor in factors:
        firms = FIRMS * factor
        data, truth = drawn(place, seed, firms)
        counts, load, all_pairs, held, firm, policy = measured(engine, data)
        if open(counts).read() != open(truth).read():
            print(f"{firms} firms: counts differ from the reference", file=sys.stderr)
            failed = True
        costs.append(all_pairs / firms)
        pairs = firms * POLICIES / 1e9
        print(
            f"| {firms:,} | {pairs:.1f} billion | {all_pairs / 1e6:.0f} ms | {all_pairs / firms:.0f} ns | {held:.0f} MB | {held * 2**20 / firms:.0f} bytes "
            f"| {firm / 1e3:.0f} µs | {policy / 1e3:.0f} µs | {load:.1f} s |",
            flush=True,
        )
    if costs[-1] > LIMIT * costs[0]:
        print(f"a firm costs {costs[-1] / costs[0]:.2f} times as much at the largest size, limit {LIMIT}", file=sys.stderr)
        failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    engine, place, seed, *factors = sys.argv[1:]
    sys.exit(main(engine, place, seed, [int(f) for f in factors]))
