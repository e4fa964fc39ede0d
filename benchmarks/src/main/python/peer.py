"""The same work in PyTorch, for the benchmarks to run in turn with this library.

Reads one command a line from standard input and answers with one line of seconds per step:

    train BACKBONE VARIANT SIZE BATCH STEPS      VARIANT: float32 | channels-last | bfloat16
    predict BACKBONE VARIANT SIZE BATCH STEPS    also: frozen | compiled | onnxruntime | openvino, all in float32

The backbone is torchvision's, or where it has none of the name timm's, without its classifier; three linear heads (6, 5 and 2 categories), the sum of their cross
entropies, SGD with momentum; random images and labels. `bfloat16` is channels last with autocast, `frozen`
a frozen TorchScript trace with channels last, `compiled` is torch.compile with frozen weights (it needs a C++ compiler), `onnxruntime`
the exported model in ONNX Runtime.

Needs: pip install torch==2.7.1 torchvision==0.22.1 timm; for onnxruntime and openvino also onnx and themselves
"""

import os
import sys
import tempfile
import time

import torch
import torchvision

HEADS = (6, 5, 2)


def backbone(name):
    if name.startswith("res") or name.startswith("wide_res"):
        network = torchvision.models.get_model(name)
        features = network.fc.in_features
        network.fc = torch.nn.Identity()
        return network, features
    if name.startswith("mobilenet_v3"):
        network = torchvision.models.get_model(name)
        features = network.classifier[0].out_features
        network.classifier = network.classifier[:2]  # without dropout and the last layer
        return network, features
    import timm

    network = timm.create_model(name, num_classes=0)
    return network, network.num_features


class MultiHead(torch.nn.Module):
    def __init__(self, name):
        super().__init__()
        self.backbone, features = backbone(name)
        self.heads = torch.nn.ModuleList(torch.nn.Linear(features, k) for k in HEADS)

    def forward(self, x):
        features = self.backbone(x)
        return [head(features) for head in self.heads]


def images(variant, size, batch):
    x = torch.randn(batch, 3, size, size)
    return x if variant == "float32" else x.contiguous(memory_format=torch.channels_last)


def network(name, variant):
    torch.manual_seed(0)
    model = MultiHead(name)
    return model if variant == "float32" else model.to(memory_format=torch.channels_last)


def autocast(variant):
    return torch.autocast("cpu", torch.bfloat16, enabled=variant == "bfloat16")


class Train:
    def __init__(self, name, variant, size, batch):
        self.variant = variant
        self.model = network(name, variant).train()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01, momentum=0.9)
        self.x = images(variant, size, batch)
        self.labels = [torch.randint(k, (batch,)) for k in HEADS]

    def step(self):
        self.optimizer.zero_grad()
        with autocast(self.variant):
            logits = self.model(self.x)
            loss = sum(torch.nn.functional.cross_entropy(q, y) for q, y in zip(logits, self.labels))
        loss.backward()
        self.optimizer.step()
        loss.item()


class Predict:
    def __init__(self, name, variant, size, batch):
        self.variant = variant
        self.model = network(name, variant).eval()
        self.x = images(variant, size, batch)
        with torch.inference_mode():
            if variant == "frozen":
                self.model = torch.jit.freeze(torch.jit.trace(self.model, self.x))
        if variant == "compiled":
            from torch._inductor import config

            config.freezing = True
            self.model = torch.compile(self.model)

    def step(self):
        context = torch.no_grad if self.variant == "compiled" else torch.inference_mode
        with context(), autocast(self.variant):
            [q.float().numpy() for q in self.model(self.x)]


class PredictByOnnx:
    def __init__(self, name, variant, size, batch):
        import onnxruntime

        x = images("float32", size, batch)
        self.x = {"x": x.numpy()}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "model.onnx")
            torch.onnx.export(network(name, "float32").eval(), x, file, input_names=["x"], opset_version=17, dynamo=False)
            self.session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

    def step(self):
        self.session.run(None, self.x)


class PredictByOpenVino:
    """The size of the batch is fixed, which is fastest."""

    def __init__(self, name, variant, size, batch):
        import openvino

        x = images("float32", size, batch)
        self.x = {0: x.numpy()}
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "model.onnx")
            torch.onnx.export(network(name, "float32").eval(), x, file, input_names=["x"], opset_version=17, dynamo=False)
            options = {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_NUM_THREADS": torch.get_num_threads(),
                "INFERENCE_PRECISION_HINT": "f32",
            }
            core = openvino.Core()
            self.request = core.compile_model(core.read_model(file), "CPU", options).create_infer_request()

    def step(self):
        self.request.infer(self.x)


def answer(step, count):
    """Does a step some times and prints the seconds of each."""
    seconds = []
    for _ in range(count):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    print(" ".join(f"{s:.6f}" for s in seconds), flush=True)


def main():
    ready = {}
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        work, name, variant, size, batch, steps = line.split()
        key = (work, name, variant, int(size), int(batch))
        if key not in ready:
            engines = {"onnxruntime": PredictByOnnx, "openvino": PredictByOpenVino}
            kind = engines.get(variant) or {"train": Train, "predict": Predict}[work]
            ready[key] = kind(*key[1:])
        answer(ready[key].step, int(steps))


if __name__ == "__main__":
    main()
