package io.github.multilabel.model.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.ToDoubleFunction;

/**
 * Whether depthwise kernels wider than 3 are cut into slices while training on this CPU. oneDNN 3.7 computes the
 * gradients of whole ones 10 to 60 times as slowly with AVX512, and with AVX2 about twice as fast as those of slices.
 * Both ways give the same up to the last digits.
 */
public final class WideKernels {

    private static final int ROUNDS = 5;

    /** A kernel of 5 columns, whole and as slices of 3 and 2, and what follows from a gradient of 1 everywhere. */
    private static final String STEP =
            """
            def gradients(self, x: Tensor, w: Tensor, p: int) -> float:
              y = torch.conv2d(x, w, None, [1, 1], [2, p], [1, 1], 64)
              of_x, of_w, _0 = torch.convolution_backward(torch.ones_like(y), x, w, None, [1, 1], [2, p], [1, 1], False, [0, 0], 64, [True, True, False])
              return float(torch.add(torch.sum(of_x), torch.sum(of_w)))
            def whole(self, x: Tensor, w: Tensor) -> float:
              return (self).gradients(torch.contiguous(x, memory_format=2), w, 2, )
            def sliced(self, x: Tensor, w: Tensor) -> float:
              padded = torch.constant_pad_nd(torch.contiguous(x, memory_format=2), [2, 2], 0)
              first = (self).gradients(torch.constant_pad_nd(padded, [0, -2], 0), torch.narrow(w, 3, 0, 3), 0, )
              return torch.add(first, (self).gradients(torch.constant_pad_nd(padded, [-3, 0], 0), torch.narrow(w, 3, 3, 2), 0, ))
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WideKernels() {}

    private static final class Measured {
        private static final boolean SLICED = measure();
    }

    /** Measured once in the life of the JVM, in some milliseconds; draws no random number. */
    public static boolean areSliced() {
        return Measured.SLICED;
    }

    private static boolean measure() {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                TorchFunction program = TorchFunction.load(manager, STEP)) {
            NDArray maps = manager.ones(new Shape(4, 64, 16, 16));
            NDArray weight = manager.ones(new Shape(64, 1, 5, 5));
            return areSliced(sliced -> {
                long start = nanos();
                program.run(sliced ? "sliced" : "whole", maps, weight).close();
                return nanos() - start;
            });
        }
    }

    /** The time of this thread, so that other programs on its core do not count. */
    private static long nanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /**
     * Compares the best of some rounds, as the first ones prepare kernels.
     *
     * @param time of one step now, sliced or not
     */
    static boolean areSliced(ToDoubleFunction<Boolean> time) {
        double whole = Double.POSITIVE_INFINITY;
        double sliced = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            whole = Math.min(whole, time.applyAsDouble(false));
            sliced = Math.min(sliced, time.applyAsDouble(true));
        }
        return sliced < whole;
    }
}
