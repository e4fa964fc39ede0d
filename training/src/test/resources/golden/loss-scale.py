"""Golden scales of torch.amp.GradScaler with its defaults. Run: python loss-scale.py > loss-scale.json

Steps are numbered from 0; a step in "overflows" has a gradient that is not finite. "changes" are the steps after which
the scale is another, "scales" what it is then.
"""
import json
import torch

STEPS = 12500
OVERFLOWS = [0, 1, 2, 700, 2700, 2701, 4701, 8000, 8001, 8002, 10002]

weight = torch.nn.Parameter(torch.zeros(1))
optimizer = torch.optim.SGD([weight], lr=0.0)
scaler = torch.amp.GradScaler("cpu")
changes, scales = [], []
before = scaler.get_scale()
for step in range(STEPS):
    optimizer.zero_grad()
    scaler.scale(weight.sum()).backward()
    if step in OVERFLOWS:
        weight.grad.fill_(float("inf"))
    scaler.step(optimizer)
    scaler.update()
    if scaler.get_scale() != before:
        before = scaler.get_scale()
        changes.append(step)
        scales.append(before)
print(json.dumps({
    "versions": {"torch": torch.__version__},
    "steps": STEPS,
    "overflows": OVERFLOWS,
    "start": 65536.0,
    "changes": changes,
    "scales": scales,
}, indent=1))
