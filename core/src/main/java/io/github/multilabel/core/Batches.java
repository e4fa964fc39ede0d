package io.github.multilabel.core;

import java.util.Iterator;

/**
 * The batches of one pass over a data set, in order. Close it; closing it early stops its threads and frees its memory.
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
 * data set does not skip such images.
 */
public interface Batches extends Iterator<MultiLabelBatch>, AutoCloseable {

    /** The number of batches that the whole pass has, also where it starts later, if no image is skipped. */
    int count();

    @Override
    void close();
}
