package io.github.multilabel.benchmarks;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** ResNet34's layers as DJL's own blocks, which call the native library once per operation. */
final class DjlResNet34 {

    private static final int[] DEPTHS = {3, 4, 6, 3};

    private DjlResNet34() {}

    static Block newBlock() {
        SequentialBlock network = new SequentialBlock()
                .add(convolution(64, 7, 2))
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
        int width = 64;
        for (int stage = 0; stage < DEPTHS.length; stage++) {
            for (int i = 0; i < DEPTHS[stage]; i++) {
                int out = 64 << stage;
                network.add(residual(width, out, i == 0 && stage > 0 ? 2 : 1));
                width = out;
            }
        }
        return network.add(Pool.globalAvgPool2dBlock());
    }

    private static Block residual(int in, int out, int stride) {
        Block path = new SequentialBlock()
                .add(convolution(out, 3, stride))
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(convolution(out, 3, 1))
                .add(BatchNorm.builder().build());
        Block shortcut = in == out && stride == 1
                ? Blocks.identityBlock()
                : new SequentialBlock()
                        .add(convolution(out, 1, stride))
                        .add(BatchNorm.builder().build());
        return new ParallelBlock(
                sums -> new NDList(
                        NDArrays.add(sums.get(0).singletonOrThrow(), sums.get(1).singletonOrThrow())
                                .getNDArrayInternal()
                                .relu()),
                List.of(path, shortcut));
    }

    private static Block convolution(int out, int kernel, int stride) {
        return Conv2d.builder()
                .setFilters(out)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }
}
