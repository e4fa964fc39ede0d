"""Writes augment.json: what torchvision's functions make of small PIL images.

Run: python augment.py (in this folder). The versions used are recorded in the file. Nothing is random.
"""

import json
import zlib

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms.autoaugment import _apply_op
from torchvision.transforms import InterpolationMode


def pattern(height, width):
    """Bytes that look random and that Java computes alike: the top byte of i * 2654435761 (mod 2^32)."""
    i = np.arange(height * width * 3, dtype=np.uint64)
    return ((i * 2654435761 % 2**32) >> 24).astype(np.uint8).reshape(height, width, 3)


def faint(height, width):
    """Smooth, and without very dark and bright values, so that there is contrast to gain."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([40 + (x * 3 + y) % 90, 90 + (x * y // 7) % 60, 100 + (5 * y + x // 2) % 110], 2).astype(np.uint8)


def cube():
    """Every colour whose values are multiples of 3, in a long row."""
    values = np.arange(0, 256, 3, dtype=np.uint8)
    r, g, b = np.meshgrid(values, values, values, indexing="ij")
    return np.stack([r, g, b], 3).reshape(1, -1, 3)


PICTURES = {"pattern 37 53": pattern(37, 53), "pattern 40 40": pattern(40, 40), "faint 50 61": faint(50, 61),
            "pattern 1 9": pattern(1, 9), "pattern 7 2": pattern(7, 2), "plain 5 6": np.full((5, 6, 3), 77, np.uint8)}
FILL = [124, 116, 104]


def affine(operation, magnitude):
    return lambda image: _apply_op(image, operation, magnitude, InterpolationMode.NEAREST, FILL)


def calls():
    for factor in (0.0, 0.1, 0.5, 0.95, 1.0, 1.05, 1.3, 1.9, 3.0):
        yield "brightness", factor, lambda image, f=factor: F.adjust_brightness(image, f)
        yield "contrast", factor, lambda image, f=factor: F.adjust_contrast(image, f)
        yield "saturation", factor, lambda image, f=factor: F.adjust_saturation(image, f)
        yield "sharpness", factor, lambda image, f=factor: F.adjust_sharpness(image, f)
    for shift in (-0.5, -0.31, -0.05, -0.001, 0.0, 0.02, 0.1, 0.25, 0.5):
        yield "hue", shift, lambda image, s=shift: F.adjust_hue(image, s)
    for bits in range(1, 9):
        yield "posterize", bits, lambda image, b=bits: F.posterize(image, b)
    for threshold in (0.0, 76.5, 77.0, 77.5, 128.0, 255.0, 256.0):
        yield "solarize", threshold, lambda image, t=threshold: F.solarize(image, t)
    yield "autocontrast", 0, F.autocontrast
    yield "equalize", 0, F.equalize
    yield "invert", 0, F.invert
    yield "grayscale", 0, lambda image: F.rgb_to_grayscale(image, 3)
    for shear in (-0.99, -0.3, -0.01, 0.0, 0.1, 0.5, 0.99):
        yield "shearX", shear, affine("ShearX", shear)
        yield "shearY", shear, affine("ShearY", shear)
    for pixels in (-32, -3, 0, 1, 17, 60):
        yield "translateX", pixels, affine("TranslateX", float(pixels))
        yield "translateY", pixels, affine("TranslateY", float(pixels))
    for degrees in (-135.0, -90.0, -30.0, -0.5, 0.0, 1.0, 13.7, 45.0, 90.0, 180.0, 400.0):
        yield "rotate", degrees, affine("Rotate", degrees)


def exact_cases():
    cases = []
    for name, pixels in PICTURES.items():
        for operation, magnitude, call in calls():
            out = np.asarray(call(Image.fromarray(pixels)))
            cases.append({"picture": name, "operation": operation, "magnitude": magnitude,
                          "crc32": zlib.crc32(out.tobytes()), "begins": out.reshape(-1)[:6].tolist()})
    for operation, magnitude, call in calls():
        if operation in ("hue", "saturation"):
            out = np.asarray(call(Image.fromarray(cube())))
            cases.append({"picture": "cube", "operation": operation, "magnitude": magnitude,
                          "crc32": zlib.crc32(out.tobytes()), "begins": out.reshape(-1)[:6].tolist()})
    return cases


def blur_cases():
    cases = []
    for name in ("pattern 37 53", "faint 50 61"):
        for size, sigma in ((3, 0.5), (5, 1.1), (9, 2.0), (23, 2.0)):
            out = np.asarray(F.gaussian_blur(Image.fromarray(PICTURES[name]), [size, size], [sigma, sigma]))
            cases.append({"picture": name, "kernel": size, "sigma": sigma, "rgb": out.reshape(-1)[::97].tolist()})
    return cases


with open("augment.json", "w") as file:
    json.dump({"versions": {"torch": torch.__version__.split("+")[0], "pillow": PIL.__version__,
                            "torchvision": torchvision.__version__.split("+")[0], "seed": "none, nothing is random"},
               "exact": exact_cases(), "blurs": blur_cases()}, file, separators=(",", ":"))
    file.write("\n")
