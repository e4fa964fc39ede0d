"""Writes photos.json: what Pillow makes of real photos, as checksums; nothing of the photos themselves.

Run: python photos.py FOLDER (in this folder), where FOLDER has Stanford Cars' cars_train. Versions are recorded.
"""

import json
import sys
import zlib
from pathlib import Path

import PIL
import torchvision
from PIL import Image
from torchvision.transforms import functional as F

FILTERS = {"BILINEAR": Image.Resampling.BILINEAR, "BICUBIC": Image.Resampling.BICUBIC}
SIZES = {"BILINEAR": (256, 224), "BICUBIC": (235, 224)}


def summary(image):
    return {"width": image.width, "height": image.height, "crc32": zlib.crc32(image.tobytes())}


def evaluated(photo, name):
    """Resize and CenterCrop; rows first, as all releases of Pillow up to 12 do, see images.py."""
    shorter, size = SIZES[name]
    side = min(photo.size)
    width, height = (shorter if length == side else int(shorter * length / side) for length in photo.size)
    narrow = photo.resize((width, photo.height), FILTERS[name])
    return F.center_crop(narrow.resize((width, height), FILTERS[name]), [size, size])


files = sorted((Path(sys.argv[1]) / "cars_train").glob("*.jpg"))[::271]
cases = []
for file in files:
    photo = Image.open(file).convert("RGB")
    case = {"file": file.name, "decoded": summary(photo)}
    for name in FILTERS:
        case[name] = summary(evaluated(photo, name))
    cases.append(case)
with open("photos.json", "w") as out:
    json.dump({"versions": {"pillow": PIL.__version__, "torchvision": torchvision.__version__.split("+")[0],
                            "seed": "none, nothing is random"}, "photos": cases}, out, indent=1)
    out.write("\n")
