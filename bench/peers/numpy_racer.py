"""NumPy: a vector per leaf, combined by Kleene's rules policy by policy."""
import numpy as np

import numpy_rules
import racing


class Numpy(racing.Racer):
    name, version = "NumPy", np.__version__
    settings = "two boolean vectors a node, no leaf shared between policies; one firm: the same over one row"
    asked = {"policy": 200, "firm": 9}

    def __init__(self, work):
        self.rules, self.firms, self.policies = numpy_rules.Rules(work), work.firms, work.policies
        self.portion = len(work.policies)

    def policy(self, policy):
        true, false = self.rules.tree(policy["ast"], slice(None))
        yes = int(np.count_nonzero(true))
        return yes, self.firms - yes - int(np.count_nonzero(false))

    def all(self, policies):
        return [self.policy(policy) for policy in policies]

    def firm(self, row):
        for policy in self.policies:
            self.rules.tree(policy["ast"], slice(row, row + 1))


racing.run(Numpy)
