package io.github.multilabel.data.djl;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import ai.djl.util.Utils;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.data.internal.Parallel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The images of any DJL data set, for {@code ImageTable.rows}: a function says what the class of an image answers to
 * each head. Splits, checks, augmentation, sampling and resuming are then those of every table.
 *
 * <pre>{@code
 * ImageFolder photos = ImageFolder.builder().setRepositoryPath(folder).setSampling(32, true).build();
 * List<String> classes = photos.getSynset(); // freshapples, freshbanana, ..., rottenoranges
 * ImageTable table = ImageTable.rows(DjlImages.of(photos), photo ->
 *                 TableRow.of(photo.image())
 *                         .with("fruit", photo.category(classes).replaceFirst("fresh|rotten", ""))
 *                         .with("condition", photo.category(classes).startsWith("fresh") ? "fresh" : "rotten"))
 *         .addHead("fruit")
 *         .addHead("condition")
 *         .optValidation(0.2)
 *         .build();
 * }</pre>
 *
 * <p>The images are what {@link RandomAccessDataset#get} gives: (H, W, 3) or grey (H, W, 1) and (H, W), of 0 to 255 in
 * any type; or (3, H, W) and (1, H, W), which in floats are of 0 to 1, as DJL's {@code ToTensor} makes them. They may
 * differ in size. DJL's sampler, batches and transforms are not used.
 *
 * <p>Images that lie in files are read faster by {@code ImageTable.folders} and {@code ImageTable.csv}, which also turn
 * them as their cameras say and notice files that were cut: DJL does neither.
 */
public final class DjlImages {

    private DjlImages() {}

    /**
     * Reads the labels of all images, on as many threads as there are processors. DJL decodes an image to tell its
     * label, so this takes as long as an epoch without training; the pixels are not kept, and read again when they are
     * needed.
     *
     * @param data prepared here, and not closed; a part of {@link RandomAccessDataset#randomSplit} is one too. Its
     *     {@code get} is called from several threads, and once in every epoch, until the table is of no use any more
     * @return in the order of the data set
     * @throws IOException if the data cannot be downloaded or prepared, or an image cannot be read; the message names
     *     it
     */
    public static List<DjlImage> of(RandomAccessDataset data) throws IOException {
        Given.require(data, "data", "a data set of DJL, e.g. an ImageFolder");
        prepare(data);
        List<RecordImage> images = LongStream.range(0, data.size())
                .mapToObj(index -> new RecordImage(data, index))
                .toList();
        try {
            return Parallel.map(
                    images,
                    Runtime.getRuntime().availableProcessors(),
                    DjlImages::labelled,
                    "reading labels",
                    ProgressListener.none());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
    }

    private static void prepare(RandomAccessDataset data) throws IOException {
        String failed = data.getClass().getSimpleName() + " cannot be prepared: ";
        try {
            data.prepare();
        } catch (IOException e) {
            throw new IOException(
                    failed + e + ". DJL downloads its data sets once, to " + Utils.getCacheDir()
                            + ", and needs a network for that",
                    e);
        } catch (TranslateException | RuntimeException e) { // as image folders do that find nothing
            throw new IOException(failed + e.getMessage(), e);
        }
    }

    private static DjlImage labelled(RecordImage image) {
        try {
            return new DjlImage(image, image.labels());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
