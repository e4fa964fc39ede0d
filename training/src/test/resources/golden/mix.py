"""Golden numbers of MixUp and CutMix: torchvision's, with its share, its rectangle and its partners (the image before),
and cross entropy of the blended targets. Run: python mix.py > mix.json"""
import json
import torch
import torch.nn.functional as F
import torchvision
from torchvision.transforms.v2 import CutMix, MixUp

torch.manual_seed(13)
N, H, W, K, T = 4, 5, 6, 3, 2
image = torch.randn(N, 3, H, W)
labels = torch.tensor([0, 2, 1, 2])
tags = torch.tensor([[1, 0], [0, 0], [1, 1], [0, 1]], dtype=torch.float32)
logits, tag_logits = torch.randn(N, K, requires_grad=True), torch.randn(N, T, requires_grad=True)


def run(transform, params, share):
    transform.make_params = lambda inputs: params
    mixed, soft = transform(image.clone(), F.one_hot(labels, K).float())
    soft_tags = share * tags + (1 - share) * tags.roll(1, 0)
    loss = F.cross_entropy(logits, soft)
    tag_loss = F.binary_cross_entropy_with_logits(tag_logits, soft_tags)
    gradient, tag_gradient = torch.autograd.grad(loss + tag_loss, [logits, tag_logits])
    return {"share": share, "image": mixed.flatten().tolist(), "loss": loss.item(), "tagLoss": tag_loss.item(),
            "gradient": gradient.flatten().tolist(), "tagGradient": tag_gradient.flatten().tolist()}


box = (1, 2, 5, 4)
cut_share = 1 - (box[2] - box[0]) * (box[3] - box[1]) / (W * H)
print(json.dumps({
    "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}, "seed": 13,
    "image": image.flatten().tolist(), "labels": labels.tolist(), "tags": tags.flatten().tolist(),
    "logits": logits.flatten().tolist(), "tagLogits": tag_logits.flatten().tolist(),
    "partners": [3, 0, 1, 2], "box": box,
    "mixUp": run(MixUp(alpha=1.0, num_classes=K), dict(lam=0.3), 0.3),
    "cutMix": run(CutMix(alpha=1.0, num_classes=K), dict(box=box, lam_adjusted=cut_share), cut_share),
}, indent=1))
