"""Writes tiny TorchScript files beside this script, in the folder scripts, and golden.json with what they compute.

Made with Python 3.11, torch 2.7.1: python scripts.py
"""

import json
import zipfile
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).parent / "scripts"
HERE.mkdir(exist_ok=True)
torch.manual_seed(8)


class Extractor(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.5)
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        return self.pool(self.drop(torch.relu(self.bn(self.conv(x)))))


class Flat(nn.Module):
    """As many features as the image has pixels."""

    def forward(self, x):
        return torch.flatten(x, 1)


class Two(Extractor):
    def forward(self, x):
        y = self.conv(x)
        return self.pool(y), y


class FixedBatch(Extractor):
    def forward(self, x):
        return self.pool(self.conv(x))[:1]


def save(module, name):
    """Without the debugging entries, which would tell where this script stood."""
    path = HERE / name
    module.save(path)
    with zipfile.ZipFile(path) as whole:
        entries = {info: whole.read(info) for info in whole.infolist() if not info.filename.endswith(".debug_pkl")}
    with zipfile.ZipFile(path, "w") as rest:
        for info, content in entries.items():
            rest.writestr(info.filename, content)


def image(size):
    return (torch.arange(2 * 3 * size * size, dtype=torch.float32) / 300).reshape(2, 3, size, size)


extractor = Extractor()
extractor.bn.running_mean += torch.rand(4)
extractor.bn.running_var += torch.rand(4)
traced = torch.jit.trace(extractor.eval(), image(16))
save(traced, "traced.pt")
scripted = torch.jit.script(extractor.train())  # saved while training: dropout and statistics would be alive
save(scripted, "scripted.pt")
save(torch.jit.freeze(torch.jit.script(extractor.eval())), "frozen.pt")
save(torch.jit.script(Flat()), "flat.pt")
save(torch.jit.script(Two()), "two.pt")
save(torch.jit.script(FixedBatch()), "fixed_batch.pt")
save(torch.jit.script(Extractor().eval().half()), "half.pt")
save(torch.jit.script(Extractor().eval().bfloat16()), "bfloat16.pt")
torch.save(extractor.state_dict(), HERE / "state_dict.pth")

extractor.eval()
features = extractor(image(16))
features.square().sum().backward()
golden = {
    "features": features.detach().flatten().tolist(),
    "gradients": {name: parameter.grad.flatten().tolist() for name, parameter in extractor.named_parameters()},
}
(HERE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
