"""Writes backbones.json: what torchvision's and timm's networks compute with weights and images that a formula gives.

Usage: python backbones.py > backbones.json

Everything is computed in float64 from float32 weights, so that the numbers are those of the formula, not of one
machine's rounding. NetworkParityTest computes the same weights in Java. Features are those before the last layer of the
classifier. Of each array there are its norm and the values at one and at two thirds of its length; gradients and
statistics are in the order of the names, of which "names" is the CRC-32. "bfloat16" is the relative error of the features that the same network gives
when it is converted to bfloat16 as a whole.
"""
import json
import zlib

import numpy as np
import timm
import torch
import torchvision

BATCH = 4


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


def values(name, shape, shifts):
    u = uniform(name, int(np.prod(shape)))
    if len(shape) == 4:
        u = u * np.sqrt(24.0 / np.prod(shape[1:]))
    elif len(shape) == 2:
        u = u * np.sqrt(12.0 / shape[1])
    elif name.endswith("running_var") or name.endswith("weight") or name.endswith("gamma"):
        u = 0.5 + 0.25 * u
    elif name.endswith("bias"):
        u = np.where(u < 0, *shifts) + 0.2 * u
    elif name.endswith("running_mean"):
        u = 0.2 * u
    return torch.from_numpy(u.astype(np.float32).reshape(shape)).double()


def sample(tensor):
    flat = tensor.detach().reshape(-1)
    return [float(f"{x.item():.5e}") for x in (flat.norm(), flat[len(flat) // 3], flat[2 * len(flat) // 3])]


def from_torchvision(name):
    model = getattr(torchvision.models, name)(weights=None)
    if name.startswith("mobilenet"):
        model.classifier = model.classifier[:2]
    else:
        model.fc = torch.nn.Identity()
    return model


def from_timm(name, **options):
    return timm.create_model(name, num_classes=0, **options)


def golden(model, size, shifts):
    model = model.double()
    state = {k: values(k, v.shape, shifts) for k, v in model.state_dict().items() if "num_batches" not in k}
    model.load_state_dict(state, strict=False)
    pixels = (4 * uniform("image", BATCH * 3 * size * size)).astype(np.float32)
    image = torch.from_numpy(pixels).reshape(BATCH, 3, size, size).double()
    evaluated = model.eval()(image)
    with torch.no_grad():
        rounded = model.bfloat16()(image.bfloat16()).double()
    model.double().load_state_dict(state, strict=False)
    features = model.train()(image)
    features.square().sum().backward()
    parameters = dict(model.named_parameters())
    statistics = {k: b for k, b in model.named_buffers() if "num_batches" not in k}
    return {
        "size": size,
        "shifts": shifts,
        "evaluation": sample(evaluated),
        "bfloat16": round(((rounded - evaluated).norm() / evaluated.norm()).item(), 5),
        "training": sample(features),
        "names": zlib.crc32("\n".join(sorted([*parameters, *statistics])).encode()),
        "gradients": [sample(parameters[k].grad) for k in sorted(parameters)],
        "statistics": [sample(statistics[k]) for k in sorted(statistics)],
    }


# Image size and shifts. The shifts keep the inputs of activations off their kinks, where rounding would decide on a
# gradient, and let no map of a depthwise convolution become so nearly constant that its batch norm amplifies rounding.
def networks():
    return {
        **{name: (from_torchvision(name), 64, [-3, 2]) for name in (
            "resnet18", "resnet34", "resnet50", "resnet101", "resnext50_32x4d", "wide_resnet50_2")},
        "mobilenet_v3_large": (from_torchvision("mobilenet_v3_large"), 64, [1, 1]),
        "efficientnet_b0": (from_timm("efficientnet_b0"), 64, [0, 0]),
        **{name: (from_timm(name), 70, [3, 3]) for name in (
            "efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2",
            "tf_efficientnet_lite0", "tf_efficientnet_lite1", "tf_efficientnet_lite2")},
        "convnext_tiny": (from_timm("convnext_tiny"), 64, [-2, 2]),
        "vit_small_patch16_224": (from_timm("vit_small_patch16_224", dynamic_img_size=True), 64, [-2, 2]),
        "vit_small_patch14_dinov2": (from_timm("vit_small_patch14_dinov2", dynamic_img_size=True), 56, [-2, 2]),
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    result = {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__}
    result.update((name, golden(*settings)) for name, settings in networks().items())
    print("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in result.items()) + "\n}")
