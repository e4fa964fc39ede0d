"""Writes files beside this script that people take for weights of Linear(3, 2): all hold its weight 0, 1, ... 5.

Made with Python 3.11, torch 2.7.1, safetensors 0.8.0: python odd.py
"""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).parent
model = nn.Linear(3, 2)
with torch.no_grad():
    model.weight.copy_(torch.arange(6.0).view(2, 3))
    model.bias.zero_()
state = dict(model.state_dict())

optimizer = torch.optim.Adam(model.parameters(), lr=0.0)
model(torch.ones(1, 3)).sum().backward()
optimizer.step()
torch.save(optimizer.state_dict(), HERE / "odd_optimizer.pth")

# torch.compile inside DistributedDataParallel, and an average beside it
wrapped = {"module._orig_mod." + name: tensor for name, tensor in state.items()}
averaged = {"module." + name: tensor * 2 for name, tensor in wrapped.items()}
averaged["n_averaged"] = torch.tensor(7)  # as torch.optim.swa_utils.AveragedModel adds it
torch.save({"epoch": 3, "state_dict": wrapped, "state_dict_ema": averaged}, HERE / "odd_compiled_ema.pth")
torch.save(averaged, HERE / "odd_averaged.pth")

torch.save(dict(state, tied=state["weight"]), HERE / "odd_tied.pth")
save_file({name.upper(): tensor for name, tensor in state.items()}, HERE / "odd_uppercase.safetensors")
