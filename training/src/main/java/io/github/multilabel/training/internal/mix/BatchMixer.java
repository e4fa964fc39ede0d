package io.github.multilabel.training.internal.mix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.Seeds;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.mix.MixDraw;
import java.util.Arrays;

/** Blends the batches of one training. */
public final class BatchMixer implements AutoCloseable {

    /**
     * In memory the batch is (N, H, W, 3), and stays so; a fraction of 0 or 1 gives a pixel of one image to the bit.
     */
    private static final String BLEND =
            """
            def forward(self, image: Tensor, partners: Tensor, fractions: Tensor) -> Tensor:
              own = torch.permute(image, [0, 2, 3, 1])
              other = torch.index_select(own, 0, partners)
              return torch.permute(torch.lerp(other, own, fractions), [0, 3, 1, 2])
            """;

    private final BatchMix mix;
    private final long seed;
    private final TorchFunction program;

    /**
     * Starts.
     *
     * @param manager the program lives on its device and is freed with it at the latest
     * @param seed of what is drawn
     */
    public BatchMixer(NDManager manager, BatchMix mix, long seed) {
        this.mix = mix;
        this.seed = seed;
        program = TorchFunction.load(manager, BLEND);
    }

    /**
     * Blends a batch by what is drawn for it.
     *
     * @param image (N, 3, H, W) float32, normalised or not; neither changed nor closed
     * @param labels per head, named; neither changed nor closed
     * @param epoch the number of the epoch in the training
     * @param batch the number of the batch in the epoch
     * @return to be closed by the caller
     */
    public MixedBatch mix(NDArray image, NDList labels, int epoch, long batch) {
        Shape shape = image.getShape();
        MixDraw drawn =
                mix.draw(Seeds.ofBatch(seed, epoch, batch), (int) shape.get(0), (int) shape.get(2), (int) shape.get(3));
        return mix(image, labels, drawn);
    }

    /**
     * Blends a batch.
     *
     * @param image (N, 3, H, W) float32, normalised or not; neither changed nor closed
     * @param labels per head, named; neither changed nor closed
     * @param mixture of N images
     * @return to be closed by the caller
     */
    public MixedBatch mix(NDArray image, NDList labels, MixDraw mixture) {
        NDManager manager = image.getManager();
        try (NDArray permutation = manager.create(
                        Arrays.stream(mixture.permutation()).asLongStream().toArray());
                NDArray fractions =
                        manager.create(mixture.pixelFractions(), new Shape(1, mixture.rows(), mixture.columns(), 1))) {
            NDList made = program.forward(manager, image, permutation, fractions);
            NDArray blended = made.singletonOrThrow();
            NDList others = new NDList();
            for (NDArray label : labels) {
                NDArray other = label.get(permutation);
                other.setName(label.getName());
                other.attach(manager);
                others.add(other);
            }
            return new MixedBatch(blended, labels, others, mixture.fraction(), new NDList(blended));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
