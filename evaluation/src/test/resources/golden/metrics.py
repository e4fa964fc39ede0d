"""Golden numbers of metrics, scikit-learn. Run: python metrics.py > metrics.json"""
import json
import numpy
import sklearn
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    multilabel_confusion_matrix,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

random = numpy.random.default_rng(8)
N, K, T = 40, 5, 3
logits = random.normal(size=(N, K)).round(3)
truth = random.choice([0, 1, 2, 4], size=N)  # category 3 has no images
logits[:, 4] -= 9  # category 4 is never predicted
logits[numpy.arange(N), truth] += numpy.where(random.random(N) < 0.5, 2, 0)
logits[:, 4] -= 9
guess = logits.argmax(1)
tag_logits = random.normal(size=(N, T)).round(3)
tags = (random.random((N, T)) < [0.5, 0.3, 0.1]).astype(int)
tag_guess = (tag_logits > 0).astype(int)
M = 12
many_logits = random.normal(size=(N, M)).round(0)  # most images have equal logits
many = random.integers(M, size=N)


def scores(y, p, labels=None):
    out = {}
    for average in [None, "macro", "weighted"]:
        pr, re, f1, support = precision_recall_fscore_support(y, p, average=average, labels=labels, zero_division=0)
        name = average or "each"
        out[name] = [numpy.atleast_1d(v).tolist() for v in (pr, re, f1)]
        if average is None:
            out["support"] = support.tolist()
    return out


p = numpy.exp(logits - logits.max(1, keepdims=True))
p /= p.sum(1, keepdims=True)
print(json.dumps({
    "versions": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__}, "seed": 8,
    "logits": logits.flatten().tolist(), "truth": truth.tolist(),
    "tagLogits": tag_logits.flatten().tolist(), "tags": tags.flatten().tolist(),
    "single": {
        "accuracy": accuracy_score(truth, guess),
        "loss": log_loss(truth, p, labels=list(range(K))),
        "confusion": confusion_matrix(truth, guess, labels=list(range(K))).flatten().tolist(),
        "macroPrecision": scores(truth, guess)["macro"][0][0],
        "macroRecall": scores(truth, guess)["macro"][1][0],
        "macroF1": scores(truth, guess)["macro"][2][0],
        "weightedPrecision": scores(truth, guess)["weighted"][0][0],
        "weightedRecall": scores(truth, guess)["weighted"][1][0],
        "weightedF1": scores(truth, guess)["weighted"][2][0],
        "f1": scores(truth, guess, list(range(K)))["each"][2],
    },
    "multi": {
        "accuracy": accuracy_score(tags, tag_guess),
        "precision": scores(tags, tag_guess)["each"][0],
        "recall": scores(tags, tag_guess)["each"][1],
        "f1": scores(tags, tag_guess)["each"][2],
        "support": scores(tags, tag_guess)["support"],
        "macroF1": scores(tags, tag_guess)["macro"][2][0],
        "weightedF1": scores(tags, tag_guess)["weighted"][2][0],
        "confusion": multilabel_confusion_matrix(tags, tag_guess).flatten().tolist(),
        "answers": float((tags == tag_guess).mean()),
    },
    "many": {
        "logits": many_logits.flatten().tolist(), "truth": many.tolist(),
        "top5": top_k_accuracy_score(many, many_logits, k=5, labels=list(range(M))),
    },
    "exactMatch": float(((truth == guess) & (tags == tag_guess).all(1)).mean()),
}, indent=1))
