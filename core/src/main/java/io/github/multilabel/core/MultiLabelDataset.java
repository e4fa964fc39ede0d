package io.github.multilabel.core;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Images with labels for several heads. Labels are known without reading an image, so that counts, class weights and
 * checks cost nothing; images are read batch by batch. {@code core.data.ImageDataset} is the implementation to use or
 * to wrap, see {@link ForwardingDataset}.
 *
 * <p>It is also a DJL {@link Dataset}: {@link #getData(NDManager)} gives the same batches with the image normalised as
 * float32, ready for any DJL block.
 */
public interface MultiLabelDataset extends Dataset, AutoCloseable {

    /** The heads of the labels, in order. */
    HeadSet heads();

    /** The number of samples. */
    int size();

    /**
     * The labels of a sample.
     *
     * @param index in [0, size)
     */
    Labels labels(int index);

    /**
     * A name of a sample for messages, such as its file. Two samples can have the same.
     *
     * @param index in [0, size)
     */
    String source(int index);

    /**
     * Starts one pass over the data.
     *
     * @param manager the parent of each batch's own manager
     * @param pass size and crop of the images, order and augmentation
     * @return the batches; to be closed by the caller, as is each batch
     * @throws IOException if the data cannot be read at all; a single bad image is reported by the iterator
     */
    Batches batches(NDManager manager, DataPass pass) throws IOException;

    /**
     * The samples of each batch of a pass, if every such pass shows the same image of a sample: in training, only
     * without augmentation. What does not change need not be computed again in every epoch.
     *
     * @return the indices of the samples of each batch, in order; empty if images change, or if it is not known which
     *     samples a batch will have. Samples that turn out to be unusable are among them
     */
    default Optional<List<int[]>> fixedBatches(DataPass pass) {
        return Optional.empty();
    }

    /**
     * The samples that passes so far could not use, such as images that turned out to be damaged: the model did not
     * learn from them. Empty for a data set that fails on such images, or does not know.
     *
     * @return their indices, in order
     */
    default List<Integer> leftOut() {
        return List.of();
    }

    /**
     * Describes everything that decides the numbers of a pass, so that a training that is resumed can be compared with
     * the one that was interrupted. Takes as long as looking up every image file. By default the description has the
     * labels alone: a data set of your own that shuffles, augments or draws adds its settings.
     *
     * @param pass a training pass, or an evaluation, which neither shuffles nor augments
     */
    default DatasetDescription describe(DataPass pass) {
        return DatasetDescription.ofLabels(this);
    }

    /** Releases threads and files; batches that were handed out stay valid. */
    @Override
    void close();
}
