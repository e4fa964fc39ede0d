"""Golden numbers of four optimizer steps, torch.optim's SGD, Adam and AdamW, timm's Lion and Lamb, decay on matrices
only.
Run: python optimizers.py > optimizers.json"""
import json
import timm
import torch
from timm.optim import Lamb, Lion

RATES = [0.1, 0.05, 0.02]
STEPS = 4


def run(make):
    torch.manual_seed(8)
    weight = torch.randn(2, 3, requires_grad=True)
    bias = torch.randn(3, requires_grad=True)
    start = {"weight": weight.detach().flatten().tolist(), "bias": bias.detach().tolist()}
    gradients = {"weight": [], "bias": []}
    after = {"weight": [], "bias": []}
    optimizer = make([weight], [bias])
    for step in range(STEPS):
        weight.grad, bias.grad = torch.randn(2, 3), torch.randn(3)
        for group in optimizer.param_groups:
            group["lr"] = RATES[min(step, 2)]
        gradients["weight"] += weight.grad.flatten().tolist()
        gradients["bias"] += bias.grad.tolist()
        optimizer.step()
        after["weight"] += weight.detach().flatten().tolist()
        after["bias"] += bias.detach().tolist()
    return {"start": start, "gradients": gradients, "after": after}


def groups(decayed, plain, decay):
    return [{"params": decayed, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}]


print(json.dumps({
    "versions": {"torch": torch.__version__, "timm": timm.__version__}, "seed": 8, "rates": RATES + RATES[2:],
    "sgd": run(lambda d, p: torch.optim.SGD(groups(d, p, 0.01), lr=1, momentum=0.9)),
    "nesterov": run(lambda d, p: torch.optim.SGD(groups(d, p, 0.01), lr=1, momentum=0.9, nesterov=True)),
    "adam": run(lambda d, p: torch.optim.Adam(groups(d, p, 0.1), lr=1, betas=(0.9, 0.999), eps=1e-8)),
    "lion": run(lambda d, p: Lion(groups(d, p, 0.1), lr=1, betas=(0.9, 0.99), foreach=False)),
    "lamb": run(lambda d, p: Lamb(groups(d, p, 0.1), lr=1, betas=(0.9, 0.999), eps=1e-6, max_grad_norm=None)),
    "adamW": run(lambda d, p: torch.optim.AdamW(groups(d, p, 0.1), lr=1, betas=(0.9, 0.999), eps=1e-8)),
}, indent=1))
