package io.github.multilabel.evaluation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of one colour each, so that no size and no crop changes them, in batches of seven.
 *
 * @param heads of the labels
 * @param labels of each image
 */
record Colours(HeadSet heads, List<Labels> labels) implements MultiLabelDataset {

    /** Of each image, in pixels. */
    static final int SIDE = 16;

    private static final int BATCH = 7;

    /** Red, green and blue of an image. */
    static int colour(int i) {
        return (i * 37 % 256) << 16 | (i * 91 % 256) << 8 | i * 151 % 256;
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public Labels labels(int index) {
        return labels.get(index);
    }

    @Override
    public String source(int index) {
        return "image " + index;
    }

    private MultiLabelBatch batch(NDManager parent, int from) {
        NDManager manager = parent.newSubManager();
        int to = Math.min(from + BATCH, size());
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * 3 * SIDE * SIDE);
        for (int i = from; i < to; i++) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    bytes.put((byte) (colour(i) >> shift));
                }
            }
        }
        bytes.flip();
        return new MultiLabelBatch(
                manager,
                manager.create(bytes, new Shape(to - from, 3, SIDE, SIDE), DataType.UINT8),
                labels.subList(from, to),
                IntStream.range(from, to).mapToObj(this::source).toList(),
                from / BATCH,
                (size() + BATCH - 1) / BATCH);
    }

    @Override
    public Batches batches(NDManager manager, DataPass pass) {
        return new Batches() {
            private int next;

            @Override
            public int count() {
                return (size() + BATCH - 1) / BATCH;
            }

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public MultiLabelBatch next() {
                next += BATCH;
                return batch(manager, next - BATCH);
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void prepare(Progress progress) {
        // is there
    }

    @Override
    public void close() {
        // holds nothing
    }
}
