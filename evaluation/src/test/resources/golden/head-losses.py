"""Golden numbers of the losses on offer and their gradients, with class weights, smoothing and missing labels:
torch's cross_entropy and binary_cross_entropy_with_logits, torchvision's sigmoid_focal_loss, and the formulas of the
papers where neither has the loss. Run: python head-losses.py > head-losses.json"""
import json
import torch
import torch.nn.functional as F
import torchvision
from torchvision.ops import sigmoid_focal_loss

torch.manual_seed(11)
N, K, T = 7, 5, 4
category = torch.tensor([0, 3, -1, 2, 4, -1, 3])
category_logits = 2 * torch.randn(N, K)
weights = torch.tensor([0.5, 1.0, 2.0, 3.0, 0.25])
tags = torch.tensor([[1, 0, 1, 0], [-1] * 4, [0] * 4, [1] * 4, [0, 1, 0, 0], [-1] * 4, [0, 0, 0, 1]], dtype=torch.float32)
tag_logits = 2 * torch.randn(N, T)
positive = torch.tensor([0.5, 1.0, 2.0, 7.0])
known_c, known_t = category >= 0, tags[:, 0] >= 0


def single(name, rows, w=None):
    """The mean of a loss per labelled row, weighted by its category."""
    def loss(x):
        y = category[known_c]
        each = torch.ones(K)[y] if w is None else w[y]
        return (rows(x[known_c], y) * each).sum() / each.sum()
    return case(name, category_logits, loss, w)


def multi(name, cells, w=None):
    """The mean of a loss per known answer."""
    return case(name, tag_logits, lambda x: cells(x[known_t], tags[known_t]).mean(), w)


def case(name, start, loss, w):
    x = start.clone().requires_grad_()
    value = loss(x)
    value.backward()
    return name, {"loss": value.item(), "gradient": x.grad.flatten().tolist(),
                  **({} if w is None else {"weights": w.tolist()})}


def cross_entropy(name, smoothing, w=None):
    return case(name, category_logits,
                lambda x: F.cross_entropy(x, category, weight=w, ignore_index=-1, label_smoothing=smoothing), w)


def focal(gamma):
    """Lin et al. 2017, equation 4."""
    def rows(x, y):
        log_p = F.log_softmax(x, 1).gather(1, y[:, None])[:, 0]
        return -(1 - log_p.exp()) ** gamma * log_p
    return rows


def ordinal(distance):
    """Cross entropy plus the squared earth mover's distance of Hou et al. 2017."""
    def rows(x, y):
        far = (F.softmax(x, 1).cumsum(1) - F.one_hot(y, K).cumsum(1)).square().sum(1)
        return F.cross_entropy(x, y, reduction="none") + distance * far
    return rows


def asymmetric(gamma_neg, gamma_pos, clip, w=None):
    """Ridnik et al. 2021, equations 5 and 7; the focusing weight detached, as the authors' code has it by default."""
    def cells(x, y):
        p = torch.sigmoid(x)
        shifted = (p - clip).clamp(min=0)
        on = (1 - p.detach()) ** gamma_pos * torch.log(p) * (1 if w is None else w)
        off = shifted.detach() ** gamma_neg * torch.log(1 - shifted)
        return -(y * on + (1 - y) * off)
    return cells


cases = dict([
    cross_entropy("crossEntropy", 0.0),
    cross_entropy("crossEntropyWeighted", 0.0, weights),
    cross_entropy("smoothed", 0.1),
    cross_entropy("smoothedWeighted", 0.1, weights),
    single("focal2", focal(2.0)),
    single("focal2Weighted", focal(2.0), weights),
    single("focalHalf", focal(0.5)),
    single("ordinal", ordinal(1.0)),
    single("ordinalWeighted", ordinal(3.0), weights),
    multi("binary", lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none")),
    multi("binaryPositive",
          lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none", pos_weight=positive), positive),
    multi("binaryFocal", lambda x, y: sigmoid_focal_loss(x, y, alpha=-1, gamma=2)),
    multi("binaryFocalAlpha", lambda x, y: sigmoid_focal_loss(x, y, alpha=0.25, gamma=1.5)),
    multi("asymmetric", asymmetric(4, 1, 0.05)),
    multi("asymmetricUnclipped", asymmetric(2, 0, 0)),
    multi("asymmetricPositive", asymmetric(4, 1, 0.05, positive), positive),
])
print(json.dumps({
    "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}, "seed": 11,
    "categoryLogits": category_logits.flatten().tolist(), "category": category.tolist(),
    "tagLogits": tag_logits.flatten().tolist(), "tags": tags.flatten().tolist(),
    "cases": cases,
}, indent=1))
