"""Golden factors of the learning rate, step by step: torch.optim.lr_scheduler. Run: python schedules.py > schedules.json"""
import json
import torch
from torch.optim import lr_scheduler as s


def factors(make, steps):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = make(optimizer)
    rates = []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        if step < steps - 1:  # OneCycleLR refuses to go past its end
            optimizer.step()
            schedule.step()
    return rates


def one_cycle(steps, **options):
    return factors(lambda o: s.OneCycleLR(o, max_lr=1.0, total_steps=steps, **options), steps)


print(json.dumps({
    "versions": {"torch": torch.__version__},
    "oneCycle": one_cycle(40),
    "oneCycleQuarter": one_cycle(37, pct_start=0.25, div_factor=10, final_div_factor=100),
    "multiStep": factors(lambda o: s.MultiStepLR(o, [2, 5], 0.1), 8),
    "linear": factors(lambda o: s.PolynomialLR(o, 12, 1.0), 12),
    "polynomial": factors(lambda o: s.PolynomialLR(o, 12, 0.9), 12),
}, indent=1))
