"""Writes formats.zip: small files of every format, depth, colour, compression and encoder setting, whole and cut, and
what Pillow makes of them.

Run: python formats.py (in this folder). In the archive, cases.json has for each file its name, its bytes in files.bin
and the expected RGB bytes in pixels.bin (where they begin, and how many), or none if it must be refused, and how far a
sample may be from them; "lossy" stands for what a reader of lossy WebP in Java is allowed. Where Pillow does not read a
file that is whole (TIFF of odd depths), the expected bytes follow from the samples: their upper eight bits, or, of fewer
than eight, their fraction of the largest. Files whose names begin with "lenient: " lack only what has to follow pixels.
"""

import ctypes
import glob
import io
import itertools
import json
import os
import struct
import zipfile
import zlib

import numpy as np
import PIL
from PIL import Image, ImageOps, features

VERSIONS = {"pillow": PIL.__version__, "numpy": np.__version__, "libwebp": features.version("webp"), "seed": "0"}
HEIGHT, WIDTH = 15, 21
rng = np.random.default_rng(0)
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
RGB = np.stack([x * 12, y * 17, (x + y) * 6 + 20], 2).astype(np.uint8)
RGB[4:9, 6:12] = (250, 30, 90)
RGB[10:, 14:] = rng.integers(0, 256, (5, 7, 3), np.uint8)
GREY = RGB[:, :, 1] // 2 + RGB[:, :, 0] // 2
ALPHA = np.clip(255 - x * 13, 0, 255).astype(np.uint8)
FINE = RGB.astype(np.uint16) * 256 + np.roll(RGB, 3, 1)  # 16 bits, of which the lower eight are not the upper ones
FINE_GREY = FINE[:, :, 1]
cases, files, pixels = [], {}, {}


def on_white(rgb, alpha):
    a = alpha.astype(int)[:, :, None]
    return ((rgb.astype(int) * a + 255 * (255 - a) + 127) // 255).astype(np.uint8)


def rng_of(seed):
    return np.random.default_rng(seed)


def pillow(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
        return np.asarray(Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB"))
    return np.asarray(image.convert("RGB"))


def add(name, data, expected="pillow", tolerance=0):
    """expected: pixels, 'pillow' or None if the file must be refused."""
    assert name not in files, name
    files[name] = data
    case = {"file": name}
    if expected is not None:
        rgb = pillow(data) if isinstance(expected, str) else expected
        if rgb.ndim == 2:
            rgb = np.repeat(rgb[:, :, None], 3, 2)
        raw = np.ascontiguousarray(rgb, np.uint8).tobytes()
        key = f"{zlib.crc32(raw):08x}.rgb"
        pixels[key] = raw
        case.update(rgb=key, height=rgb.shape[0], width=rgb.shape[1], tolerance=tolerance)
    cases.append(case)


def save(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pack(rows, bits, order=">"):
    """Rows of samples, packed from the highest bit on, each row to whole bytes."""
    out = b""
    for row in rows:
        row = np.asarray(row, np.int64).reshape(-1)
        if bits == 16:
            out += row.astype(order + "u2").tobytes()
        else:
            digits = (row[:, None] >> np.arange(bits - 1, -1, -1)) & 1
            out += np.packbits(digits.astype(np.uint8).reshape(-1)).tobytes()
    return out


def eight(samples, bits):
    samples = samples.astype(np.int64)
    return (samples >> bits - 8 if bits >= 8 else samples * 255 // ((1 << bits) - 1)).astype(np.uint8)


# ---- PNG


def chunk(kind, content, crc=None):
    return (struct.pack(">I", len(content)) + kind + content
            + struct.pack(">I", zlib.crc32(kind + content) if crc is None else crc))


def filtered(rows, kind, step):
    before, out = bytes(len(rows[0])), b""
    for row in rows:
        line = bytearray()
        for i, value in enumerate(row):
            a, b = row[i - step] if i >= step else 0, before[i]
            c = before[i - step] if i >= step else 0
            p = a + b - c
            paeth = a if abs(p - a) <= abs(p - b) and abs(p - a) <= abs(p - c) else b if abs(p - b) <= abs(p - c) else c
            line.append(value - (0, a, b, (a + b) // 2, paeth)[kind] & 255)
        out += bytes([kind]) + bytes(line)
        before = row
    return out


PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, bits, colour, interlaced=0, kind=0, chunks=b"", level=6, idat=None, end=True):
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    raw = b""
    for left, top, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[top::dy, left::dx]
        if part.size:
            raw += filtered([pack([row], bits) for row in part], kind, max(1, channels * bits // 8))
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], bits, colour, 0, 0, interlaced)
    data = zlib.compress(raw, level)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunks + (idat(data) if idat else chunk(b"IDAT", data))
            + (chunk(b"IEND", b"") if end else b""))


def pngs():
    palette = bytes(rng.integers(0, 256, 768, np.uint8))
    for bits, interlaced in itertools.product((1, 2, 4, 8, 16), (0, 1)):
        tag = f"{bits}{' interlaced' if interlaced else ''}.png"
        grey = FINE_GREY >> 16 - bits
        add(f"grey {tag}", png(grey, bits, 0, interlaced), eight(grey, bits))
        key = int(grey[0, 0])
        clear = np.where(grey == key, 255, eight(grey, bits))
        add(f"grey, one clear {tag}", png(grey, bits, 0, interlaced, chunks=chunk(b"tRNS", struct.pack(">H", key))),
            clear)
        if bits <= 8:
            colours = chunk(b"PLTE", palette[:3 << bits])
            add(f"palette {tag}", png(grey, bits, 3, interlaced, chunks=colours))
            alphas = chunk(b"tRNS", b"\0\x80")
            add(f"palette, clear {tag}", png(grey, bits, 3, interlaced, chunks=colours + alphas), tolerance=1)
            add(f"palette, clear before {tag}", png(grey, bits, 3, interlaced, chunks=alphas + colours), tolerance=1)
        if bits >= 8:
            wide = FINE >> 16 - bits
            alpha = ALPHA.astype(np.uint16) * (257 if bits == 16 else 1)
            add(f"RGB {tag}", png(wide, bits, 2, interlaced), RGB)
            add(f"grey alpha {tag}", png(np.dstack([grey, alpha]), bits, 4, interlaced),
                on_white(np.repeat(eight(grey, bits)[:, :, None], 3, 2), ALPHA), 1)
            add(f"RGBA {tag}", png(np.dstack([wide, alpha]), bits, 6, interlaced), on_white(RGB, ALPHA), 1)
    for kind, level in itertools.product(range(5), (0, 1, 9)):
        add(f"filter {kind} level {level}.png", png(RGB, 8, 2, kind=kind, level=level), RGB)
    key = [int(v) for v in RGB[0, 0]]
    add("clear colour of too many bits.png",
        png(RGB, 8, 2, chunks=chunk(b"tRNS", struct.pack(">HHH", *(v + 256 for v in key)))),
        np.where((RGB == key).all(2)[:, :, None], 255, RGB))
    split = lambda n: lambda z: b"".join(chunk(b"IDAT", z[i:i + n]) for i in range(0, len(z), n))
    add("IDAT of 7 bytes.png", png(RGB, 8, 2, idat=split(7)), RGB)
    add("IDAT empty.png", png(RGB, 8, 2, idat=lambda z: chunk(b"IDAT", b"") + split(99)(z)), RGB)
    for kind, content in [(b"tEXt", b"a\0b"), (b"gAMA", b"\0\0\xb1\x8f"), (b"tIME", b"\7\xe0\1\1\1\1\1"),
                          (b"iCCP", b"x\0\0junk")]:
        add(f"wrong checksum of {kind.decode()}.png", png(RGB, 8, 2, chunks=chunk(kind, content, 1)), RGB)
    whole = png(RGB, 8, 2)
    add("wrong checksum of IEND.png", whole[:-4] + bytes(4), RGB)
    add("text without its end behind the pixels.png", whole[:-12] + chunk(b"tEXt", b"a\0b", 1) + whole[-12:], RGB)
    add("lenient: no IEND.png", whole[:-12], RGB)
    add("lenient: half of IEND.png", whole[:-5], RGB)
    add("lenient: cut in a text behind the pixels.png", whole[:-12] + chunk(b"tEXt", b"a" * 40)[:20], RGB)
    for name, cut in {"half": lambda z: z[:len(z) // 2], "without the last 8 bytes": lambda z: z[:-8],
                      "nothing": lambda z: b"", "a row short": None}.items():
        for interlaced in (0, 1):
            tag = f"cut: {name}{' interlaced' if interlaced else ''}.png"
            if cut is None:
                short = zlib.compress(zlib.decompress(png(RGB, 8, 2, interlaced, idat=lambda z: z)[33:-12])[:-40])
                data = png(RGB, 8, 2, interlaced, idat=lambda z: chunk(b"IDAT", short))
            else:
                data = png(RGB, 8, 2, interlaced, idat=lambda z: chunk(b"IDAT", cut(z)))
            add(tag, data, None)
    add("no palette.png", png(GREY, 8, 3), None)
    add("CgBI.png", whole[:8] + chunk(b"CgBI", b"\x50\0\x20\2") + whole[8:], None)
    add("wrong checksum of IDAT.png", png(RGB, 8, 2, idat=lambda z: chunk(b"IDAT", z, 1)), None)


# ---- GIF


def gif_codes(indices, bits, codes=None, stop=True):
    """LZW as encoders write it; of the codes, only so many."""
    clear, size, table, text, written = 1 << bits, bits + 1, {}, (), []
    written.append((clear, size))
    following = clear + 2
    table = {(i,): i for i in range(clear)}
    for value in indices:
        longer = text + (int(value),)
        if longer in table:
            text = longer
            continue
        written.append((table[text], size))
        if following < 4096:
            table[longer] = following
            following += 1
            if following > 1 << size and size < 12:
                size += 1
        else:
            written.append((clear, size))
            table, following, size = {(i,): i for i in range(clear)}, clear + 2, bits + 1
        text = (int(value),)
    written.append((table[text], size))
    if codes is not None:
        written = written[:codes]
    if stop:
        written.append((clear + 1, size))
    number = length = 0
    for code, width in written:
        number |= code << length
        length += width
    return number.to_bytes((length + 7) // 8, "little")


def blocks(data):
    return b"".join(bytes([len(data[i:i + 255])]) + data[i:i + 255] for i in range(0, len(data), 255)) + b"\0"


def gif(indices, bits, screen=None, offset=(0, 0), local=False, interlaced=False, clear=None, codes=None, stop=True,
        before=b"", end=b";", table=True, background=0):
    height, width = indices.shape
    screen = screen or (height, width)
    palette = bytes(np.random.default_rng(bits).integers(0, 256, 3 << bits, np.uint8))
    flags = 0x80 | bits - 1
    out = b"GIF89a" + struct.pack("<HHBBB", screen[1], screen[0], 0 if local or not table else flags, background, 0)
    out += b"" if local or not table else palette
    if clear is not None:
        out += b"!\xf9\4\1\0\0" + bytes([clear]) + b"\0"
    order = [r for a, s in ((0, 8), (4, 8), (2, 4), (1, 2)) for r in range(a, height, s)] if interlaced else range(height)
    out += before + b"," + struct.pack("<HHHHB", offset[1], offset[0], width, height,
                                       (flags if local else 0) | (0x40 if interlaced else 0))
    coded = gif_codes(indices[list(order)].reshape(-1), max(2, bits), codes, stop)
    return out + (palette if local else b"") + bytes([max(2, bits)]) + blocks(coded) + end


def gifs():
    for bits in range(1, 9):
        indices = (GREY >> 8 - bits).astype(int)
        add(f"{bits} bits.gif", gif(indices, bits))
        add(f"{bits} bits interlaced.gif", gif(indices, bits, interlaced=True))
        add(f"{bits} bits, own palette, clear.gif", gif(indices, bits, local=True, clear=1))
        half = len(gif_codes(indices.reshape(-1), max(2, bits))) * 8 // 2 // (bits + 2)
        for tag, options in {"": {}, " interlaced": {"interlaced": True}, " without end code": {"stop": False}}.items():
            add(f"cut: {bits} bits{tag}.gif", gif(indices, bits, codes=half, **options), None)
    noise = np.random.default_rng(1).integers(0, 256, (90, 80))
    add("full table.gif", gif(noise, 8))
    indices = (GREY >> 4).astype(int)
    for tag, options in {"on a larger screen": {"screen": (20, 30), "offset": (3, 4)},
                         "on a larger screen, clear": {"screen": (20, 30), "offset": (3, 4), "clear": 2},
                         "on a larger screen, background": {"screen": (20, 30), "offset": (3, 4), "background": 9},
                         "beyond its screen": {"screen": (10, 10)}, "beside its screen": {"offset": (3, 4)},
                         "screen of nothing": {"screen": (0, 0)}, "without palette": {"table": False},
                         "zeros before": {"before": b"\0\0"}, "zero behind": {"end": b"\0;"},
                         "stray block behind": {"end": b"\x55\1\2;"}, "comment": {"before": b"!\xfe\2hi\0"},
                         "unknown extension": {"before": b"!\x99\3abc\0"}, "without end code": {"stop": False},
                         "bytes behind": {"end": b";xyz"}}.items():
        add(f"{tag}.gif", gif(indices, 4, **options))
    add("lenient: no end marker.gif", gif(indices, 4, end=b""))
    film = [Image.fromarray(RGB).rotate(a).quantize(16) for a in (0, 90, 180)]
    moving = save(film[0], "GIF", save_all=True, append_images=film[1:])
    add("animated.gif", moving)
    add("lenient: cut in its last frame.gif", moving[:-30])
    whole = gif(indices, 4)
    add("cut: no blocks.gif", whole[:13 + 48 + 11] + b"\0;", None)
    add("zeros in the middle.gif", whole[:-60] + bytes(40) + whole[-20:], None)
    add("code size 13.gif", whole[:13 + 48 + 10] + b"\r" + whole[13 + 48 + 11:], None)


# ---- BMP


def bmp_rows(samples, bits, up=True):
    rows = [pack([row], bits) for row in samples]
    rows = [row + bytes(-len(row) % 4) for row in rows]
    return b"".join(reversed(rows) if up else rows)


def bmp(data, bits, header=40, kind=0, masks=(), palette=b"", height=HEIGHT, length=None, gap=b""):
    if header == 12:
        info = struct.pack("<IHHHH", 12, WIDTH, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, WIDTH, height, 1, bits, kind, len(data), 0, 0, len(palette) // 4, 0)
        if header >= 52:
            info += struct.pack("<4I", *(tuple(masks) + (0,) * 4)[:4])[:min(16, header - 40)]
        info += bytes(header - len(info))
    between = struct.pack(f"<{len(masks)}I", *masks) if header == 40 and masks else b""
    start = 14 + len(info) + len(between) + len(palette) + len(gap)
    size = start + len(data) if length is None else length
    return b"BM" + struct.pack("<IHHI", size & 0xffffffff, 0, 0, start) + info + between + palette + gap + data


def masked(masks, bits):
    """Numbers of 16 or 32 bits, and the colours that are in them."""
    number, shown = np.zeros((HEIGHT, WIDTH), np.int64), []
    for mask, channel in zip(masks, [FINE[:, :, 0], FINE[:, :, 1], FINE[:, :, 2], ALPHA.astype(np.uint16) * 257]):
        low = (mask & -mask).bit_length() - 1
        width = mask.bit_length() - low
        samples = channel.astype(np.int64) >> 16 - width
        number |= samples << low
        shown.append(eight(samples, width))
    rows = [row.astype("<u2" if bits == 16 else "<u4").tobytes() for row in number]
    rows = [row + bytes(-len(row) % 4) for row in rows]
    rgb = np.dstack(shown[:3])
    return b"".join(reversed(rows)), rgb if len(masks) == 3 else on_white(rgb, shown[3])


def runs(indices, bits, end=True):
    out = b""
    for row in indices[::-1]:
        at = 0
        while at < len(row):
            if at % 3 == 0 and at + 5 <= len(row):  # five one by one
                few = [int(v) for v in row[at:at + 5]]
                part = bytes(few) if bits == 8 else bytes([few[0] << 4 | few[1], few[2] << 4 | few[3], few[4] << 4])
                out += b"\0\5" + part + bytes(len(part) % 2)
                at += 5
            else:
                count = 1
                while at + count < len(row) and row[at + count] == row[at]:
                    count += 1
                out += bytes([count, int(row[at]) * (1 if bits == 8 else 17)])
                at += count
        out += b"\0\0"
    return out[:-2] + b"\0\1" if end else out[:-2]


def bmps():
    for bits, header in itertools.product((1, 2, 4, 8), (12, 40, 52, 56, 64, 108, 124)):
        colours = np.random.default_rng(bits).integers(0, 256, (1 << bits, 4), np.uint8)
        palette = colours[:, :3 if header == 12 else 4].tobytes()
        indices = GREY >> 8 - bits
        expected = colours[indices][:, :, 2::-1]
        add(f"{bits} bits header {header}.bmp", bmp(bmp_rows(indices, bits), bits, header, palette=palette), expected)
        if header == 40:
            add(f"{bits} bits from the top.bmp",
                bmp(bmp_rows(indices, bits, False), bits, palette=palette, height=-HEIGHT), expected)
        if bits in (4, 8) and header != 12:
            data = runs(indices, bits)
            add(f"{bits} bits runs header {header}.bmp", bmp(data, bits, header, 1 if bits == 8 else 2, palette=palette),
                expected)
        if bits in (4, 8) and header == 40:
            kind = 1 if bits == 8 else 2
            add(f"{bits} bits runs without end.bmp", bmp(runs(indices, bits, False), bits, 40, kind, palette=palette),
                expected)
            for part in (0.1, 0.5, 0.95):
                add(f"cut: {bits} bits runs {part}.bmp",
                    bmp(data[:int(len(data) * part)], bits, 40, kind, palette=palette), None)
    bgr = bmp_rows(RGB[:, :, ::-1], 8)
    bgrx = np.dstack([RGB[:, :, ::-1], ALPHA])[::-1].tobytes()
    for header in (12, 40, 52, 56, 64, 108, 124):
        add(f"24 bits header {header}.bmp", bmp(bgr, 24, header), RGB)
        if header != 12:
            add(f"32 bits header {header}.bmp", bmp(bgrx, 32, header), RGB)
            five, shown = masked((0x7C00, 0x3E0, 0x1F), 16)
            add(f"16 bits header {header}.bmp", bmp(five, 16, header), shown)
    for masks, bits in [((0xF800, 0x7E0, 0x1F), 16), ((0x7C00, 0x3E0, 0x1F), 16), ((0x1F, 0x7E0, 0xF800), 16),
                        ((0xF00, 0xF0, 0xF), 16), ((0xE0, 0x1C, 0x3), 16), ((0x3FF00000, 0xFFC00, 0x3FF), 32),
                        ((0xFF0000, 0xFF00, 0xFF), 32), ((0xFF, 0xFF00, 0xFF0000), 32),
                        ((0xFF000000, 0xFF0000, 0xFF00), 32), ((0x7F00, 0xFF, 0x3F0000), 32)]:
        data, shown = masked(masks, bits)
        name = "-".join(f"{m:x}" for m in masks)
        for header in (40, 52, 56, 108, 124):
            add(f"masks {name} header {header}.bmp", bmp(data, bits, header, 3, masks), shown)
    for masks, bits in [((0x7C00, 0x3E0, 0x1F, 0x8000), 16), ((0xF00, 0xF0, 0xF, 0xF000), 16),
                        ((0xFF0000, 0xFF00, 0xFF, 0xFF000000), 32), ((0xFF000000, 0xFF0000, 0xFF00, 0xFF), 32)]:
        data, shown = masked(masks, bits)
        name = "-".join(f"{m:x}" for m in masks)
        for header in (56, 108, 124):
            # Pillow looks at no alpha of 16 bits, and does not read four of them for each colour
            expected = "pillow" if bits == 32 or masks[3] == 0x8000 else shown
            add(f"masks {name} header {header}.bmp", bmp(data, bits, header, 3, masks), expected, 1)
    data, _ = masked((0xFF0000, 0xFF00, 0xFF), 32)
    add("masks of nothing.bmp", bmp(data, 32, 40, 3, (0, 0, 0)), None)
    for length in (0, 1, 54, 100, 1 << 30, -1):
        add(f"24 bits, file length {length}.bmp", bmp(bgr, 24, length=length), RGB)
        add(f"32 bits, file length {length}.bmp", bmp(bgrx, 32, length=length), RGB)
    add("24 bits without the last padding.bmp", bmp(bgr[:-(-WIDTH * 3 % 4)], 24), RGB)
    add("24 bits, gap.bmp", bmp(bgr, 24, gap=b"gap!" * 3), RGB)
    add("cut: 24 bits.bmp", bmp(bgr[:-5], 24), None)
    for bits in (1, 4, 8, 24):
        palette = bytes(rng_of(bits).integers(0, 256, 4 << bits, np.uint8)) if bits < 24 else b""
        rows = bmp_rows(GREY >> 8 - bits, bits) if bits < 24 else bgr
        for used in (palette, palette[:4 * ((1 << bits) - 1)]) if bits == 8 else (palette,):
            data = bmp(rows if used == palette else bmp_rows(GREY // 2, 8), bits, palette=used)
            name = f"{bits} bits, {len(used) // 4} colours"
            add(f"{name}, place of pixels left out.bmp", data[:10] + bytes(4) + data[14:])
            add(f"{name}, pixels within the header.bmp", data[:10] + b"\2\0\0\0" + data[14:], None)
    for bits in (4, 8):
        colours = rng_of(bits).integers(0, 256, (1 << bits, 4), np.uint8)
        data, kind = runs(GREY >> 8 - bits, bits), 1 if bits == 8 else 2
        for start, stop in ((0.1, 0.2), (0.3, 0.6), (0.5, 1), (0.9, 1)):
            start, stop = int(len(data) * start), int(len(data) * stop)
            zeroed = data[:start] + bytes(stop - start) + data[stop:]
            add(f"zeros from {start} in runs of {bits} bits.bmp",
                bmp(zeroed, bits, 40, kind, palette=colours.tobytes()), None)
        short = np.zeros((HEIGHT, WIDTH), np.uint8)
        short[-1, :5] = 9
        for end in (b"\0\0" * HEIGHT + b"\0\1", b"\0\0" * (HEIGHT - 1) + b"\0\1", b"\0\1"):
            add(f"{bits} bits, rows of runs passed over by {len(end)} bytes.bmp",
                bmp(bytes([5, 9 if bits == 8 else 0x99]) + end, bits, 40, kind, palette=colours.tobytes()),
                colours[short][:, :, 2::-1])
    add("BMP of a JPEG.bmp", bmp(save(Image.fromarray(RGB), "JPEG"), 24, kind=4), None)
    add("Huffman codes of OS2.bmp", bmp(bmp_rows(GREY >> 7, 1), 1, 64, 3, palette=bytes(8)), None)


# ---- TIFF


def pack_bits(data):
    out, at = b"", 0
    while at < len(data):
        run = 1
        while at + run < len(data) and data[at + run] == data[at] and run < 128:
            run += 1
        if run > 2:
            out += bytes([257 - run, data[at]])
            at += run
        else:
            few = data[at:at + 3]
            out += bytes([len(few) - 1]) + few
            at += len(few)
    return out


def tiff_lzw(data, codes=None):
    size, written, table, text, following = 9, [(256, 9)], {bytes([i]): i for i in range(256)}, b"", 258
    for value in data:
        longer = text + bytes([value])
        if longer in table:
            text = longer
            continue
        written.append((table[text], size))
        table[longer] = following
        following += 1
        size = 9 if following < 512 else 10 if following < 1024 else 11 if following < 2048 else 12
        if following == 4094:
            written.append((256, size))
            table, following, size = {bytes([i]): i for i in range(256)}, 258, 9
        text = bytes([value])
    written.append((table[text], size))
    following += 1
    size = 9 if following < 512 else 10 if following < 1024 else 11 if following < 2048 else 12
    written.append((257, size))
    number = length = 0
    for code, width in written if codes is None else written[:codes]:
        number = number << width | code
        length += width
    return (number << -length % 8).to_bytes((length + 7) // 8, "big")


CODECS = {"none": (1, bytes), "PackBits": (32773, pack_bits), "LZW": (5, tiff_lzw), "Deflate": (8, zlib.compress)}


def tiff(samples, bits, photometric, codec="none", order="<", rows=None, tile=None, planar=False, predictor=1,
         extra=None, palette=None, cut=None, counts=True, tags=()):
    """samples: (H, W) or (H, W, S); cut: what is left of the last strip's bytes, 0 to 1."""
    cube = samples[:, :, None] if samples.ndim == 2 else samples
    height, width, bands = cube.shape
    number, encode = CODECS[codec]
    pieces = []
    for plane in [cube[:, :, [s]] for s in range(bands)] if planar else [cube]:
        plane = plane.astype(np.int64)
        if tile:
            plane = np.pad(plane, ((0, -height % tile), (0, -width % tile), (0, 0)))
        step = tile or rows or height
        for top in range(0, plane.shape[0], step):
            for left in range(0, plane.shape[1], tile or plane.shape[1]):
                part = plane[top:top + step, left:left + (tile or width)].copy()
                if predictor == 2:
                    part[:, 1:] = (part[:, 1:] - part[:, :-1]) % (1 << bits)
                pieces.append(encode(pack(part.reshape(part.shape[0], -1), bits, order)))
    if cut is not None:
        pieces[-1] = pieces[-1][:int(len(pieces[-1]) * cut)]
    entries = {258: (3, [bits] * bands), 259: (3, [number]), 262: (3, [photometric]), 277: (3, [bands]),
               284: (3, [2 if planar else 1])}
    entries.update({322: (3, [tile]), 323: (3, [tile])} if tile else {278: (3, [rows or height])})
    if predictor != 1:
        entries[317] = (3, [predictor])
    if extra is not None:
        entries[338] = (3, [extra])
    if palette is not None:
        entries[320] = (3, palette)
    return written(pieces, height, width, {**entries, **dict(tags)}, order, bool(tile), counts)


def written(pieces, height, width, entries, order="<", tiled=False, counts=True):
    """Numbers of kind 3 are of two bytes, of kind 4 of four, of kind 5 fractions of one."""
    offsets, data = [], b""
    for piece in pieces:
        offsets.append(8 + len(data))
        data += piece + bytes(len(piece) % 2)
    entries = {256: (3, [width]), 257: (3, [height]), (324 if tiled else 273): (4, offsets), **entries}
    if counts:
        entries[325 if tiled else 279] = (4, [len(piece) for piece in pieces])
    directory = 8 + len(data)
    beyond = directory + 2 + 12 * len(entries) + 4
    out, values = struct.pack(order + "H", len(entries)), b""
    for tag in sorted(entries):
        kind, numbers = entries[tag]
        packed = b"".join(struct.pack(order + {3: "H", 4: "I", 5: "II"}[kind], *([n, 1] if kind == 5 else [n]))
                          for n in numbers)
        out += struct.pack(order + "HHI", tag, kind, len(numbers))
        if len(packed) <= 4:
            out += packed.ljust(4, b"\0")
        else:
            out += struct.pack(order + "I", beyond + len(values))
            values += packed
    return (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", directory) + data + out + bytes(4) + values


def shorter_strip(data, part):
    """The length of the only strip made smaller."""
    directory = struct.unpack("<I", data[4:8])[0]
    for at in range(directory + 2, directory + 2 + 12 * struct.unpack("<H", data[directory:directory + 2])[0], 12):
        tag, kind, _, length = struct.unpack("<HHII", data[at:at + 12])
        if tag == 279:
            return data[:at + 8] + struct.pack("<I", int(length * part)) + data[at + 12:]
    raise ValueError("no lengths")


def chroma_tiff(across, down, codec, rows=None, tile=None, cut=None, tags=None):
    """YCbCr of which each pair of chroma stands for several pixels; and its colours."""
    rows = rows or HEIGHT
    rows += -rows % down if rows < HEIGHT else 0
    ycc = np.asarray(Image.fromarray(RGB).convert("YCbCr"))
    whole = np.pad(ycc, ((0, 64), (0, 64), (0, 0)), "edge")
    shown, pieces = whole.copy(), []
    for top in range(0, HEIGHT, tile or rows):
        for left in range(0, WIDTH, tile or WIDTH):
            data = b""
            for y in range(top, top + (tile or min(rows, HEIGHT - top)), down):
                for x in range(left, left + (tile or WIDTH), across):
                    unit = whole[y:y + down, x:x + across]
                    chroma = unit[0, 0, 1:]
                    shown[y:y + down, x:x + across, 1:] = chroma
                    data += unit[:, :, 0].tobytes() + chroma.tobytes()
            pieces.append(CODECS[codec][1](data))
    if cut is not None:
        pieces[-1] = pieces[-1][:int(len(pieces[-1]) * cut)]
    place = {322: (3, [tile]), 323: (3, [tile])} if tile else {278: (3, [rows])}
    data = written(pieces, HEIGHT, WIDTH, {258: (3, [8] * 3), 259: (3, [CODECS[codec][0]]), 262: (3, [6]), 277: (3, [3]),
                            530: (3, [across, down]), **place, **(tags or {})}, tiled=bool(tile))
    return data, np.asarray(Image.fromarray(shown[:HEIGHT, :WIDTH], "YCbCr").convert("RGB"))


def tiffs():
    layouts = {"": {}, " strips": {"rows": 4}, " tiles": {"tile": 16}}
    for bits in range(1, 17):
        grey, wide = FINE_GREY >> 16 - bits, FINE >> 16 - bits
        for i, (codec, (tag, layout)) in enumerate(itertools.product(CODECS, layouts.items())):
            order = "<>"[(i + bits) % 2]
            name = f"{codec}{tag} {bits} bits.tif"
            add(f"grey {name}", tiff(grey, bits, 1, codec, order, **layout), eight(grey, bits))
            if (i + bits) % 3 == 0:
                add(f"negative {name}", tiff(grey, bits, 0, codec, order, **layout), 255 - eight(grey, bits))
            add(f"RGB {name}", tiff(wide, bits, 2, codec, order, planar=i % 2 == 1, **layout), eight(wide, bits))
            if bits <= 8 and i % 2 == bits % 2:
                palette = np.random.default_rng(bits).integers(0, 65536, (3, 1 << bits))
                add(f"palette {name}", tiff(grey, bits, 3, codec, order, palette=palette.reshape(-1).tolist(), **layout),
                    (palette[:, grey] >> 8).transpose(1, 2, 0).astype(np.uint8))
        if bits in (8, 16):
            alpha = ALPHA.astype(np.uint16) * (1 if bits == 8 else 257)
            rgba = np.dstack([wide, alpha])
            for codec in CODECS:
                name = f"{codec} {bits} bits.tif"
                add(f"RGBA {name}", tiff(rgba, bits, 2, codec, extra=2), on_white(RGB, ALPHA), 1)
                add(f"RGBA not named {name}", tiff(rgba, bits, 2, codec), on_white(RGB, ALPHA), 1)
                add(f"RGBX {name}", tiff(rgba, bits, 2, codec, extra=0), RGB)
                add(f"grey alpha {name}", tiff(np.dstack([grey, alpha]), bits, 1, codec, extra=2),
                    on_white(np.repeat(eight(grey, bits)[:, :, None], 3, 2), ALPHA), 1)
                soft = (wide.astype(np.int64) * alpha[:, :, None] // ((1 << bits) - 1)).astype(np.uint16)
                add(f"RGB times alpha {name}", tiff(np.dstack([soft, alpha]), bits, 2, codec, extra=1),
                    on_white(RGB, ALPHA), 2)
            for codec, (tag, layout), order in itertools.product(("LZW", "Deflate"), layouts.items(), "<>"):
                name = f"differences {codec}{tag} {bits} bits {'II' if order == '<' else 'MM'}.tif"
                add(f"grey {name}", tiff(grey, bits, 1, codec, order, predictor=2, **layout), eight(grey, bits))
                add(f"RGB {name}", tiff(wide, bits, 2, codec, order, predictor=2, **layout), RGB)
    for codec, (tag, layout), part in itertools.product(CODECS, layouts.items(), (0.1, 0.5, 0.9)):
        add(f"cut: {codec}{tag} {part}.tif", tiff(RGB, 8, 2, codec, cut=part, **layout), None)
    for codec in CODECS:
        add(f"without lengths {codec}.tif", tiff(RGB, 8, 2, codec, counts=False), RGB)
    add("bits from the right.tif", tiff(np.packbits((GREY >> 7).astype(np.uint8), axis=1, bitorder="little"), 8, 1,
                                        tags={256: (3, [WIDTH]), 258: (3, [1]), 266: (3, [2])}.items()),
        (GREY >> 7) * 255)
    rgb = Image.fromarray(RGB)
    big = Image.fromarray(np.tile(RGB, (3, 3, 1)))
    for mode, quality in itertools.product(("RGB", "L", "YCbCr"), (30, 75, 95)):
        for rows in (None, 16):
            options = {"tiffinfo": {278: rows}} if rows else {}
            data = save(big.convert(mode), "TIFF", compression="jpeg", quality=quality, **options)
            add(f"JPEG {mode} {quality} {rows or 'whole'}.tif", data, tolerance=3)
            start = data.rindex(b"\xff\xda") + 40
            add(f"cut: JPEG {mode} {quality} {rows or 'whole'}.tif",
                data[:start] + b"\xff\xd9" + bytes(58) + data[start + 60:], None)
    one = Image.fromarray(RGB[:, :, 1]).convert("1")
    for compression in ("tiff_ccitt", "group3", "group4"):
        whole = save(one, "TIFF", compression=compression)
        add(f"fax {compression}.tif", whole)
        for part in (0.1, 0.3, 0.5, 0.7, 0.9):
            add(f"cut: fax {compression} {part}.tif", shorter_strip(whole, part), None)
    add("YCbCr.tif", save(rgb.convert("YCbCr"), "TIFF"), tolerance=1)
    for across, down in ((1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (4, 2)):
        for i, (codec, (tag, layout)) in enumerate(itertools.product(CODECS, layouts.items())):
            name = f"YCbCr {across} by {down} {codec}{tag}.tif"
            data, expected = chroma_tiff(across, down, codec, **layout)
            add(name, data, expected, 1)
            if codec != "none":
                add(f"{name[:-4]} by Pillow.tif", data, tolerance=1)
            add(f"cut: {name}", chroma_tiff(across, down, codec, cut=0.5, **layout)[0], None)
    add("YCbCr of studio range.tif", chroma_tiff(2, 2, "LZW", tags={532: (5, [16, 235, 128, 240, 128, 240])})[0],
        tolerance=3)
    for codec in ("none", "PackBits"):
        add(f"YCbCr, predictor without a meaning {codec}.tif", chroma_tiff(1, 1, codec, tags={317: (3, [2])})[0],
            chroma_tiff(1, 1, codec)[1], 1)
    five = np.dstack([RGB, ALPHA, RGB[:, :, 0]])
    for planar, kinds in itertools.product((False, True), ((0, 0), (1, 0), (2, 0))):
        soft = (RGB.astype(int) * ALPHA[:, :, None] // 255).astype(np.uint8)
        samples = np.dstack([soft, ALPHA, ALPHA]) if kinds[0] == 1 else five
        add(f"two more samples {kinds[0]}{' planes' if planar else ''}.tif",
            tiff(samples, 8, 2, planar=planar, tags={338: (3, list(kinds))}.items()),
            on_white(RGB, ALPHA) if kinds[0] else RGB, 2)
    for kind in ("zstd", "lzma"):
        add(f"compressed by {kind}.tif", save(rgb, "TIFF", compression=kind), None)
    add("inks.tif", save(rgb.convert("CMYK"), "TIFF"), None)
    add("floating point.tif", save(Image.fromarray(GREY.astype(np.float32)), "TIFF"), None)
    add("signed.tif", tiff(GREY, 8, 1, tags={339: (3, [2])}.items()), None)


# ---- JPEG


def jpegs():
    big = Image.fromarray(np.tile(RGB, (2, 2, 1)))
    for quality, sampling, progressive in itertools.product((10, 75, 95), ("4:4:4", "4:2:2", "4:2:0", "4:1:1"),
                                                            (False, True)):
        name = f"{quality} {sampling.replace(':', '')}{' progressive' if progressive else ''}.jpg"
        data = save(big, "JPEG", quality=quality, subsampling=sampling, progressive=progressive)
        add(f"JPEG {name}", data, tolerance=3)
        if progressive:
            scans = [i for i in range(len(data)) if data[i:i + 2] == b"\xff\xda"]
            for count in (1, len(scans) - 1):
                add(f"cut: {count} scans {name}", data[:scans[count]] + b"\xff\xd9", None)
        else:
            at = data.index(b"\xff\xda") + 60
            add(f"cut: {name}", data[:at] + b"\xff\xd9", None)
    for name, options in {"": {}, " optimised": {"optimize": True}}.items():
        data = save(big, "JPEG", quality=90, progressive=True, **options)
        starts = [i for i in range(len(data)) if data[i:i + 2] == b"\xff\xda"]
        for i, start in enumerate(starts):
            stop = min(k for k in range(start + 2, len(data)) if data[k] == 0xff and data[k + 1] not in (0, 0xff))
            add(f"cut: without scan {i}{name}.jpg", data[:start] + data[stop:], None)
    data = save(big, "JPEG", quality=90, subsampling=0, restart_marker_rows=1)
    at, following = data.index(b"\xff\xd0"), data.index(b"\xff\xd1")
    half = data[:at] + bytes(4) + data[at:at + (following - at) // 2]
    add("cut: extraneous bytes before a restart, then half of a row.jpg", half + data[following:], None)
    add("cut: extraneous bytes before a restart, then the end.jpg", half + b"\xff\xd9", None)
    add("extraneous bytes behind the last scan.jpg", data[:-2] + bytes(9) + data[-2:], pillow(data), 3)
    turned = Image.Exif()
    turned[0x0112] = 6
    none = Image.Exif()
    none[0x010F] = "maker"
    other = Image.Exif()
    other[0x0112] = 1
    plain = save(big, "JPEG", quality=95)
    segment = lambda content: b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
    first = segment(turned.tobytes())
    for name, second in {"without one": segment(none.tobytes()), "of another": segment(other.tobytes()),
                         "of junk": segment(b"Exif\0\0" + b"junk" * 50)}.items():
        add(f"second EXIF {name}.jpg", plain[:2] + first + second + plain[2:], tolerance=3)
    add("first EXIF without one.jpg", plain[:2] + segment(none.tobytes()) + first + plain[2:],
        np.rot90(pillow(plain), -1), 3)
    for length in (0, 1):
        add(f"comment of length {length}.jpg", plain[:2] + b"\xff\xfe\0" + bytes([length]) + plain[2:], tolerance=3)
    add("lenient: no end marker.jpg", plain[:-2], pillow(plain), 3)
    add("frame header too long.jpg", plain.replace(b"\xff\xc0\0\x11", b"\xff\xc0\0\x14", 1), None)


# ---- WebP


def webp_library():
    folder = os.path.join(os.path.dirname(PIL.__file__), "..", "pillow.libs")
    for name in sorted(glob.glob(os.path.join(folder, "libsharpyuv*"))):
        ctypes.CDLL(name, ctypes.RTLD_GLOBAL)
    return ctypes.CDLL(sorted(glob.glob(os.path.join(folder, "libwebp-*")))[0])


class Config(ctypes.Structure):
    _fields_ = [(n, ctypes.c_float if n in ("quality", "target_PSNR") else ctypes.c_int) for n in (
        "lossless quality method image_hint target_size target_PSNR segments sns_strength filter_strength "
        "filter_sharpness filter_type autofilter alpha_compression alpha_filtering alpha_quality pass_ show_compressed "
        "preprocessing partitions partition_limit emulate_jpeg_size thread_level low_memory near_lossless exact "
        "use_delta_palette use_sharp_yuv qmin qmax").split()]


class Picture(ctypes.Structure):
    _fields_ = [("use_argb", ctypes.c_int), ("colorspace", ctypes.c_int), ("width", ctypes.c_int),
                ("height", ctypes.c_int), ("planes", ctypes.c_void_p * 3), ("strides", ctypes.c_int * 2),
                ("a", ctypes.c_void_p), ("a_stride", ctypes.c_int), ("pad1", ctypes.c_uint32 * 2),
                ("argb", ctypes.c_void_p), ("argb_stride", ctypes.c_int), ("pad2", ctypes.c_uint32 * 3),
                ("writer", ctypes.c_void_p), ("custom", ctypes.c_void_p), ("more", ctypes.c_uint8 * 256)]


def webp(rgba, **settings):
    """libwebp's encoder with every setting, which Pillow does not offer."""
    library = webp_library()
    config, picture = Config(), Picture()
    abi = 0x0210
    assert library.WebPConfigInitInternal(ctypes.byref(config), 0, ctypes.c_float(75), abi)
    for key, value in settings.items():
        setattr(config, key, value)
    assert library.WebPValidateConfig(ctypes.byref(config)), settings
    assert library.WebPPictureInitInternal(ctypes.byref(picture), abi)
    picture.height, picture.width = rgba.shape[:2]
    picture.use_argb = config.lossless
    array = np.ascontiguousarray(rgba)
    importer = library.WebPPictureImportRGBA if rgba.shape[2] == 4 else library.WebPPictureImportRGB
    assert importer(ctypes.byref(picture), array.ctypes.data_as(ctypes.c_void_p), array.strides[0])
    out = []
    write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)(
        lambda data, size, _: out.append(ctypes.string_at(data, size)) or 1)
    picture.writer = ctypes.cast(write, ctypes.c_void_p)
    assert library.WebPEncode(ctypes.byref(config), ctypes.byref(picture))
    library.WebPPictureFree(ctypes.byref(picture))
    return b"".join(out)


def shortened(data, kind, left):
    """The chunk's content cut, and both lengths made right."""
    at = data.index(kind)
    length = struct.unpack("<I", data[at + 4:at + 8])[0]
    content = data[at + 8:at + 8 + length][:left(length)]
    body = data[8:at] + kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
    body += data[at + 8 + length + length % 2:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webps():
    big = np.tile(RGB, (3, 3, 1))
    clear = np.dstack([big, np.tile(ALPHA, (3, 3))])
    settings = [dict(method=m, quality=q) for m in range(7) for q in (5, 75, 100)]
    settings += [dict(segments=s, sns_strength=n) for s, n in ((1, 0), (2, 50), (3, 100), (4, 100))]
    settings += [dict(filter_type=t, filter_strength=f, filter_sharpness=h)
                 for t, f, h in ((0, 0, 0), (0, 60, 3), (0, 100, 7), (1, 60, 0), (1, 100, 7))]
    settings += [dict(partitions=p, method=m) for p in range(4) for m in (0, 4)]
    settings += [dict(autofilter=1), dict(pass_=5), dict(preprocessing=1), dict(use_sharp_yuv=1), dict(qmin=50, qmax=60),
                 dict(partition_limit=80), dict(low_memory=1), dict(emulate_jpeg_size=1)]
    for chosen in settings:
        name = " ".join(f"{k.strip('_')} {v}" for k, v in chosen.items())
        add(f"lossy {name}.webp", webp(big, **chosen), tolerance="lossy")
    for method, quality in itertools.product((0, 3, 6), (0, 50, 100)):
        data = webp(big, lossless=1, method=method, quality=quality)
        add(f"lossless method {method} quality {quality}.webp", data)
        data = webp(clear, lossless=1, method=method, quality=quality, exact=1)
        add(f"lossless alpha method {method} quality {quality}.webp", data, tolerance=1)
    add("near lossless.webp", webp(big, lossless=1, near_lossless=40))
    few = np.asarray(Image.fromarray(big).quantize(8).convert("RGB"))
    add("lossless palette.webp", webp(few, lossless=1))
    for compression, filtering, quality, method in ((0, 0, 100, 4), (1, 0, 100, 4), (1, 1, 100, 0), (1, 2, 100, 6),
                                                    (1, 1, 30, 4)):
        name = f"compression {compression} filtering {filtering} quality {quality} method {method}"
        add(f"alpha {name}.webp", webp(clear, alpha_compression=compression, alpha_filtering=filtering,
                                       alpha_quality=quality, method=method), tolerance="lossy")
    film = [Image.fromarray(big).rotate(a) for a in (0, 90, 180)]
    for lossless, method in itertools.product((False, True), (0, 4)):
        data = save(film[0], "WEBP", save_all=True, append_images=film[1:], lossless=lossless, method=method)
        add(f"animated {'lossless' if lossless else 'lossy'} method {method}.webp", data,
            tolerance=0 if lossless else "lossy")
        add(f"lenient: cut animation {'lossless' if lossless else 'lossy'} method {method}.webp", data[:-20],
            pillow(data), 0 if lossless else "lossy")
    for size in ((1, 1), (2, 1), (1, 17), (16, 16), (17, 33)):
        part = big[:size[0], :size[1]]
        add(f"lossy {size[0]} by {size[1]}.webp", webp(part), tolerance="lossy")
        add(f"lossless {size[0]} by {size[1]}.webp", webp(part, lossless=1))
    for kind, data in {b"VP8 ": webp(big), b"VP8L": webp(big, lossless=1), b"ALPH": webp(clear)}.items():
        for name, left in {"10 bytes": lambda n: 10, "a tenth": lambda n: n // 10, "half": lambda n: n // 2,
                           "without 40 bytes": lambda n: n - 40, "without 8 bytes": lambda n: n - 8}.items():
            cut = shortened(data, kind, left)
            try:
                pillow(cut)
            except Exception:
                add(f"cut: {kind.decode().strip()} {name}.webp", cut, None)
    parts = webp(np.tile(big, (2, 2, 1)), partitions=3)
    add("cut: eight partitions.webp", shortened(parts, b"VP8 ", lambda n: n - 30), None)


def main():
    for write in (pngs, gifs, bmps, tiffs, jpegs, webps):
        write()
    blobs, starts = {"files.bin": b"", "pixels.bin": b""}, {}
    for blob, contents in (("files.bin", files), ("pixels.bin", pixels)):
        for name, data in contents.items():
            starts[name] = [len(blobs[blob]), len(data)]
            blobs[blob] += data
    for case in cases:
        case["bytes"] = starts[case["file"]]
        if "rgb" in case:
            case["rgb"] = starts[case["rgb"]]
    with zipfile.ZipFile("formats.zip", "w") as archive:
        lines = ",\n".join(json.dumps(case) for case in cases)
        head = json.dumps(VERSIONS)
        for name, data in {"cases.json": f'{{"versions": {head}, "cases": [\n{lines}\n]}}', **blobs}.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)
    print(len(cases), "cases,", os.path.getsize("formats.zip"), "bytes")


if __name__ == "__main__":
    main()
