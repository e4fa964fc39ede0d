"""A model that multilabel trained, in Python: weights in model.safetensors, all else in labels.json.

Needs torch and safetensors, and timm 1.0 or torchvision, whichever has the backbone.

    from load import load
    model = load()
    logits = model(images)  # (N, 3, H, W) float32, normalised as labels.json says; {head: (N, K)}
    probabilities = model.probabilities(logits)

Logits and probabilities are those of the Java library's predictors: over mirror images, joint and calibrated where the
model is. Thresholds, sure answers and combinations are not applied; they stand in labels.json.
"""
import json
import re
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn


def new_backbone(name, library):
    """The network without its classifier, with random weights."""
    if library == "timm":
        import timm
        return timm.create_model(name, num_classes=0, **({"dynamic_img_size": True} if name.startswith("vit_") else {}))
    import torchvision
    backbone = getattr(torchvision.models, name)(weights=None)
    if name.startswith("mobilenet"):
        backbone.classifier = backbone.classifier[:2]  # the hidden layer stays
    else:
        backbone.fc = nn.Identity()
    return backbone


class Model(nn.Module):
    def __init__(self, labels, weights):
        super().__init__()
        self.labels = labels
        self.names = [head["name"] for head in labels["heads"]]
        self.backbone = new_backbone(labels["backbone"], labels["library"])
        own = re.compile("(heads|hidden)[.]")
        self.backbone.load_state_dict({k: v for k, v in weights.items() if not own.match(k)}, strict=True)
        self.heads = nn.ModuleList(self._head(head, weights) for head in labels["heads"])
        known = {f"{part}.{n}.{kind}" for part in ("heads", "hidden") for n in self.names for kind in ("weight", "bias")}
        unknown = sorted(k for k in weights if own.match(k) and k not in known)
        if unknown:
            raise ValueError(f"no head of labels.json has {unknown}")
        self.eval()

    @staticmethod
    def _head(head, weights):
        def linear(part):
            weight = weights[f"{part}.{head['name']}.weight"]
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            layer.load_state_dict({"weight": weight, "bias": weights[f"{part}.{head['name']}.bias"]})
            return layer

        return nn.Sequential(linear("hidden"), nn.ReLU(), linear("heads")) if "hidden" in head else linear("heads")

    def forward(self, images):
        logits = self._own(images)
        if self.labels["mirrored"]:
            mirrored = self._own(images.flip(3))
            logits = {name: (own + mirrored[name]) / 2 for name, own in logits.items()}
        for joint in self.labels.get("joint", []):
            logits.update(self._together(logits, joint))
        for each in self.labels.get("calibration", []):
            own = logits[each["head"]]
            if "temperature" in each:
                logits[each["head"]] = own / each["temperature"]
            else:
                logits[each["head"]] = own * own.new_tensor(each["scales"]) + own.new_tensor(each["offsets"])
        return logits

    def _own(self, images):
        features = self.backbone(images)
        return {name: head(features) for name, head in zip(self.names, self.heads)}

    def _together(self, logits, joint):
        """How the heads of a hierarchy answer: the finest by all of them, its parents by sums over it."""
        finest = joint["finest"]
        score = logits[finest].log_softmax(1)
        parents = {}
        for parent, power in joint["powers"].items():
            of = next(link["parentOf"] for link in self.labels["hierarchy"]
                      if (link["child"], link["parent"]) == (finest, parent))
            of = torch.tensor(of, device=score.device)
            own = logits[parent].log_softmax(1)
            even = -torch.tensor(float(own.shape[1])).log().to(own)
            score = score + power * torch.where(of < 0, even, own[:, of.clamp_min(0)])
            parents[parent] = of, own
        answers = {finest: score.log_softmax(1)}
        p = answers[finest].exp()
        for parent, (of, own) in parents.items():
            held = p.masked_fill(of < 0, 0)
            sums = torch.zeros_like(own).index_add(1, of.clamp_min(0), held)
            rest = (p - held).sum(1, keepdim=True)
            answers[parent] = (sums + rest * own.exp()).clamp_min(1e-38).log()
        return answers

    def probabilities(self, logits):
        kinds = {head["name"]: head["kind"] for head in self.labels["heads"]}
        return {name: own.sigmoid() if kinds[name] == "MULTI_LABEL" else own.softmax(1) for name, own in logits.items()}


def load(folder=Path(__file__).parent):
    """The model of a folder, for prediction; every weight must fit."""
    labels = json.loads((Path(folder) / "labels.json").read_text(encoding="utf-8"))
    return Model(labels, load_file(Path(folder) / "model.safetensors"))
