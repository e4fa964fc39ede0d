package io.github.multilabel.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/**
 * A small part of a backbone as programs of several precisions: a wide and a narrow convolution with a batch norm
 * between them, and the gradients of both. Its numbers come from a formula, so that it leaves every random generator as
 * it was.
 */
final class ConvolutionBenchmark implements AutoCloseable {

    /** The gradients are written out: so no thread has to share DJL's collector with a training. */
    private static final String STEP =
            """
            def step(self, x: Tensor, w: Tensor, v: Tensor, gamma: Tensor, beta: Tensor) -> float:
              maps = torch.to(torch.contiguous(x, memory_format=2), TYPE)
              wide = torch.to(w, TYPE)
              narrow = torch.to(v, TYPE)
              first = torch.conv2d(maps, wide, None, [1, 1], [1, 1])
              seen = torch.relu(torch.batch_norm(first, gamma, beta, None, None, True, 0.1, 1.0e-05, False))
              last = torch.conv2d(seen, narrow, None, [1, 1], [0, 0])
              of_seen, of_narrow, _0 = torch.convolution_backward(last, seen, narrow, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [True, True, False])
              of_maps, of_wide, _1 = torch.convolution_backward(of_seen, maps, wide, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, [True, True, False])
              return float(torch.add(torch.sum(torch.to(of_narrow, 6)), torch.sum(torch.to(of_wide, 6))))
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final NDManager manager;
    private final NDArray[] arguments;
    private final Map<Precision, TorchFunction> programs = new EnumMap<>(Precision.class);

    private ConvolutionBenchmark(Device device, int images, int channels, int side) {
        manager = TorchEngine.newManager(device);
        arguments = new NDArray[] {
            wave(new Shape(images, channels, side, side), 1),
            wave(new Shape(channels, channels, 3, 3), 0.05f),
            wave(new Shape(2L * channels, channels, 1, 1), 0.05f),
            manager.ones(new Shape(channels)),
            manager.zeros(new Shape(channels))
        };
    }

    /** Just enough to see whether it runs at all. */
    static ConvolutionBenchmark tiny(Device device) {
        return new ConvolutionBenchmark(device, 2, 16, 8);
    }

    /** Some milliseconds on one core of a CPU, or on a GPU, which must be kept busy for longer than a call takes. */
    static ConvolutionBenchmark typical(Device device) {
        return device.isGpu()
                ? new ConvolutionBenchmark(device, 32, 128, 56)
                : new ConvolutionBenchmark(device, 2, 64, 28);
    }

    private NDArray wave(Shape shape, float height) {
        try (NDArray line = manager.arange(0f, shape.size(), 1f);
                NDArray sine = line.sin();
                NDArray scaled = sine.mul(height)) {
            return scaled.reshape(shape);
        }
    }

    /**
     * Computes once, and waits for the device.
     *
     * @return in seconds; on a CPU those in which this thread ran, so that other programs on its core do not count
     * @throws ai.djl.engine.EngineException if PyTorch cannot compute in this precision on the device
     */
    double seconds(Precision precision) {
        TorchFunction program = programs.computeIfAbsent(
                precision,
                each -> TorchFunction.load(manager, STEP.replace("TYPE", Integer.toString(each.scalarType()))));
        long start = nanos();
        program.run("step", (Object[]) arguments).close();
        return (nanos() - start) / 1e9;
    }

    private long nanos() {
        return manager.getDevice().isGpu() || !THREADS.isCurrentThreadCpuTimeSupported()
                ? System.nanoTime()
                : THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        programs.values().forEach(TorchFunction::close);
        manager.close();
    }
}
