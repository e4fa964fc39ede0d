"""Golden numbers of calibration: bins by scikit-learn's calibration_curve (1.9.1), the error by netcal's ECE (1.4.0),
temperatures by scipy's minimisation of the same loss and of the plain one, scales of tags by scikit-learn's Platt scaling,
thresholds by its precision_recall_curve, risk and coverage by a plain sort with numpy, the end of the interval by scipy's
beta distribution. Seed 7. Run: python calibration.py > calibration.json"""
import json
import sys
import netcal
import numpy as np
import scipy
import sklearn
from netcal.metrics import ECE
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax, expit
from scipy.stats import beta
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.metrics import f1_score, precision_recall_curve


rng = np.random.default_rng(7)
N, K, T, BINS = 300, 5, 3, 15


def rounded(values):
    return np.round(np.asarray(values, dtype=np.float64), 6).astype(np.float32)


logits = rounded(2.5 * rng.normal(size=(N, K)))
labels = np.array([rng.choice(K, p=softmax(0.6 * row)) for row in logits.astype(np.float64)])
labels[::17] = -1
known = labels >= 0
z, y = logits[known].astype(np.float64), labels[known]


def plain(temperature):
    return -log_softmax(z / temperature, axis=1)[np.arange(len(y)), y].mean()


def doubting(temperature):
    doubt = 1 / (len(y) + 1)
    logs = log_softmax(z / temperature, axis=1)
    return -((1 - doubt) * logs[np.arange(len(y)), y] + doubt * logs.mean(axis=1)).mean()


def best(loss):
    found = minimize_scalar(lambda log: loss(np.exp(log)), bounds=np.log([0.05, 20]), method="bounded", options={"xatol": 1e-10})
    return float(np.exp(found.x))


p = softmax(z, axis=1)
confidence, right = p.max(axis=1), p.argmax(axis=1) == y


def curve(strategy):
    fraction, mean = calibration_curve(right, confidence, n_bins=BINS, strategy=strategy)
    ends = np.linspace(0, 1, BINS + 1) if strategy == "uniform" else np.percentile(confidence, np.linspace(0, 1, BINS + 1) * 100)
    counts = np.bincount(np.searchsorted(ends[1:-1], confidence), minlength=BINS)
    counts = counts[counts > 0]
    gaps = np.abs(fraction - mean)
    return {"answers": counts.tolist(), "probability": mean.tolist(), "right": fraction.tolist(),
            "expected": float((counts * gaps).sum() / counts.sum()), "maximum": float(gaps.max())}


order = np.argsort(-confidence, kind="stable")
wrong = np.cumsum(~right[order]) / np.arange(1, len(y) + 1)

tag_logits = rounded(2 * rng.normal(size=(N, T)) + [0, -1, 1])
tags = (rng.random((N, T)) < expit(0.7 * tag_logits - [0.5, 0, 0])).astype(int)
tags[5::23] = -1
scales, thresholds = [], []
for k in range(T):
    has = tags[:, k] >= 0
    a, b = _sigmoid_calibration(tag_logits[has, k].astype(np.float64), tags[has, k])
    scales.append([-float(a), -float(b)])
    precision, recall, at = precision_recall_curve(tags[has, k], tag_logits[has, k])
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    thresholds.append({"f1": float(f1.max()), "usualF1": float(f1_score(tags[has, k], tag_logits[has, k] >= 0))})

print(f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, netcal {netcal.__version__}", file=sys.stderr)
json.dump({
    "logits": logits.tolist(), "labels": labels.tolist(),
    "temperature": best(doubting), "plainTemperature": best(plain),
    "loss": plain(1), "calibratedLoss": plain(best(doubting)),
    "uniform": curve("uniform"), "quantile": curve("quantile"),
    "netcalEqualWidth": float(ECE(BINS).measure(p, y)),
    "risks": wrong.tolist(), "area": float(wrong.mean()),
    "intervals": [[k, n, float(beta.ppf(0.05, k, n - k + 1))] for k, n in [(59, 59), (97, 100), (480, 500), (1, 2), (7900, 8041)]],
    "tagLogits": tag_logits.tolist(), "tags": tags.tolist(), "scales": scales, "thresholds": thresholds,
}, sys.stdout)
