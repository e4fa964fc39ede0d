"""Golden numbers of the balancing of heads, computed from the papers' formulas: homoscedastic uncertainty (Kendall et al.
2018), dynamic weight average (Liu et al. 2019), GradNorm (Chen et al. 2018). Run: python balance.py > balance.json"""
import json
import numpy
import torch

torch.manual_seed(12)
random = numpy.random.default_rng(12)
HEAD_WEIGHTS = [1.0, 0.5, 2.0]
H = 3


def uncertainty():
    """exp(-s) L + s / 2 for classification; the second head has no label."""
    losses = torch.tensor([0.7, 0.0, 2.3], requires_grad=True)
    s = torch.tensor([0.3, -0.5, 1.0], requires_grad=True)
    known = torch.tensor([1.0, 0.0, 1.0])
    total = (torch.tensor(HEAD_WEIGHTS) * known * (torch.exp(-s) * losses + s / 2)).sum()
    total.backward()
    return {"losses": losses.tolist(), "divisors": [4.0, 0.0, 2.0], "s": s.tolist(), "total": total.item(),
            "lossGradient": losses.grad.tolist(), "sGradient": s.grad.tolist()}


def average(temperature=2.0, epochs=5):
    """Equation 7: H softmax(r / T), r the loss of the last epoch over that of the one before."""
    losses = random.uniform(0.2, 3.0, (epochs, H))
    weights, out = numpy.ones(H), []
    for epoch in range(epochs):
        if epoch >= 1:
            powers = numpy.exp(losses[epoch] / losses[epoch - 1] / temperature)
            weights = H * powers / powers.sum()
        out.append(weights.tolist())  # those of the next epoch
    return {"losses": losses.flatten().tolist(), "weights": sum(out, [])}


def grad_norm(alpha=1.5, rate=0.025, steps=4):
    """Algorithm 1 with plain descent of the weights, over the mean norm; in step 2 the last head has no label."""
    shared = torch.randn(2, 3)
    directions = torch.randn(H, 2)
    w, first = numpy.ones(H), numpy.full(H, numpy.nan)
    inputs, known_all, out, losses_all = [], [], [], []
    for step in range(steps):
        x = torch.randn(3)
        known = numpy.array([True, True, step != 2])
        weight = shared.clone().requires_grad_()
        losses = [((directions[h] * (weight @ x)).sum() ** 2) * bool(known[h]) for h in range(H)]
        norms = numpy.array([HEAD_WEIGHTS[h] * torch.autograd.grad(losses[h], weight, retain_graph=True)[0].norm().item()
                             for h in range(H)])
        values = numpy.array([loss.item() for loss in losses])
        first = numpy.where(numpy.isnan(first) & known, values, first)
        shares = values / first
        mean_norm = (w * norms)[known].mean()
        r = shares / shares[known].mean()
        wanted = mean_norm * r ** alpha
        slope = numpy.sign(w * norms - wanted) * norms / mean_norm
        w = numpy.where(known, w - rate * slope, w)
        w = w * H / w.sum()
        inputs += x.tolist()
        known_all += known.astype(float).tolist()
        out += w.tolist()
        losses_all += values.tolist()
    return {"shared": shared.flatten().tolist(), "directions": directions.flatten().tolist(), "inputs": inputs,
            "known": known_all, "weights": out, "losses": losses_all}


print(json.dumps({
    "versions": {"torch": torch.__version__, "numpy": numpy.__version__}, "seed": 12, "headWeights": HEAD_WEIGHTS,
    "uncertainty": uncertainty(), "average": average(), "gradNorm": grad_norm(),
}, indent=1))
