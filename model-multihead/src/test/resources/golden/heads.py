"""Logits and gradients of heads with and without hidden layers, by torch.nn, as HeadProgramTest compares them.

python heads.py > heads.json
"""

import json

import torch
from torch import nn

SEED = 11
FEATURES = 4
torch.manual_seed(SEED)

heads = {
    "a": nn.Linear(FEATURES, 2),
    "b": nn.Sequential(nn.Linear(FEATURES, 3), nn.ReLU(), nn.Dropout(0.0), nn.Linear(3, 2)),
    "c": nn.Linear(FEATURES, 3),
    "d": nn.Sequential(nn.Linear(FEATURES, 2), nn.ReLU(), nn.Dropout(0.0), nn.Linear(2, 1)),
}
features = torch.randn(3, FEATURES, requires_grad=True)
logits = {name: head(features) for name, head in heads.items()}
loss = sum((values**2).sum() / 2 for values in logits.values())
loss.backward()


def layers(name):
    head = heads[name]
    return [head] if isinstance(head, nn.Linear) else [head[0], head[3]]


def joined(linears):
    """The product of several linear layers, with its gradient."""
    return [
        {
            "shape": list(torch.cat([part(linear) for linear in linears]).shape),
            "value": torch.cat([part(linear) for linear in linears]).flatten().tolist(),
            "gradient": torch.cat([part(linear).grad for linear in linears]).flatten().tolist(),
        }
        for part in (lambda linear: linear.weight, lambda linear: linear.bias)
    ]


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "seed": SEED,
            "features": {"value": features.flatten().tolist(), "gradient": features.grad.flatten().tolist()},
            "parameters": joined([layers("a")[0], layers("c")[0]])
            + joined([layers("b")[0], layers("d")[0]])
            + joined([layers("b")[1]])
            + joined([layers("d")[1]]),
            "logits": {name: values.flatten().tolist() for name, values in logits.items()},
        },
        indent=1,
    )
)
