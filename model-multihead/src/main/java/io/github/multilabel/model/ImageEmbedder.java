package io.github.multilabel.model;

import ai.djl.Device;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.model.internal.calls.ImageCalls;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.model.internal.calls.PreparedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Computes embeddings of images with the backbone of a model, after the preprocessing that the model was trained with:
 * the features (F) float32 that its heads answer from, such as F = 512 of ResNet34.
 *
 * <pre>{@code
 * try (ImageEmbedder embedder = model.newEmbedder()) {
 *     Embedding car = embedder.embed(Path.of("car.jpg"));
 *     double alike = car.cosine(embedder.embed(Path.of("other.jpg")));
 * }
 * }</pre>
 *
 * <p>Use one for the whole application, from any number of threads. It copies the weights when it is made, as
 * {@link MultiLabelPredictor} does: later training does not change its embeddings, and the model may be closed, unless
 * its backbone is a DJL block or TorchScript. Close it; one that is not closed is freed late, with a warning.
 */
public final class ImageEmbedder implements AutoCloseable {

    private static final int MOST_THREADS = 1024;

    private final ImageCalls<Embedding> calls;
    private final Runnable onClose;
    private final LeakDetector leakDetector;

    private ImageEmbedder(Builder builder) {
        MultiLabelModel model = builder.model;
        model.requireOpen();
        boolean isNormalised = builder.normalised;
        int size = model.block().featureCount();
        Device device = model.manager().getDevice();
        PreparedModel<Embedding> prepared = new PreparedModel<>(
                "this embedder is closed; create another with model.newEmbedder()",
                new TorchPixelProgram(
                        model.preprocessing(), model.block().newFeatures(builder.precision.resolve(device)), device),
                (name, arrays, row) -> {
                    Embedding found = new Embedding(name, Arrays.copyOfRange(arrays[0], row * size, (row + 1) * size));
                    return isNormalised ? found.normalised() : found;
                });
        ImageLoading loading = new ImageLoading(builder.decoder, model.preprocessing(), builder.threads);
        calls = new ImageCalls<>(model.preprocessing(), prepared, loading, builder.batchSize, builder.threads);
        onClose = model.register(this::close);
        leakDetector = watch(this, calls);
    }

    /** Outside the constructor, so that the cleaning action does not refer to the embedder. */
    private static LeakDetector watch(ImageEmbedder embedder, ImageCalls<Embedding> calls) {
        return LeakDetector.watch(embedder, "an ImageEmbedder", calls::close);
    }

    /** Returns a builder with the default settings; for these alone, {@link MultiLabelModel#newEmbedder} is shorter. */
    public static Builder builder(MultiLabelModel model) {
        return new Builder(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /**
     * Embeds an image file.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding embed(Path file) throws IOException {
        return embed(ImageSource.of(given(file)));
    }

    /**
     * Embeds an encoded image, for example the bytes of a JPEG file. It is named {@code bytes}.
     *
     * @throws IOException if it is not a whole image
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding embed(byte[] image) throws IOException {
        return embed(ImageSource.of("bytes", given(image)));
    }

    /**
     * Embeds an encoded image.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding embed(ImageSource image) throws IOException {
        given(image);
        try {
            return calls.one(image);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Embeds an image that Java has decoded or drawn. It is named {@code image}.
     *
     * @throws IllegalStateException if the embedder is closed
     */
    public Embedding embed(BufferedImage image) {
        given(image);
        try {
            return calls.one(() -> Pixels.of(image));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Embeds any number of images in batches, and decodes the next batch meanwhile. An image that cannot be used gives
     * an {@link EmbeddingFailure} in its place.
     *
     * @return one result per image, in the same order
     * @throws IllegalStateException if the embedder is closed before the last batch begins
     */
    public List<EmbeddingResult> embedAll(List<ImageSource> images) {
        Given.require(images, "images", "a list of them, perhaps empty");
        try {
            return calls.all(images, embedding -> embedding, EmbeddingFailure::new);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static <T> T given(T image) {
        return Given.require(image, "image", "a file, bytes, an image or an ImageSource");
    }

    /** Waits for running calls, then frees the weights. */
    @Override
    public void close() {
        calls.close();
        onClose.run();
        leakDetector.closed();
    }

    /** Builds an embedder. Every setting has a default. */
    public static final class Builder {

        private final MultiLabelModel model;
        private Precision precision = Precision.FLOAT32;
        private boolean normalised;
        private int batchSize = 16;
        private int threads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();

        private Builder(MultiLabelModel model) {
            this.model = model;
        }

        /** Sets the data type of the convolutions; {@code FLOAT32} by default. The embeddings are float32. */
        public Builder optPrecision(Precision precision) {
            this.precision = precision;
            return this;
        }

        /** Scales each embedding to the length 1, see {@link Embedding#normalised}; off by default. */
        public Builder optNormalised(boolean normalised) {
            this.normalised = normalised;
            return this;
        }

        /** Sets how many images {@link #embedAll} embeds at once; 16 by default. */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /** Sets how many threads decode, and how many calls run at once; the number of processors by default. */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /** Sets how images are decoded; {@link ImageDecoder#strict()} by default. */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /**
         * Builds the embedder with the model's current weights.
         *
         * @return to be closed by the caller
         * @throws IllegalArgumentException if a setting is outside its range; the message lists all such settings
         * @throws IllegalStateException if the model is closed
         */
        public ImageEmbedder build() {
            new Problems("build ImageEmbedder")
                    .requireGiven("optPrecision", precision, "one of " + Arrays.toString(Precision.values()))
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .require(batchSize >= 1, "optBatchSize", batchSize, "at least 1")
                    .require(threads >= 1 && threads <= MOST_THREADS, "optThreads", threads, "1 to " + MOST_THREADS)
                    .throwIfAny();
            return new ImageEmbedder(this);
        }
    }
}
