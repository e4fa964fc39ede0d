"""What cleanlab says of labels: golden numbers of LabelIssuesTest.

    pip install cleanlab==2.9.0 numpy==2.4.6 && python label-issues.py > label-issues.json

Random logits that know the true category, labels of which some are flipped; probabilities in float64 of logits in
float32. Seed 20260703.
"""
import json
import warnings

import cleanlab
import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.multilabel_classification import filter as multi_filter
from cleanlab.internal.multilabel_scorer import ClassLabelScorer, MultilabelScorer
from cleanlab.rank import get_label_quality_scores

warnings.simplefilter("ignore")
SEED = 20260703
random = np.random.default_rng(SEED)


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, np.float64).ravel()]


def logits32(values):
    # what the file says is what is judged
    return np.asarray([float(f"{v:.4f}") for v in values.ravel()], np.float32).reshape(values.shape)


def single(rows, categories, strength, noise, skew=1.0, absent=0):
    weights = np.arange(1, categories + 1 - absent, dtype=float) ** -skew
    truth = random.choice(categories - absent, rows, p=weights / weights.sum())
    flipped = random.random(rows) < noise
    labels = np.where(flipped, random.integers(0, categories - absent, rows), truth)
    logits = random.normal(size=(rows, categories))
    logits[np.arange(rows), truth] += strength
    logits = logits32(logits)
    e = np.exp(logits.astype(np.float64) - logits.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    found = {}
    for by in ["self_confidence", "normalized_margin"]:
        found[by] = find_label_issues(labels, p, return_indices_ranked_by=by, n_jobs=1).tolist()
    return {
        "categories": categories,
        "labels": labels.tolist(),
        "logits": rounded(logits),
        "issues": np.flatnonzero(find_label_issues(labels, p, n_jobs=1)).tolist(),
        "bySelfConfidence": found["self_confidence"],
        "byNormalizedMargin": found["normalized_margin"],
        "selfConfidence": rounded(get_label_quality_scores(labels, p, method="self_confidence")),
        "normalizedMargin": rounded(get_label_quality_scores(labels, p, method="normalized_margin")),
    }


def multi(rows, tags, strength, noise):
    share = random.uniform(0.1, 0.6, tags)
    truth = random.random((rows, tags)) < share
    labels = truth ^ (random.random((rows, tags)) < noise)
    logits = logits32(np.where(truth, strength, -strength) + 1.5 * random.normal(size=(rows, tags)))
    p = 1 / (1 + np.exp(-logits.astype(np.float64)))
    lists = [np.flatnonzero(row).tolist() for row in labels]
    scorer = MultilabelScorer(base_scorer=ClassLabelScorer.from_str("self_confidence"))
    return {
        "tags": tags,
        "labels": labels.astype(int).ravel().tolist(),
        "logits": rounded(logits),
        "issues": np.flatnonzero(multi_filter.find_label_issues(lists, p, n_jobs=1)).tolist(),
        "ofTags": multi_filter.find_multilabel_issues_per_class(lists, p, n_jobs=1).astype(int).ravel().tolist(),
        "bySelfConfidence": multi_filter.find_label_issues(
            lists, p, return_indices_ranked_by="self_confidence", n_jobs=1
        ).tolist(),
        "selfConfidence": rounded(scorer(labels.astype(int), p)),
    }


print(json.dumps({
    "seed": SEED,
    "cleanlab": cleanlab.__version__,
    "numpy": np.__version__,
    "single": [
        single(120, 3, 3.0, 0.1),
        single(200, 6, 2.0, 0.3),
        single(160, 2, 1.5, 0.2),
        single(150, 8, 2.5, 0.1, skew=1.5, absent=2),  # two categories without a label, and rare ones
        single(80, 4, 0.0, 0.5),  # a model that knows nothing
        single(100, 5, 9.0, 0.0),  # nothing to find
    ],
    "multi": [multi(120, 4, 2.0, 0.08), multi(90, 7, 1.0, 0.2)],
}))
