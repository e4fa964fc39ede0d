"""Writes resize.json and decode.json: what Pillow and torchvision make of small pictures.

Run: python images.py (in this folder). The versions used are recorded in the files.
"""

import base64
import io
import json
import struct
import zlib

import numpy as np
import PIL
import torchvision
from PIL import Image, ImageOps
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Resize

FILTERS = {"BILINEAR": Image.Resampling.BILINEAR, "BICUBIC": Image.Resampling.BICUBIC}
MODES = {"BILINEAR": InterpolationMode.BILINEAR, "BICUBIC": InterpolationMode.BICUBIC}
# the plug-in turns lossy chroma into RGB less exactly than libwebp; see docs/pipeline.md
WEBP_TOLERANCE = 16
VERSIONS = {"pillow": PIL.__version__, "torchvision": torchvision.__version__, "seed": "none, see pattern"}


def pattern(height, width):
    """Bytes that look random and that Java computes alike: the top byte of i * 2654435761 (mod 2^32)."""
    i = np.arange(height * width * 3, dtype=np.uint64)
    return ((i * 2654435761 % 2**32) >> 24).astype(np.uint8).reshape(height, width, 3)


def result(image):
    pixels = np.asarray(image)
    return {"height": pixels.shape[0], "width": pixels.shape[1], "crc32": zlib.crc32(pixels.tobytes()),
            "begins": pixels.reshape(-1)[:12].tolist()}


def resize_cases():
    resizes, crops = [], []
    for name in FILTERS:
        for size in [((37, 53), (16, 16)), ((16, 16), (37, 53)), ((53, 37), (53, 20)), ((53, 37), (20, 37)),
                     ((1, 1), (5, 7)), ((9, 9), (1, 1)), ((12, 12), (12, 12)), ((300, 5), (224, 224))]:
            (height, width), (out_height, out_width) = size
            for box in [None, (height // 4, width // 4, max(1, height // 2), max(1, width // 2))]:
                top, left, rows, columns = box or (0, 0, height, width)
                # rows first: Pillow's only order up to release 12; release 13 begins with the columns where that is
                # less work, which changes the rounding of some bytes by 1
                narrow = Image.fromarray(pattern(height, width)).resize(
                    (out_width, height), FILTERS[name], box=(left, 0, left + columns, height))
                resized = narrow.resize(
                    (out_width, out_height), FILTERS[name], box=(0, top, out_width, top + rows))
                resizes.append({"filter": name, "input": [height, width], "box": [top, left, rows, columns],
                                "output": result(resized)})
        for height, width, shorter, size in [(50, 37, 32, 28), (37, 50, 32, 28), (540, 400, 256, 224), (30, 30, 64, 56),
                                             (61, 33, 29, 20), (100, 9, 16, 16), (40, 40, 20, 28), (40, 90, 20, 33)]:
            both = Compose([Resize(shorter, MODES[name]), CenterCrop(size)])
            crops.append({"filter": name, "input": [height, width], "shorter": shorter, "size": size,
                          "output": result(both(Image.fromarray(pattern(height, width))))})
    return {"versions": VERSIONS, "resizes": resizes, "crops": crops}


def smooth(height=16, width=16):
    """A picture that a JPEG keeps well: a gradient with a hue of its own in each corner."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 255 // max(1, width - 1), y * 255 // max(1, height - 1), (x + y) * 4 + 60], 2).astype(np.uint8)


def encode(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def without_segment(jpeg, marker):
    at = 2
    while jpeg[at + 1] != marker:
        at += 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
    return jpeg[:at] + jpeg[at + 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]:]


def with_segment(jpeg, marker, content):
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png16(samples):
    height, width, bands = samples.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    header = struct.pack(">IIBBBBB", width, height, 16, {1: 0, 2: 4, 3: 2, 4: 6}[bands], 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(rows))
            + png_chunk(b"IEND", b""))


def png_low(samples, bits, *chunks):
    """A grey PNG of fewer than 8 bits per sample."""
    height, width = samples.shape
    rows = b"".join(b"\0" + np.packbits(
        ((row[:, None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8).reshape(-1)).tobytes() for row in samples)
    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + b"".join(chunks)
            + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b""))


def pillow(data):
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))


def on_white(data):
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    return np.asarray(Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB"))


def decode_cases():
    rgb = Image.fromarray(smooth())
    cases = []

    def add(name, data, expected, tolerance):
        cases.append({"name": name, "bytes": base64.b64encode(data).decode(), "height": expected.shape[0],
                      "width": expected.shape[1], "rgb": base64.b64encode(expected.tobytes()).decode(),
                      "tolerance": tolerance})

    def jpeg(name, data):
        add(name, data, pillow(data), 3)

    plain = encode(rgb, "JPEG", quality=95, subsampling=0)
    jpeg("plain.jpg", plain)
    jpeg("subsampled.jpg", encode(rgb, "JPEG", quality=95, subsampling=2))
    jpeg("progressive.jpg", encode(rgb, "JPEG", quality=95, progressive=True))
    jpeg("restarts.jpg", encode(rgb, "JPEG", quality=95, restart_marker_blocks=1))
    jpeg("grey.jpg", encode(rgb.convert("L"), "JPEG", quality=95))
    jpeg("one pixel.jpg", encode(Image.new("RGB", (1, 1), (10, 200, 30)), "JPEG"))
    jpeg("no JFIF.jpg", without_segment(plain, 0xE0))
    jpeg("RGB components.jpg", encode(rgb, "JPEG", quality=95, keep_rgb=True))
    jpeg("junk profile.jpg", with_segment(plain, 0xE2, b"ICC_PROFILE\0\1\1" + b"junk" * 10))
    jpeg("empty profile.jpg", with_segment(plain, 0xE2, b"ICC_PROFILE\0\1\1"))
    jpeg("junk EXIF.jpg", with_segment(plain, 0xE1, b"Exif\0\0junkjunk"))
    ink = encode(rgb.convert("CMYK"), "JPEG", quality=95)
    jpeg("CMYK.jpg", ink)
    jpeg("CMYK without Adobe marker.jpg", without_segment(ink, 0xEE))
    at = ink.index(b"Adobe") + 11
    jpeg("YCCK.jpg", ink[:at] + b"\2" + ink[at + 1:])
    red = Image.merge("CMYK", [Image.new("L", (16, 16), value) for value in (0, 255, 255, 0)])  # stored inverted
    jpeg("CMYK red.jpg", encode(red, "JPEG", quality=95))
    for tag in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = tag
        jpeg(f"orientation {tag}.jpg", encode(Image.fromarray(smooth(16, 32)), "JPEG", quality=95, exif=exif))
        tagged = encode(Image.fromarray(smooth(16, 32)), "PNG", exif=exif)
        add(f"orientation {tag}.png", tagged, pillow(tagged), 0)

    for name, picture in {"RGB": rgb, "grey": rgb.convert("L"), "palette": rgb.quantize(20),
                          "one bit": rgb.convert("1"), "one pixel": Image.new("RGB", (1, 1), (10, 200, 30))}.items():
        for kind in ("PNG", "BMP", "GIF"):
            if kind != "GIF" or name in ("grey", "palette"):
                data = encode(picture, kind)
                add(f"{name}.{kind.lower()}", data, pillow(data), 0)
    alpha = Image.fromarray(smooth()[:, :, 2])
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    transparent = {"RGBA.png": encode(rgba, "PNG"), "grey alpha.png": encode(rgba.convert("LA"), "PNG"),
                   "palette transparency.png": encode(rgb.quantize(20), "PNG", transparency=bytes(range(0, 200, 10))),
                   "transparent.gif": encode(rgb.quantize(20), "GIF", transparency=3)}
    for name, data in transparent.items():
        add(name, data, on_white(data), 1)
    frames = encode(rgb.quantize(20), "GIF", save_all=True, append_images=[rgb.rotate(90).quantize(20)])
    add("animated.gif", frames, pillow(frames), 0)
    profile = encode(rgb, "PNG", icc_profile=b"junk" * 10)
    add("junk profile.png", profile, smooth(), 0)
    wide = smooth().astype(np.uint16) * 256 + 77
    add("16 bit RGB.png", png16(wide), smooth(), 0)
    add("16 bit grey.png", png16(wide[:, :, :1]), np.repeat(smooth()[:, :, :1], 3, 2), 0)
    add("16 bit RGBA.png", png16(np.concatenate([wide, wide[:, :, 2:]], 2)), on_white(encode(rgba, "PNG")), 1)
    add("16 bit grey alpha.png", png16(wide[:, :, 1:]), on_white(encode(Image.merge("LA", rgb.split()[1:]), "PNG")), 1)
    for bits in (1, 2, 4):
        samples = smooth()[:, :, 0] >> 8 - bits
        data = png_low(samples, bits)
        add(f"{bits} bit grey.png", data, pillow(data), 0)
        keyed = png_low(samples, bits, png_chunk(b"tRNS", struct.pack(">H", 1)))
        # Pillow compares the clear sample of 2 or 4 bits with those of 8 bits that it made of the others
        expected = np.where((samples == 1)[:, :, None], 255, pillow(data)).astype(np.uint8)
        add(f"{bits} bit grey, one clear.png", keyed, expected, 0)
    for name, picture, key in (("grey", rgb.convert("L"), 100), ("RGB", rgb.quantize(20).convert("RGB"), None)):
        data = encode(picture, "PNG", transparency=picture.getpixel((5, 5)) if key is None else key)
        add(f"{name}, one clear.png", data, on_white(data), 0)
    chunk_after_header = lambda png, *chunk: png[:33] + png_chunk(*chunk) + png[33:]
    gamma = chunk_after_header(encode(rgb, "PNG"), b"gAMA", struct.pack(">I", 100000))
    add("gamma.png", gamma, pillow(gamma), 0)
    standard = chunk_after_header(encode(rgb.convert("L"), "PNG"), b"sRGB", b"\0")
    add("grey sRGB.png", standard, pillow(standard), 0)
    moving = encode(rgb, "PNG", save_all=True, append_images=[rgb.rotate(90)])
    add("animated.png", moving, smooth(), 0)

    camera = encode(rgb, "MPO", save_all=True, append_images=[rgb.rotate(90)], quality=95)
    jpeg("two pictures.jpg", camera)

    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        for mode in ("RGB", "L", "P", "1", "RGBA"):
            if compression == "jpeg" and mode not in ("RGB", "L"):
                continue
            picture = rgba if mode == "RGBA" else rgb.quantize(20) if mode == "P" else rgb.convert(mode)
            data = encode(picture, "TIFF", compression=compression)
            expected = on_white(data) if mode == "RGBA" else pillow(data)
            add(f"{mode} {compression}.tif", data, expected, 3 if compression == "jpeg" else int(mode in ("P", "RGBA")))
    turned = encode(Image.fromarray(smooth(16, 32)), "TIFF", tiffinfo={0x0112: 6})
    add("orientation 6.tif", turned, pillow(turned), 0)
    one = encode(Image.new("RGB", (1, 1), (10, 200, 30)), "TIFF")
    add("one pixel.tif", one, pillow(one), 0)
    fax = encode(rgb.convert("1"), "TIFF", compression="group4")
    add("fax.tif", fax, pillow(fax), 0)

    for name, picture in {"RGB": rgb, "grey": rgb.convert("L"), "one pixel": Image.new("RGB", (1, 1), (10, 200, 30)),
                          "odd sides": Image.fromarray(smooth(15, 33))}.items():
        data = encode(picture, "WEBP", lossless=True)
        add(f"{name} lossless.webp", data, pillow(data), 0)
        lossy = encode(picture, "WEBP", quality=95)
        add(f"{name}.webp", lossy, pillow(lossy), WEBP_TOLERANCE)
    for lossless in (True, False):
        data = encode(rgba, "WEBP", lossless=lossless, exact=True, quality=95)
        add(f"RGBA {'lossless' if lossless else 'lossy'}.webp", data, on_white(data), 1 if lossless else WEBP_TOLERANCE)
    for tag in (3, 6):
        exif = Image.Exif()
        exif[0x0112] = tag
        tagged = encode(Image.fromarray(smooth(16, 32)), "WEBP", lossless=True, exif=exif)
        add(f"orientation {tag}.webp", tagged, pillow(tagged), 0)
    film = encode(rgb, "WEBP", save_all=True, append_images=[rgb.rotate(90)], lossless=True)
    add("animated.webp", film, pillow(film), 0)
    return {"versions": VERSIONS, "cases": cases}


if __name__ == "__main__":
    for file, content in {"resize.json": resize_cases(), "decode.json": decode_cases()}.items():
        with open(file, "w") as out:
            json.dump(content, out, indent=1)
            out.write("\n")
