package io.github.multilabel.data.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The image of one record of a DJL data set; nothing of it is kept between reads. */
record RecordImage(RandomAccessDataset data, long index) implements ImageSource {

    @Override
    public String name() {
        return data.getClass().getSimpleName() + " record " + index;
    }

    /** As a bitmap, which is made and decoded in no time and loses nothing. */
    @Override
    public byte[] read() throws IOException {
        return read(record -> {
            if (record.getData().size() != 1) {
                throw new IllegalArgumentException(
                        "it has " + record.getData().size() + " arrays of data; one, the image, is expected");
            }
            return BitmapFile.write(ArrayPixels.of(record.getData().head()));
        });
    }

    /** Its labels, without the image. */
    List<Integer> labels() throws IOException {
        return read(record -> {
            List<Integer> labels = new ArrayList<>();
            for (NDArray array : record.getLabels()) {
                for (double label : array.toType(DataType.FLOAT64, false).toDoubleArray()) {
                    if (label != (int) label) {
                        throw new IllegalArgumentException(
                                "it has the label " + label + "; whole numbers of classes are expected");
                    }
                    labels.add((int) label);
                }
            }
            return labels;
        });
    }

    /** Takes what is wanted from a record. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Record record);
    }

    private <T> T read(Use<T> use) throws IOException {
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            return use.of(data.get(manager, index));
        } catch (IOException | RuntimeException e) { // the latter of any data set, also of a user's own
            throw new IOException(name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
