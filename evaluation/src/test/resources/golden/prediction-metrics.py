"""Golden numbers of metrics of kept predictions, scikit-learn. Run: python prediction-metrics.py > prediction-metrics.json

A value that is undefined is null, also where scikit-learn says 0 with a warning: correlation, kappa and average
precision without one of the two kinds of images.
"""
import itertools
import json
import math
import warnings

import numpy
import scipy
import sklearn
from scipy.special import logsumexp
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    cohen_kappa_score,
    hamming_loss,
    log_loss,
    matthews_corrcoef,
    precision_recall_fscore_support,
    roc_auc_score,
    top_k_accuracy_score,
)

warnings.simplefilter("ignore")
random = numpy.random.default_rng(11)
N, K, T = 60, 7, 4


def number(value):
    return None if value is None or not math.isfinite(value) else float(value)


def mean(values):
    known = [v for v in values if v is not None]
    return number(numpy.mean(known)) if known else None


def ranks(y, score):
    """Average precision and area under the ROC curve of one category; equal scores may not differ by rounding."""
    score = numpy.array([float(f"{s:.11e}") for s in score])
    ap = average_precision_score(y, score) if y.any() else None
    auroc = roc_auc_score(y, score) if y.any() and not y.all() else None
    return number(ap), number(auroc)


def averages(y, p, average, labels=None):
    return [number(v) for v in precision_recall_fscore_support(
        y, p, average=average, labels=labels, zero_division=numpy.nan if average == "micro" else 0)[:3]]


def single(logits, truth):
    known = truth >= 0
    x, y = logits[known], truth[known]
    if len(y) == 0:
        return {"support": 0}
    p = numpy.exp(x - x.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    guess = x.argmax(1)
    labels = list(range(x.shape[1]))
    varied = len(set(y)) > 1 and len(set(guess)) > 1
    odds = numpy.stack([x[:, k] - logsumexp(numpy.delete(x, k, 1), axis=1) for k in labels], 1)
    pairs = [ranks(y == k, odds[:, k]) for k in labels]  # ordered as the probabilities, but never rounded to 1
    loss = float((logsumexp(x, axis=1) - x[numpy.arange(len(y)), y]).mean())
    if p.min() > 1e-12:
        assert abs(loss - log_loss(y, p, labels=labels)) < 1e-12  # which cuts what is smaller than a float64 knows
        by_probability = [ranks(y == k, p[:, k]) for k in labels]
        assert numpy.allclose(numpy.array(by_probability, float), numpy.array(pairs, float), 1e-12, 0, True)
    onehot = numpy.eye(x.shape[1])[y]
    brier = ((p - onehot) ** 2).sum(1).mean()
    if len(set(y)) > 1:
        assert abs(brier - brier_score_loss(y, p, labels=labels, scale_by_half=False)) < 1e-12
    return {
        "support": len(y),
        "accuracy": accuracy_score(y, guess),
        "balanced": balanced_accuracy_score(y, guess),
        "mcc": matthews_corrcoef(y, guess) if varied else None,
        "kappa": number(cohen_kappa_score(y, guess)) if len(set(y) | set(guess)) > 1 else None,
        "kappa_quadratic": number(cohen_kappa_score(y, guess, labels=labels, weights="quadratic"))
        if len(set(y) | set(guess)) > 1 else None,
        "loss": loss,
        "brier": brier,
        "top3": top_k_accuracy_score(y, x, k=3, labels=labels),
        "macro": averages(y, guess, "macro"),
        "micro": averages(y, guess, "micro"),
        "weighted": averages(y, guess, "weighted"),
        "ap": [a for a, _ in pairs],
        "aurocs": [b for _, b in pairs],
        "map": mean([a for a, _ in pairs]),
        "auroc": mean([b for _, b in pairs]),
    }


def multi(logits, tags):
    known = tags[:, 0] >= 0
    x, y = logits[known], tags[known]
    if len(y) == 0:
        return {"support": 0}
    p = 1 / (1 + numpy.exp(-x))
    guess = (x > 0).astype(int)
    pairs = [ranks(y[:, k] == 1, x[:, k]) for k in range(x.shape[1])]
    loss = float(numpy.logaddexp(0, numpy.where(y == 1, -x, x)).mean())
    if p.min() > 1e-12 and p.max() < 1 - 1e-12:
        each = [log_loss(y[:, k], p[:, k], labels=[0, 1]) for k in range(x.shape[1])]
        assert abs(loss - numpy.mean(each)) < 1e-12
    return {
        "support": len(y),
        "accuracy": accuracy_score(y, guess),
        "hamming": 1 - hamming_loss(y, guess),
        "loss": loss,
        "brier": float(numpy.mean([brier_score_loss(y[:, k], p[:, k], pos_label=1, labels=[0, 1])
                                   for k in range(x.shape[1])])),
        "macro": averages(y[:, y.any(0) | guess.any(0)], guess[:, y.any(0) | guess.any(0)], "macro"),
        "micro": averages(y, guess, "micro"),
        "weighted": averages(y, guess, "weighted") if y.any() else [None] * 3,
        "ap": [a for a, _ in pairs],
        "aurocs": [b for _, b in pairs],
        "map": mean([a for a, _ in pairs]),
        "auroc": mean([b for _, b in pairs]),
    }


def together(heads):
    """Of heads as (labelled, right): at least k right of the images labelled for all, correlations of mistakes."""
    known = numpy.all([k for k, _ in heads], 0)
    count = numpy.sum([r for _, r in heads], 0)[known]
    correlations = []
    for (k1, r1), (k2, r2) in itertools.combinations(heads, 2):
        both = k1 & k2
        a, b = ~r1[both], ~r2[both]
        ok = both.any() and len(set(a)) > 1 and len(set(b)) > 1
        correlations.append(matthews_corrcoef(a, b) if ok else None)
    return {
        "at_least": [number((count >= k).mean()) if known.any() else None for k in range(len(heads) + 1)],
        "correlations": correlations,
    }


def case(name, logits, truth, other, tag_logits, tags):
    logits, tag_logits = logits.astype(numpy.float32), tag_logits.astype(numpy.float32)
    second = logits[:, ::-1]
    x, z, t = (a.astype(float) for a in (logits, second, tag_logits))
    return {
        "name": name,
        "logits": logits.flatten().tolist(), "truth": truth.tolist(), "other": other.tolist(),
        "tagLogits": tag_logits.flatten().tolist(), "tags": tags.flatten().tolist(),
        "single": single(x, truth), "second": single(z, other), "multi": multi(t, tags),
        "together": together([
            (truth >= 0, x.argmax(1) == truth),
            (other >= 0, z.argmax(1) == other),
            (tags[:, 0] >= 0, ((t > 0) == (tags == 1)).all(1)),
        ]),
    }


def draw():
    truth = random.choice([0, 1, 2, 3, 4, 6], size=N)  # category 5 has no images
    logits = random.normal(size=(N, K)) * 2
    logits[numpy.arange(N), truth] += random.choice([0, 3], size=N)
    other = K - 1 - numpy.where(random.random(N) < 0.5, truth, random.integers(K, size=N))
    tags = (random.random((N, T)) < [0.6, 0.3, 0.1, 0]).astype(int)  # the last tag has no images
    tag_logits = random.normal(size=(N, T)) + tags
    return logits, truth, other, tag_logits, tags


def missing(truth, other, tags):
    truth, other, tags = truth.copy(), other.copy(), tags.copy()
    truth[random.random(N) < 0.3] = -1
    other[random.random(N) < 0.3] = -1
    tags[random.random(N) < 0.3] = -1
    return truth, other, tags


cases = []
logits, truth, other, tag_logits, tags = draw()
cases.append(case("random", logits, truth, other, tag_logits, tags))
logits, truth, other, tag_logits, tags = draw()
hidden = missing(truth, other, tags)
cases.append(case("some missing", logits, hidden[0], hidden[1], tag_logits, hidden[2]))
cases.append(case("tied", logits.round(0), truth, other, tag_logits.round(0), tags))
cases.append(case("all scores equal", logits * 0, truth, other, tag_logits * 0 + 1, tags))
cases.append(case("one category", logits, truth * 0 + 2, other * 0 + 2, tag_logits, tags * 0 + 1))
cases.append(case("always and rightly the same", logits * 0 + numpy.eye(K)[2] * 5, truth * 0 + 2, other * 0 + 4,
                  tag_logits, tags * 0))
cases.append(case("all missing", logits, truth * 0 - 1, other * 0 - 1, tag_logits, tags * 0 - 1))
cases.append(case("one head missing", logits, truth, other * 0 - 1, tag_logits, tags))
cases.append(case("no tag predicted", logits, truth, other, -numpy.abs(tag_logits), tags))
cases.append(case("very sure", logits * 30, truth, other, tag_logits * 30, tags))
print(json.dumps({
    "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "scipy": scipy.__version__}, "seed": 11,
    "categories": K, "tags": T, "cases": cases,
}, indent=None).replace('{"name"', '\n{"name"'))
