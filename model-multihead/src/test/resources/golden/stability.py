"""Population stability indices of counts, by numpy (seed 3), as StabilityIndexTest compares them.

python stability.py > stability.json   (numpy 2.4, scipy 1.17)
"""

import json

import numpy as np
from scipy.stats import chi2

rng = np.random.default_rng(3)
cases = {}
for bins, before, now in [(2, 100, 300), (10, 2170, 10000), (10, 500, 100), (51, 4000, 1000)]:
    shares = rng.dirichlet(np.full(bins, 0.5))
    a = rng.multinomial(before, shares)
    b = rng.multinomial(now, rng.dirichlet(200 * shares + 0.01))
    p = np.maximum(a / a.sum(), 1e-4)
    q = np.maximum(b / b.sum(), 1e-4)
    cases[f"{bins} bins, {before} and {now} images"] = {
        "before": a.tolist(),
        "now": b.tolist(),
        "index": float(np.sum((q - p) * np.log(q / p))),
        "byChance": float(chi2.ppf(0.95, bins - 1) * (1 / before + 1 / now)),
    }
print(json.dumps(cases, indent=1))
