"""Writes resnets.json: what torchvision's ResNets compute with weights and images that a formula gives.

Usage: python resnets.py > resnets.json

Everything is computed in float64 from float32 weights, so that the numbers are those of the formula, not of one
machine's rounding. NetworkParityTest computes the same weights in Java. Features are those before the classifier.
"""
import json
import zlib

import numpy as np
import torch
import torchvision

SAMPLES = 4


def uniform(name, size):
    """size numbers in [-0.5, 0.5) from the murmur3 finaliser over counters that start at the name's CRC-32."""
    with np.errstate(over="ignore"):
        h = np.arange(size, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(zlib.crc32(name.encode()))
        h ^= h >> np.uint32(16)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return h.astype(np.float64) / 2**32 - 0.5


def values(name, shape):
    u = uniform(name, int(np.prod(shape)))
    if len(shape) == 4:
        u = u * np.sqrt(24.0 / (shape[0] * shape[2] * shape[3]))
    elif name.endswith("running_var") or name.endswith("weight"):
        u = 0.5 + 0.25 * u
    elif name.endswith("bias"):
        u = 2 * np.sign(u) + 0.2 * u  # keeps ReLU's inputs off 0, where rounding would decide on a gradient
    else:
        u = 0.2 * u
    return torch.from_numpy(u.astype(np.float32).reshape(shape)).double()


def sample(tensor):
    flat = tensor.detach().reshape(-1)
    picked = [i * (len(flat) - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
    return {"norm": flat.norm().item(), "values": [flat[i].item() for i in picked]}


def golden(name):
    model = getattr(torchvision.models, name)(weights=None)
    model.fc = torch.nn.Identity()
    model = model.double()
    state = {k: values(k, v.shape) for k, v in model.state_dict().items() if "num_batches" not in k}
    model.load_state_dict(state, strict=False)
    image = torch.from_numpy((4 * uniform("image", 4 * 3 * 64 * 64)).astype(np.float32)).reshape(4, 3, 64, 64).double()
    result = {"evaluation": sample(model.eval()(image))}
    features = model.train()(image)
    result["training"] = sample(features)
    features.square().sum().backward()
    result["gradients"] = {k: sample(p.grad) for k, p in model.named_parameters()}
    result["statistics"] = {k: sample(b) for k, b in model.named_buffers() if "num_batches" not in k}
    return result


print(json.dumps({
    "torch": torch.__version__, "torchvision": torchvision.__version__, "numpy": np.__version__,
    **{name: golden(name) for name in ("resnet18", "resnet34", "resnet50")},
}, indent=1))
