"""Golden numbers of the summed loss: torch's cross_entropy and binary_cross_entropy_with_logits, with class weights,
head weights and missing labels. Run: python losses.py > losses.json"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(8)
N = 6
brand = torch.randn(N, 4, requires_grad=True)
tags = torch.randn(N, 3, requires_grad=True)
year = (3 * torch.randn(N, 2)).requires_grad_()
brand_y = torch.tensor([0, 3, -1, 2, -1, 3])
tags_y = torch.tensor([[1, 0, 1], [-1, -1, -1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [-1, -1, -1]], dtype=torch.float32)
year_y = torch.tensor([1, 1, 0, -1, 0, 1])
brand_w = torch.tensor([0.5, 1.0, 2.0, 3.0])

losses = [
    F.cross_entropy(brand, brand_y, weight=brand_w, ignore_index=-1),
    F.binary_cross_entropy_with_logits(tags[tags_y[:, 0] >= 0], tags_y[tags_y[:, 0] >= 0]),
    F.cross_entropy(year, year_y, ignore_index=-1),
]
total = losses[0] + 0.5 * losses[1] + 2 * losses[2]
total.backward()
flat = lambda t: t.detach().flatten().tolist()
print(json.dumps({
    "versions": {"torch": torch.__version__}, "seed": 8,
    "brand": flat(brand), "tags": flat(tags), "year": flat(year),
    "brandLabels": flat(brand_y), "tagsLabels": flat(tags_y), "yearLabels": flat(year_y),
    "brandWeights": flat(brand_w), "headWeights": [1.0, 0.5, 2.0],
    "losses": [l.item() for l in losses], "total": total.item(),
    "brandGradient": flat(brand.grad), "tagsGradient": flat(tags.grad), "yearGradient": flat(year.grad),
}, indent=1))
