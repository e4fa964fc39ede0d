"""Golden numbers of ClassWeightsTest: class weights from counts.

Made with scikit-learn and NumPy of the versions below:
    python class-weights.py > class-weights.json
"""

import json

import numpy as np
import sklearn
from sklearn.utils.class_weight import compute_class_weight

COUNTS = [9000, 1200, 350, 17, 1]

labels = np.repeat(np.arange(len(COUNTS)), COUNTS)
counts = np.array(COUNTS, dtype=np.float64)


def effective_number(beta):
    """As in the code of Cui et al. 2019: weights scaled to add up to the number of classes."""
    weights = (1.0 - beta) / (1.0 - np.power(beta, counts))
    return weights / np.sum(weights) * len(counts)


print(
    json.dumps(
        {
            "sklearn": sklearn.__version__,
            "numpy": np.__version__,
            "counts": COUNTS,
            "balanced": compute_class_weight("balanced", classes=np.arange(len(COUNTS)), y=labels).tolist(),
            "effective 0": effective_number(0.0).tolist(),
            "effective 0.9": effective_number(0.9).tolist(),
            "effective 0.999": effective_number(0.999).tolist(),
            "effective 0.9999": effective_number(0.9999).tolist(),
            "positive 10": np.clip((len(labels) - counts) / counts, 0.1, 10).tolist(),
            "positive 100000": np.clip((len(labels) - counts) / counts, 1e-5, 1e5).tolist(),
        },
        indent=2,
    )
)
