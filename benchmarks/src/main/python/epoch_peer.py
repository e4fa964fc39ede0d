"""Whole epochs of training from JPEG files in PyTorch, as most people write them, for a benchmark to run in turn with
this library.

Its argument is a folder of photos; their labels are made up. Reads one command a line from standard input and answers
with one line of seconds per step; a step is one epoch:

    BACKBONE SIZE BATCH WORKERS STEPS

Pillow and torchvision's transforms in a DataLoader with workers, float32, AdamW, the sum of three cross entropies,
`loss.item()` every step for the display.

Needs: pip install torch==2.7.1 torchvision==0.22.1 timm pillow
"""

import sys

import torch
from torch.utils.data import DataLoader, Dataset

from image_peer import Photos
from peer import HEADS, MultiHead, answer


class Labelled(Dataset):
    def __init__(self, folder, size):
        self.photos = Photos(folder, "pillow", size)

    def __len__(self):
        return len(self.photos)

    def __getitem__(self, index):
        return self.photos[index], [index % k for k in HEADS]


class Recipe:
    def __init__(self, folder, backbone, size, batch, workers):
        torch.manual_seed(0)
        self.loader = DataLoader(
            Labelled(folder, size), batch_size=batch, shuffle=True, num_workers=workers,
            persistent_workers=workers > 0)
        self.model = MultiHead(backbone).train()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-3)

    def epoch(self):
        total = 0
        for images, labels in self.loader:
            self.optimizer.zero_grad()
            logits = self.model(images)
            loss = sum(torch.nn.functional.cross_entropy(q, y) for q, y in zip(logits, labels))
            loss.backward()
            self.optimizer.step()
            total += loss.item()
        return total


def main():
    ready = {}
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        backbone, size, batch, workers, steps = line.split()
        key = (backbone, int(size), int(batch), int(workers))
        if key not in ready:
            ready[key] = Recipe(sys.argv[1], *key)
        answer(ready[key].epoch, int(steps))


if __name__ == "__main__":
    main()
