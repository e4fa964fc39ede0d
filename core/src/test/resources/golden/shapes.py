"""Writes shapes.json: what timm and torchvision make of small images for inputs that are no squares, or padded.

Run: python shapes.py (in this folder). The versions used are recorded in the file.
"""

import json

import PIL
import timm
import torchvision
from PIL import Image
from timm.data.constants import IMAGENET_DEFAULT_MEAN
from timm.data.transforms import CenterCropOrPad, ResizeKeepRatio
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Resize

from images import pattern, result

MODES = {"BILINEAR": "bilinear", "BICUBIC": "bicubic"}
FILL = tuple(round(255 * mean) for mean in IMAGENET_DEFAULT_MEAN)


def steps(mode, size, crop_pct, interpolation):
    """Those of timm.data.transforms_factory.transforms_imagenet_eval."""
    if mode == "SQUASH":
        return [Resize(size, InterpolationMode(interpolation))]
    if mode == "PAD":
        return [ResizeKeepRatio(size, longest=1.0, interpolation=interpolation), CenterCropOrPad(size, fill=FILL)]
    scaled = tuple(int(side / crop_pct) for side in size)
    return [ResizeKeepRatio(scaled, interpolation=interpolation), CenterCrop(size)]


def cases():
    for interpolation in MODES:
        for height, width in [(37, 53), (53, 37), (60, 90), (90, 60), (40, 40), (30, 101), (101, 30), (9, 12)]:
            for size in [(18, 27), (27, 18), (24, 24), (20, 50)]:
                for mode, crop_pct in [("CENTER", 0.875), ("CENTER", 1), ("SQUASH", 1), ("PAD", 1)]:
                    if mode == "CENTER" and size[0] == size[1]:
                        continue  # resize.json has squares
                    transform = Compose(steps(mode, size, crop_pct, MODES[interpolation]))
                    yield {"mode": mode, "cropPct": crop_pct, "filter": interpolation, "input": [height, width],
                           "size": list(size), "output": result(transform(Image.fromarray(pattern(height, width))))}


if __name__ == "__main__":
    versions = {"pillow": PIL.__version__, "timm": timm.__version__, "torchvision": torchvision.__version__,
                "seed": "none, see pattern in images.py"}
    lines = ",\n".join(json.dumps(case) for case in cases())
    with open("shapes.json", "w", encoding="utf-8") as file:
        file.write('{"versions": ' + json.dumps(versions) + ',\n"shapes": [\n' + lines + "\n]}\n")
