"""What LabelNoise judge says, of cleanlab on the same predictions.

    pip install cleanlab==2.9.0 scikit-learn && python label_noise.py predictions.safetensors flipped.csv
"""
import csv
import json
import os
import sys
import time
import warnings

import numpy
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.metrics import average_precision_score

warnings.simplefilter("ignore")


def tensors(path):
    # safetensors in a few lines, so that nothing more needs to be installed
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = file.read()
    types = {"F32": numpy.float32, "I32": numpy.int32, "I8": numpy.int8, "I64": numpy.int64, "U8": numpy.uint8}
    return {
        name: numpy.frombuffer(data[slice(*info["data_offsets"])], types[info["dtype"]]).reshape(info["shape"])
        for name, info in header.items()
        if name != "__metadata__"
    }


def main(predictions, flipped):
    arrays = tensors(predictions)
    ends = arrays["sources.ends"]
    text = arrays["sources"].tobytes()
    sources = [os.path.basename(text[start:end].decode()) for start, end in zip([0, *ends], ends)]
    wrong = {(row["image"], row["head"]) for row in csv.DictReader(open(flipped, encoding="utf-8"))}
    for name in [key[: -len(".logits")] for key in arrays if key.endswith(".logits")]:
        labels = arrays[name + ".labels"]
        if labels.ndim > 1:
            continue
        known = labels >= 0
        if not known.any():
            continue
        logits = arrays[name + ".logits"].astype(numpy.float64)[known]
        p = numpy.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        labels = labels[known]
        truth = numpy.array([(source, name) in wrong for source in sources])[known]
        before = time.perf_counter()
        found = find_label_issues(labels, p, n_jobs=1)
        seconds = time.perf_counter() - before
        scores = get_label_quality_scores(labels, p)
        print(
            f"{name}: {truth.sum()} wrong, {found.sum()} doubted, precision {truth[found].mean():.4f},"
            f" recall {found[truth].mean():.4f}, average precision {average_precision_score(truth, -scores):.4f},"
            f" {seconds:.2f} s"
        )


main(*sys.argv[1:])
