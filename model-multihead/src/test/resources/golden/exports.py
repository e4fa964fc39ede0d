"""Compares exported models in Python with the library's own logits.

Usage: run the main of ExportSamples (test sources) with a folder, then: python exports.py FOLDER
Written with torch 2.15, torchvision 0.29.2, timm 1.0.31. For each backbone, the largest difference as a fraction of the
largest logit, of the TorchScript file (its list, its names, its extra file) and of the folder for timm or torchvision;
and how far the logits of two images are apart, in the same unit. Ends with an error above 1e-4. With a second argument it
also writes export_names.json: of the networks of timm and torchvision themselves the number of tensors and the CRC-32 of
their names and shapes, a line each.
"""
import importlib.util
import json
import sys
import zlib
from pathlib import Path

import torch
from safetensors.torch import load_file

torch.set_num_threads(1)


def difference(found, expected):
    largest = max(e.abs().max().item() for e in expected.values())
    return max((found[n] - e).abs().max().item() for n, e in expected.items()) / largest


def script(folder, images, expected):
    extra = {"multilabel.json": ""}
    model = torch.jit.load(folder / "model.pt", _extra_files=extra)
    names = [head["name"] for head in json.loads(extra["multilabel.json"])["heads"]]
    with torch.no_grad():
        answers, named = model(images), model.named(images)
        assert list(named) == names == list(expected), (list(named), names)
        assert all(torch.equal(a, named[n]) for a, n in zip(answers, names))
        assert all(torch.isfinite(a).all() for a in answers)
        one = model(images[:1])
        assert all(a.shape[0] == 1 for a in one)
    return difference(named, expected)


def timm_folder(folder, images, expected):
    spec = importlib.util.spec_from_file_location("load", folder / "timm" / "load.py")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    model = module.load()
    with torch.no_grad():
        logits = model(images)
    p = model.probabilities(logits)
    assert all(((0 <= v) & (v <= 1)).all() for v in p.values())
    return difference(logits, expected), {k: list(v.shape) for k, v in model.backbone.state_dict().items()
                                          if "num_batches" not in k}


def spread(expected):
    largest = max(e.abs().max().item() for e in expected.values())
    return max((e[0] - e[1]).abs().max().item() for e in expected.values()) / largest


def kept(shapes):
    lines = sorted(f"{name} {','.join(map(str, shape))}" for name, shape in shapes.items())
    return {"tensors": len(lines), "crc32": zlib.crc32("\n".join(lines).encode())}


names = {}
worst = 0.0
for folder in sorted(p for p in Path(sys.argv[1]).iterdir() if p.is_dir()):
    arrays = load_file(folder / "expected.safetensors")
    images = arrays.pop("images")
    expected = {k.removeprefix("logits."): v for k, v in arrays.items()}
    extra = {"multilabel.json": ""}
    torch.jit.load(folder / "model.pt", _extra_files=extra)
    expected = {h["name"]: expected[h["name"]] for h in json.loads(extra["multilabel.json"])["heads"]}
    of_script = script(folder, images, expected)
    line = f"{folder.name:28} TorchScript {of_script:.1e}  apart {spread(expected):.1e}"
    worst = max(worst, of_script)
    if (folder / "timm").exists():
        of_timm, shapes = timm_folder(folder, images, expected)
        names[folder.name] = kept(shapes)
        worst = max(worst, of_timm)
        line += f"  load.py {of_timm:.1e}"
    print(line, flush=True)
print(f"torch {torch.__version__}, largest {worst:.1e}")
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text("{\n" + ",\n".join(
        f"{json.dumps(k)}: {json.dumps(v)}" for k, v in names.items()) + "\n}\n")
assert worst <= 1e-4
