"""Golden numbers of what coarse labels teach a finer head, by PyTorch's autograd. Run: python coarse.py > coarse.json"""
import json

import torch

torch.manual_seed(1)
model = torch.randn(9, 5, dtype=torch.float64)
model = model.to(torch.float32).to(torch.float64).requires_grad_()
# model 4 is of no brand that is known
brand_of = [0, 0, 1, 2, -1]
year_of = [0, 1, 1, 0, 1]
# labelled; brand alone; year alone; both; nothing; a pair that only model 4 allows; nothing; labelled and
# contradicted; a pair that nothing allows
models = [2, -1, -1, -1, -1, -1, -1, 4, -1]
brands = [1, 0, -1, 0, -1, 2, -1, 1, 1]
years = [1, -1, 0, 1, -1, 1, -1, 0, 0]

x = torch.log_softmax(model, 1)
total = 0
count = 0
for row in range(9):
    if models[row] >= 0:
        allowed = [models[row]]
    elif brands[row] < 0 and years[row] < 0:
        continue
    else:
        allowed = [m for m in range(5)
                   if (brands[row] < 0 or brand_of[m] in (-1, brands[row]))
                   and (years[row] < 0 or year_of[m] in (-1, years[row]))]
    if allowed:
        total = total - torch.logsumexp(x[row, allowed], 0)
        count += 1
loss = total / count
loss.backward()
print(json.dumps({
    "versions": {"torch": torch.__version__}, "seed": 1,
    "model": [round(v, 8) for v in model.detach().flatten().tolist()],
    "brandOf": brand_of,
    "yearOf": year_of,
    "models": models,
    "brands": brands,
    "years": years,
    "loss": loss.item(),
    "divisor": count,
    "gradient": model.grad.flatten().tolist(),
}, indent=1))
