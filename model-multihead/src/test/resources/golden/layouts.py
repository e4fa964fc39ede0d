"""Writes layouts.json beside this script: the names and shapes of published state dictionaries whose names are others
than those of this library's networks.

Made with Python 3.11, torch 2.7.1, torchvision 0.22.1, timm 1.0.31: python layouts.py
"""

import json
from pathlib import Path

import timm
import torch
import torchvision
from timm.models.convnext import checkpoint_filter_fn


def shapes(state):
    return {name: list(tensor.shape) for name, tensor in state.items()}


def by_the_authors_of_convnext():
    """The layout of facebookresearch/ConvNeXt, checked by timm's own conversion of it."""
    model = timm.create_model("convnext_tiny")
    state = {}
    for name, tensor in model.state_dict().items():
        for old, new in (
            ("head.norm.", "norm."),
            ("head.fc.", "head."),
            ("stem.", "downsample_layers.0."),
            (".blocks.", "."),
            (".conv_dw.", ".dwconv."),
            (".mlp.fc", ".pwconv"),
        ):
            name = name.replace(old, new)
        if ".downsample." in name:
            name = name.replace("stages.", "downsample_layers.").replace(".downsample.", ".")
        state[name] = tensor
    converted = checkpoint_filter_fn(dict(state), model)
    assert {n: t.shape for n, t in converted.items()} == {n: t.shape for n, t in model.state_dict().items()}
    return state


layouts = {
    "torchvision": {
        "efficientnet_b0": shapes(torchvision.models.efficientnet_b0().state_dict()),
        "convnext_tiny": shapes(torchvision.models.convnext_tiny().state_dict()),
    },
    "authors": {"convnext_tiny": shapes(by_the_authors_of_convnext())},
}
Path(__file__).with_name("layouts.json").write_text(json.dumps(layouts, separators=(",", ":")) + "\n")
