"""Writes rectangles.json: the features that torchvision's and timm's networks compute of images that are no squares.

Usage: python rectangles.py > rectangles.json

Weights and images are those of backbones.py, which says what the numbers are. Vision transformers resize their
positions to the rectangle; networks with TensorFlow's padding pad the two axes by different lengths.
"""
import json

import timm
import torch
import torchvision
from backbones import BATCH, from_timm, from_torchvision, sample, uniform, values

NETWORKS = {
    "resnet18": (from_torchvision("resnet18"), [40, 72], [-3, 2]),
    "tf_efficientnet_lite0": (from_timm("tf_efficientnet_lite0"), [50, 69], [3, 3]),
    "vit_small_patch16_224": (from_timm("vit_small_patch16_224", dynamic_img_size=True), [48, 80], [-2, 2]),
    "vit_small_patch14_dinov2": (from_timm("vit_small_patch14_dinov2", dynamic_img_size=True), [70, 42], [-2, 2]),
}


def golden(model, size, shifts):
    model = model.double()
    model.load_state_dict({k: values(k, v.shape, shifts) for k, v in model.state_dict().items()
                           if "num_batches" not in k}, strict=False)
    height, width = size
    pixels = (4 * uniform("image", BATCH * 3 * height * width)).astype("float32")
    image = torch.from_numpy(pixels).reshape(BATCH, 3, height, width).double()
    with torch.no_grad():
        return {"size": size, "shifts": shifts, "evaluation": sample(model.eval()(image))}


torch.set_num_threads(1)
result = {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__}
result.update((name, golden(*settings)) for name, settings in NETWORKS.items())
print("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()) + "\n}")
