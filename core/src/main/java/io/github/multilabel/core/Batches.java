package io.github.multilabel.core;

import java.util.Iterator;

/**
 * The batches of one pass, in order. Closing it early leaves no thread busy and no native memory behind.
 *
 * <pre>{@code
 * try (Batches batches = data.batches(manager, DataPass.evaluation(preprocessing))) {
 *     while (batches.hasNext()) {
 *         try (MultiLabelBatch batch = batches.next()) {
 *             ...
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>{@code next} throws {@link java.io.UncheckedIOException} with the file's name if an image cannot be used and the
 * data set was told to fail on such images.
 */
public interface Batches extends Iterator<MultiLabelBatch>, AutoCloseable {

    /** The number of batches that the whole pass has, also where it starts later, if no image is skipped. */
    int count();

    @Override
    void close();
}
