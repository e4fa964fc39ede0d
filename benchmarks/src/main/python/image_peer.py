"""From JPEG files to normalised batches in PyTorch, for a benchmark to run in turn with this library.

Its argument is a folder of photos. Reads one command a line from standard input and answers with one line of seconds
per step; a step is one pass over the folder:

    READER CLOCK SIZE BATCH WORKERS STEPS      READER: pillow | turbo, CLOCK: wall | cpu

`pillow` is the usual way: PIL.Image, torchvision's transforms, a DataLoader. `turbo` reads by torchvision's own
libjpeg-turbo and transforms tensors (v2). No workers: all in the main process; CPU time is counted for that alone.

Needs: pip install torch==2.7.1 torchvision==0.22.1 pillow
"""

import os
import sys
import time

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.io import ImageReadMode, decode_jpeg, read_file
from torchvision.transforms import v2

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class Photos(Dataset):
    def __init__(self, folder, reader, size):
        self.files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
        self.turbo = reader == "turbo"
        if self.turbo:
            self.transform = v2.Compose([
                v2.RandomResizedCrop(size, antialias=True), v2.RandomHorizontalFlip(),
                v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)])
        else:
            self.transform = transforms.Compose([
                transforms.RandomResizedCrop(size), transforms.RandomHorizontalFlip(),
                transforms.ToTensor(), transforms.Normalize(MEAN, STD)])

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        if self.turbo:
            return self.transform(decode_jpeg(read_file(self.files[index]), mode=ImageReadMode.RGB))
        with open(self.files[index], "rb") as file:
            return self.transform(Image.open(file).convert("RGB"))


def main():
    torch.set_num_threads(1)
    ready = {}
    print(f"torch {torch.__version__}", flush=True)
    for line in sys.stdin:
        reader, clock, size, batch, workers, steps = line.split()
        key = (reader, int(size), int(batch), int(workers))
        if key not in ready:
            ready[key] = DataLoader(
                Photos(sys.argv[1], reader, int(size)), batch_size=int(batch), shuffle=True, num_workers=int(workers),
                persistent_workers=int(workers) > 0)
        now = time.process_time if clock == "cpu" else time.perf_counter
        seconds = []
        for _ in range(int(steps)):
            start = now()
            for images in ready[key]:
                images.shape
            seconds.append(now() - start)
        print(" ".join(f"{s:.6f}" for s in seconds), flush=True)


if __name__ == "__main__":
    main()
