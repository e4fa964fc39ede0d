"""Distances to usual features by numpy: Mahalanobis with an explicit inverse covariance (seed 5), as UsualFeaturesTest
compares them.

python usual.py > usual.json   (numpy 2.4)
"""

import json

import numpy as np

rng = np.random.default_rng(5)
FEATURES, DIRECTIONS = 6, 2


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


training = rng.normal(size=(40, FEATURES)) @ np.diag([3, 2, 1, 1, 0.5, 0.5]) + 1
u = unit(training)
mean = u.mean(0)
values, vectors = np.linalg.eigh(np.cov(u.T, bias=True))
rest = values[:-DIRECTIONS].mean()
top = vectors[:, -DIRECTIONS:]
covariance = top @ np.diag(values[-DIRECTIONS:] - rest) @ top.T + rest * np.eye(FEATURES)
images = np.concatenate([training[:3], rng.normal(size=(3, FEATURES)) * 10, np.zeros((1, FEATURES))])
off = np.concatenate([unit(images[:-1]), images[-1:]]) - mean
distances = np.sqrt(np.einsum("ni,ij,nj->n", off, np.linalg.inv(covariance), off) / FEATURES)
print(json.dumps({
    "training": training.ravel().tolist(),
    "mean": mean.tolist(),
    "directions": top.T.ravel().tolist(),
    "variances": [*values[-DIRECTIONS:], rest],
    "images": images.ravel().tolist(),
    "distances": distances.tolist(),
}, indent=1))
