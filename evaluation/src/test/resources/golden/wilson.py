"""Golden numbers of intervals of fractions. Run: python wilson.py > wilson.json

Wilson's interval of 95 % is that of scipy's binomtest; the versions are in the file.
"""
import json

import scipy
from scipy.stats import binomtest

PAIRS = [(0, 1), (1, 1), (0, 5), (5, 5), (1, 2), (3, 7), (49, 50), (50, 50), (130, 1629), (999_000, 1_000_000)]

cases = []
for hits, images in PAIRS:
    bounds = binomtest(hits, images).proportion_ci(0.95, "wilson")
    cases.append({"hits": hits, "images": images, "low": float(bounds.low), "high": float(bounds.high)})
print(json.dumps({"scipy": scipy.__version__, "cases": cases}, indent=1))
