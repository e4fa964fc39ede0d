"""Golden numbers of tests of paired answers. Run: python paired-tests.py > paired-tests.json

McNemar's exact test is scipy's binomtest; Holm's correction is that of the definition, since p-values that are sorted,
multiplied and accumulated are all that it is.
"""
import json

import numpy
import scipy
from scipy.stats import binomtest

PAIRS = [(0, 0), (0, 1), (1, 0), (0, 5), (0, 6), (6, 0), (1, 9), (3, 3), (4, 5), (10, 2), (31, 52), (100, 101),
         (12, 88), (499, 500), (4900, 5100), (40000, 41000), (0, 1100), (200, 1900)]


def p_value(first, second):
    return 1.0 if first + second == 0 else float(binomtest(first, first + second, 0.5).pvalue)


def holm(values):
    values = numpy.array(values)
    order = numpy.argsort(values, kind="stable")
    steps = numpy.minimum(1, values[order] * numpy.arange(len(values), 0, -1))
    corrected = numpy.empty(len(values))
    corrected[order] = numpy.maximum.accumulate(steps)
    return corrected.tolist()


random = numpy.random.default_rng(3)
families = [random.uniform(0, top, size).tolist() for top, size in [(1, 1), (0.1, 5), (0.01, 40), (1, 12)]]
families.append([0.01, 0.04, 0.03, 0.005, 0.04])
print(json.dumps(
    {
        "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__},
        "mcnemar": [{"onlyA": a, "onlyB": b, "p": p_value(a, b)} for a, b in PAIRS],
        "holm": [{"p": family, "corrected": holm(family)} for family in families],
    },
    indent=1,
))
