package io.github.multilabel.model.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Batch norms are folded into the convolutions before them, and on a CPU what follows a convolution is computed with
 * it.
 */
final class FoldedNetwork implements PreparedNetwork {

    /**
     * So many values of the largest layer, 12 MB, stay in the cache of most CPUs. Far larger ones the C library takes
     * from the system anew at each call, page by page, which can take longer than what is computed with them.
     */
    private static final long VALUES_AT_ONCE = 3L << 20;

    private static final String PART =
            """
            def part(self, x: Tensor, start: int, end: int, p: List[Tensor]) -> List[Tensor]:
              return (self).forward(torch.slice(x, 0, start, end), p, )
            """;

    private final Network network;
    private final NDManager manager;
    private final TorchFunction program;
    private final PackedWeights weights;

    FoldedNetwork(Network network, NDList parameters, HeadStack heads, Precision wanted) {
        this.network = network;
        Device device = parameters.head().getDevice();
        Precision precision = wanted.resolve(device);
        Folding folding = new Folding(network, precision);
        Network folded = folding.folded();
        Fusions fusions = device.isGpu() ? Fusions.none() : Fusions.of(folded, FusedOperators.run(precision));
        String text = folding.prepare(fusions)
                + NetworkText.forward(folded, Variant.evaluation(precision, 0, heads), fusions)
                + PART;
        manager = TorchEngine.newManager(device);
        try {
            program = TorchFunction.load(manager, text);
            weights = new PackedWeights(manager, folded, fusions, program.run("prepare", parameters));
        } catch (RuntimeException e) {
            manager.close(); // the program with it
            throw e;
        }
    }

    @Override
    public NDList run(NDManager results, NDArray image) {
        network.requireImage(image);
        long images = image.getShape().get(0);
        long most = imagesAtOnce(image.getShape());
        List<NDList> parts = new ArrayList<>();
        for (long start = 0; start < Math.max(1, images); start += most) {
            parts.add(run(results, image, start, Math.min(images, start + most)));
        }
        return parts.size() == 1 ? parts.get(0) : joined(parts);
    }

    private long imagesAtOnce(Shape image) {
        if (image.get(0) <= 1 || manager.getDevice().isGpu()) {
            return Math.max(1, image.get(0));
        }
        long largest = network.shapes(image.get(2), image.get(3)).values().stream()
                .mapToLong(Shape::size)
                .max()
                .orElseThrow();
        long threads = TorchEngine.threads(); // each has as many images as the others
        return threads * Math.max(1, VALUES_AT_ONCE / largest / threads);
    }

    private NDList run(NDManager results, NDArray image, long start, long end) {
        Shape shape = new Shape(end - start).addAll(image.getShape().slice(1));
        return weights.use(shape, values -> {
            try (TorchValue output = program.run("part", image, start, end, values)) {
                return output.toList(results);
            }
        });
    }

    private static NDList joined(List<NDList> parts) {
        NDList whole = new NDList();
        for (int i : IntStream.range(0, parts.get(0).size()).toArray()) {
            whole.add(NDArrays.concat(
                    new NDList(parts.stream().map(part -> part.get(i)).toList())));
        }
        parts.forEach(NDList::close);
        return whole;
    }

    @Override
    public void close() {
        program.close();
        weights.close();
        manager.close();
    }
}
