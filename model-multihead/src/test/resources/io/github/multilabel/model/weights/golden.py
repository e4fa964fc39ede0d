"""Writes golden.safetensors beside this script: one small tensor of each type, values exact in every type.

Made with torch 2.7.1 and safetensors 0.8.0: python golden.py
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

floats = torch.tensor([[1.5, -2.0, 0.0], [0.25, 65504.0, -0.0625]], dtype=torch.float64)
integers = torch.tensor([0, 1, -1, 127, -128])
save_file(
    {
        "f64": floats,
        "f32": floats.float(),
        "f16": floats.half(),
        "bf16": torch.tensor([1.0, -3.140625, 3.3895313892515355e38, 0.0]).bfloat16(),
        "i64": integers * 2**40,
        "i32": integers.int() * 1000,
        "i16": (integers * 256).short(),
        "i8": integers.to(torch.int8),
        "u8": torch.tensor([0, 1, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(7.0),
        "empty": torch.zeros(0, 3),
    },
    Path(__file__).with_name("golden.safetensors"),
    metadata={"format": "pt", "über": "ü"},
)
