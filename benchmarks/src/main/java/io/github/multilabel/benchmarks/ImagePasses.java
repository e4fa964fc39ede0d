package io.github.multilabel.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.RandomHorizontalFlip;
import io.github.multilabel.data.augment.RandomResizedCrop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** Passes of this library over photos, from files to normalised batches; a step is one pass. */
final class ImagePasses implements Contender {

    private static final double NANOS = 1e9;
    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("any", "yes", "no"));

    private final String name;
    private final LongSupplier clock;
    private final Preprocessing preprocessing;
    private final ImageDataset data;
    private final NDManager manager = NDManager.newBaseManager();
    private int epoch;

    /** @param clock of nanoseconds */
    ImagePasses(
            String name, List<Path> photos, ImageDecoder decoder, int size, int batch, int threads, LongSupplier clock)
            throws IOException {
        this.name = name;
        this.clock = clock;
        this.preprocessing = Preprocessing.imageNet(size);
        this.data = ImageDataset.builder()
                .setHeads(HEADS)
                .addSamples(photos.stream()
                        .map(photo -> Sample.of(photo, Labels.builder(HEADS).build()))
                        .toList())
                .optBatchSize(batch)
                .optAugmentation(Augmentation.of(RandomResizedCrop.of(0.08, 1), RandomHorizontalFlip.of(0.5)))
                .optDecoder(decoder)
                .optThreads(threads)
                .build();
        Engine.getInstance();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] steps(int count) {
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            long start = clock.getAsLong();
            pass();
            seconds[i] = (clock.getAsLong() - start) / NANOS;
        }
        return seconds;
    }

    private void pass() {
        try (Batches batches = data.batches(manager, DataPass.training(preprocessing, 0, epoch++))) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    Normalizer.normalize(batch.image(), preprocessing);
                }
            }
        }
    }

    @Override
    public void close() {
        data.close();
        manager.close();
    }
}
