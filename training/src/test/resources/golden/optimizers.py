"""Golden numbers of three optimizer steps, torch.optim.SGD and AdamW, decay on matrices only.
Run: python optimizers.py > optimizers.json"""
import json
import torch

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
    "versions": {"torch": torch.__version__}, "seed": 8, "rates": RATES + RATES[2:],
    "sgd": run(lambda d, p: torch.optim.SGD(groups(d, p, 0.01), lr=1, momentum=0.9)),
    "adamW": run(lambda d, p: torch.optim.AdamW(groups(d, p, 0.1), lr=1, betas=(0.9, 0.999), eps=1e-8)),
}, indent=1))
