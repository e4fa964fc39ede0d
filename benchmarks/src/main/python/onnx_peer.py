"""Checks the ONNX files that ExportedBackbones wrote: by onnx.checker, and by what ONNX Runtime and OpenVINO in Python
answer, beside the logits of this library. Prints the largest difference as a fraction of the largest logit, and how much
logits vary between images.

    python onnx_peer.py FOLDER

Made with Python 3.11, onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, safetensors 0.8.0.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import openvino
from safetensors.numpy import load_file

BATCHES = (1, 2, 7)


def answers_of_onnx_runtime(file):
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return lambda image: dict(zip(names, session.run(None, {"image": image})))


def answers_of_openvino(file):
    model = openvino.Core().compile_model(str(file), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    names = [output.get_any_name() for output in model.outputs]
    return lambda image: {name: model([image])[output] for name, output in zip(names, model.outputs)}


def difference(answers, expected, heads):
    most = largest = 0
    for batch in BATCHES:
        found = answers(expected[f"{batch}.image"])
        for head in heads:
            most = max(most, np.abs(found[head] - expected[f"{batch}.{head}"]).max())
            largest = max(largest, np.abs(expected[f"{batch}.{head}"]).max())
    return most / largest


def main(folder):
    worst = 0
    for file in sorted(Path(folder).glob("*.onnx")):
        onnx.checker.check_model(str(file), full_check=True)
        model = onnx.load(str(file), load_external_data=False)
        description = json.loads({entry.key: entry.value for entry in model.metadata_props}["multilabel"])
        heads = [head["output"] for head in description["heads"]]
        expected = load_file(str(file.with_suffix(".safetensors")))
        first = expected[f"7.{heads[0]}"]
        variation = np.ptp(first, axis=0).max() / np.abs(first).max()
        found = [
            difference(answers(file), expected, heads) for answers in (answers_of_onnx_runtime, answers_of_openvino)
        ]
        worst = max(worst, *found)
        print(
            f"{file.stem}: checked, {len(model.graph.node)} nodes; ONNX Runtime {found[0]:.1e}, OpenVINO {found[1]:.1e};"
            f" logits vary by {variation:.2f}",
            flush=True,
        )
    sys.exit(0 if worst <= 1e-4 else f"the largest difference is {worst:.1e}")


if __name__ == "__main__":
    main(sys.argv[1])
