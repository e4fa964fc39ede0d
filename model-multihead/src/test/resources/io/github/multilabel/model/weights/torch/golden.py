"""Writes small files of torch.save beside this script, and golden.json with the values that torch.load reads from them.

Made with Python 3.11, torch 2.7.1: python golden.py
"""

import argparse
import collections
import io
import json
import pickle
import struct
import zipfile
from pathlib import Path

import torch

HERE = Path(__file__).parent
generator = torch.Generator().manual_seed(20)
golden = {}


def random(*shape):
    return torch.randn(shape, generator=generator)


def state_dict():
    integers = torch.tensor([0, 1, -1, 127, -128])
    floats = torch.tensor([[1.5, -2.0, 0.0], [0.25, 65504.0, -0.0625]], dtype=torch.float64)
    storage = torch.arange(20.0)
    state = collections.OrderedDict(
        transposed=torch.tensor([[1.0, 2, 3], [4, 5, 6]]).t(),
        channels_last=random(2, 3, 2, 2).to(memory_format=torch.channels_last),
        channels_last_half=random(2, 3, 2, 2).half().to(memory_format=torch.channels_last),
        shared_first=storage[:6].view(2, 3),
        shared_middle=storage[6:14].view(2, 4)[:, 1:3],
        every_third=storage[1::3],
        parameter=torch.nn.Parameter(random(2, 2)),
        f64=floats,
        f32=floats.float(),
        f16=floats.half(),
        bf16=torch.tensor([1.0, -3.140625, 3.3895313892515355e38, 0.0]).bfloat16(),
        bf16_transposed=torch.arange(6.0).bfloat16().view(2, 3).t(),
        i64=integers * 2**40,
        i32=integers.int() * 1000,
        i16=(integers * 256).short(),
        i8=integers.to(torch.int8),
        u8=torch.tensor([0, 1, 255], dtype=torch.uint8),
        flags=torch.tensor([True, False]),
        scalar=torch.tensor(7.0),
        empty=torch.zeros(0, 3),
        size_one=torch.arange(3.0).expand(1, 3),
    )
    state._metadata = collections.OrderedDict({"": {"version": 2}})
    return state


def record(name, state):
    golden[name] = {
        key: {"shape": list(tensor.shape), "values": tensor.detach().contiguous().flatten().tolist()}
        for key, tensor in state.items()
        if isinstance(tensor, torch.Tensor)
    }


def save(name, content, entry=None, **options):
    torch.save(content, HERE / name, **options)
    loaded = torch.load(HERE / name, weights_only=False)
    record(name, loaded[entry] if entry else loaded)


def big_endian(source, name):
    """The same file as a big-endian machine writes it."""
    sizes = {}
    with zipfile.ZipFile(HERE / source) as old, zipfile.ZipFile(HERE / name, "w") as new:
        for tensor in torch.load(HERE / source, weights_only=False).values():
            sizes[tensor.untyped_storage().nbytes(), bytes(tensor.untyped_storage())] = tensor.element_size()
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("/byteorder"):
                data = b"big"
            elif "/data/" in entry.filename and len(data) > 0:
                size = sizes[len(data), data]
                data = b"".join(data[i : i + size][::-1] for i in range(0, len(data), size))
            new.writestr(entry.filename, data)
    record(name, torch.load(HERE / name, weights_only=False))


def ancient(name):
    """A file as PyTorch 0.x on Python 2 wrote it: views of storages, an OrderedDict from pairs."""

    class Storage:
        def __init__(self, view):
            self.view = view

    class Pickler(pickle._Pickler):
        def persistent_id(self, value):
            if isinstance(value, Storage):
                return ("storage", torch.FloatStorage, "94", "cpu", 8, value.view)

    class Tensor:
        def __init__(self, view, *arguments):
            self.arguments = (Storage(view), *arguments)

        def __reduce__(self):
            return torch._utils._rebuild_tensor, self.arguments

    class Ordered:
        def __init__(self, *pairs):
            self.pairs = list(pairs)

        def __reduce__(self):
            return collections.OrderedDict, (self.pairs,)

    out = io.BytesIO()
    pickle.dump(torch.serialization.MAGIC_NUMBER, out, 2)
    pickle.dump(torch.serialization.PROTOCOL_VERSION, out, 2)
    pickle.dump({"little_endian": True}, out, 2)
    content = Ordered(
        ["whole", Tensor(None, 0, (2, 4), (4, 1))],
        ["part", Tensor(("95", 3, 4), 1, (3,), (1,))],
    )
    Pickler(out, 2).dump(content)
    pickle.dump(["94"], out, 2)
    out.write(struct.pack("<q8f", 8, *range(8)))
    (HERE / name).write_bytes(out.getvalue())
    record(name, torch.load(HERE / name, weights_only=False))


state = state_dict()
save("zip.pth", state)
save("legacy.pth", state, _use_new_zipfile_serialization=False)
save("protocol4.pth", state, pickle_protocol=4)
big_endian("zip.pth", "big_endian.pth")
ancient("ancient.pth")

small = {"weight": random(2, 3), "bias": random(2)}
ema = {name: tensor * 2 for name, tensor in small.items()}
beside = {
    "epoch": 3,
    "best": 0.75,
    "args": argparse.Namespace(lr=0.1, names=["a", "b"], size=None),
    "optimizer": {"state": {0: {"momentum": random(2)}}, "param_groups": [{"lr": 0.1, "params": [0, 1]}]},
    "rng": torch.arange(4, dtype=torch.uint8),
    "shape": torch.Size([2, 3]),
    "type": torch.float32,
    "milestones": collections.Counter({30: 1}),
    "tags": {"a"},
}
for key in ("state_dict", "model_state_dict", "model"):
    save(f"nested_{key}.pth", {**beside, key: small, f"{key}_ema": ema}, entry=key)
save("nested_legacy.pth", {**beside, "model": small}, entry="model", _use_new_zipfile_serialization=False)

scripted = io.BytesIO()
torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), scripted)
with zipfile.ZipFile(scripted) as whole, zipfile.ZipFile(HERE / "scripted.pt", "w") as rest:
    for name in whole.namelist():
        if not name.endswith(".debug_pkl"):  # these tell where Python is installed
            rest.writestr(name, whole.read(name))
torch.save(torch.nn.Linear(2, 2), HERE / "whole_model.pth")

(HERE / "golden.json").write_text(json.dumps(golden) + "\n")
