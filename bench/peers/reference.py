"""The truth, for all firms or every nth of them."""
import numpy as np

import numpy_rules
import racing


class Truth:
    def __init__(self, place):
        self.work = racing.Workload(place)
        self.rules = numpy_rules.Rules(self.work)
        self.kept = {}

    def counts(self, step):
        """(true, unknown) by policy id, over firms 0, step, 2 step …"""
        if step not in self.kept:
            rows, true, unknown = slice(0, None, step), {}, {}
            firms = len(range(0, self.work.firms, step))
            for policy in self.work.policies:
                t, f = self.rules.tree(policy["ast"], rows)
                yes = int(np.count_nonzero(t))
                true[policy["id"]], unknown[policy["id"]] = yes, firms - yes - int(np.count_nonzero(f))
            self.kept[step] = true, unknown
        return self.kept[step]
