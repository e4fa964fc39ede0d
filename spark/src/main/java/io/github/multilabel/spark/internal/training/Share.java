package io.github.multilabel.spark.internal.training;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.training.group.DatasetShare;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The share that a task has of some images, with the labels of all. */
final class Share implements AutoCloseable {

    private final HeadSet heads;
    private final LocalImages images;
    private final List<Labels> labels;
    private final int first;

    private Share(HeadSet heads, LocalImages images, List<Labels> labels, int first) {
        this.heads = heads;
        this.images = images;
        this.labels = labels;
        this.first = first;
    }

    /**
     * Copies a share to this machine.
     *
     * @param rank which share
     * @param size how many there are
     * @param folder of this machine for the copy
     */
    static Share copy(
            LabelHeads known, WorkFolder work, Split part, int rank, int size, Configuration configuration, Path folder)
            throws IOException {
        FileSystem files = WorkFolder.plain(work.files(configuration));
        HeadSet heads = known.heads();
        List<Labels> labels = new ArrayList<>();
        int first = 0;
        for (int share = 0; share < size; share++) {
            if (share == rank) {
                first = labels.size();
            }
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(files.open(work.labels(part, share))))) {
                long count = in.readLong();
                for (long i = 0; i < count; i++) {
                    labels.add(known.read(heads, in));
                }
            }
        }
        LocalImages images = LocalImages.copy(
                work.images(part, rank), files, configuration, folder.resolve(part.part() + ".images"));
        return new Share(heads, images, labels, first);
    }

    /** Whether there is an image in any share. */
    boolean isAnywhere() {
        return !labels.isEmpty();
    }

    /**
     * The images of this share.
     *
     * @param settings sets how they are read
     * @return to be closed by the caller, before this
     */
    ImageDataset images(UnaryOperator<ImageDatasetBuilder> settings) throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<ImageSource> own = images.images();
        for (int i = 0; i < own.size(); i++) {
            samples.add(new Sample(own.get(i), labels.get(first + i), own.get(i).name()));
        }
        return settings.apply(ImageDataset.builder().setHeads(heads).setSamples(samples))
                .build();
    }

    /** All images, of which some are of this share. */
    MultiLabelDataset among(ImageDataset share) {
        return new DatasetShare(share, labels, first);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
