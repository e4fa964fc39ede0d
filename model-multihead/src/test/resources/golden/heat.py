"""Grad-CAM by hooks in PyTorch, relu(sum_k mean(gradient)_k * A_k) as pytorch-grad-cam has it, for HeatProgramTest.

python heat.py > heat.json

No seed: parameter number n (from 0) has the values 0.5 * sin(0.7 * i + n), running variances 1 + those.
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional as F

SIDE = 16
CHANNELS = 8


def numbers(count, shift):
    return torch.tensor([0.5 * math.sin(0.7 * i + shift) for i in range(count)], dtype=torch.float32)


class Convolutional(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, CHANNELS, 3, 2, 1, bias=False)
        self.norm = nn.BatchNorm2d(CHANNELS)
        self.after = nn.LayerNorm(CHANNELS, 1e-6)

    def placed(self, x):
        return F.relu(self.norm(self.conv(x)))

    def forward(self, a):
        return self.after(a.mean([2, 3]))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(CHANNELS, 1e-6)
        self.qkv = nn.Linear(CHANNELS, 3 * CHANNELS)
        self.proj = nn.Linear(CHANNELS, CHANNELS)
        self.norm2 = nn.LayerNorm(CHANNELS, 1e-6)
        self.fc1 = nn.Linear(CHANNELS, 2 * CHANNELS)
        self.fc2 = nn.Linear(2 * CHANNELS, CHANNELS)

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, t, 3, 2, c // 2).permute(2, 0, 3, 1, 4)
        attention = (q @ k.transpose(2, 3) / math.sqrt(c // 2)).softmax(-1)
        x = x + self.proj((attention @ v).transpose(1, 2).reshape(n, t, c))
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, CHANNELS, 4, 4)
        self.token = nn.Parameter(torch.zeros(1, 1, CHANNELS))
        self.positions = nn.Parameter(torch.zeros(1, 17, CHANNELS))
        self.block0 = Block()
        self.block1 = Block()
        self.norm = nn.LayerNorm(CHANNELS, 1e-6)

    def placed(self, x):
        tokens = self.patches(x).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.token.expand(len(x), -1, -1), tokens], 1) + self.positions
        return self.block0(tokens)

    def forward(self, a):
        return self.norm(self.block1(a)[:, 0])


def weigh(parameters):
    for shift, (name, parameter) in enumerate(parameters):
        values = numbers(parameter.numel(), shift).reshape(parameter.shape)
        parameter.data.copy_(1 + values if name.endswith("running_var") else values)


def maps(network, order):
    """Heads: year (3) of one layer; brand (2) behind 5 hidden units."""
    year, hidden, brand = nn.Linear(CHANNELS, 3), nn.Linear(CHANNELS, 5), nn.Linear(5, 2)
    named = dict(network.named_parameters()) | dict(network.named_buffers())
    heads = [(f"{i}", p) for i, layer in enumerate([year, hidden, brand]) for p in (layer.weight, layer.bias)]
    weigh([(name, named[name]) for name in order] + heads)
    network.eval()
    x = numbers(2 * 3 * SIDE * SIDE, 0.5).reshape(2, 3, SIDE, SIDE)
    a = network.placed(x).detach().requires_grad_()
    features = network(a)
    logits = torch.cat([year(features), brand(F.relu(hidden(features)))], 1)
    result = {"logits": logits.flatten().tolist(), "heat": []}
    for category in range(5):
        (g,) = torch.autograd.grad(logits[:, category].sum(), a, retain_graph=True)
        if a.dim() == 4:
            heat = (g.mean([2, 3], keepdim=True) * a).sum(1)
        else:  # pytorch-grad-cam's reshape_transform leaves the class token out
            heat = (g[:, 1:].mean(1, keepdim=True) * a[:, 1:]).sum(2)
        result["heat"].append(heat.relu().flatten().tolist())
    return result


BLOCK = [f"{layer}.{kind}" for layer in ["norm1", "qkv", "proj", "norm2", "fc1", "fc2"] for kind in ["weight", "bias"]]
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "convolutional": maps(
                Convolutional(),
                ["conv.weight", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"]
                + ["after.weight", "after.bias"],
            ),
            "transformer": maps(
                Transformer(),
                ["patches.weight", "patches.bias", "token", "positions"]
                + [f"block{i}.{name}" for i in range(2) for name in BLOCK]
                + ["norm.weight", "norm.bias"],
            ),
        }
    )
)
