package io.github.multilabel.training.group;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The images of a whole {@link TrainingGroup}, of which the batches of one member have its share. The labels of all are
 * known, so that what is counted in labels, such as the weights of categories, is the same for every member. As safe
 * for several threads as the share.
 */
public final class DatasetShare implements MultiLabelDataset {

    private final MultiLabelDataset share;
    private final List<Labels> labels;
    private final int first;

    /**
     * Puts a share among all images.
     *
     * @param share the images that this member reads; closed with this
     * @param labels of all images, of which those of the share follow each other; not copied, and not changed later
     * @param first where those of the share begin
     * @throws IllegalArgumentException if the share is not among them
     */
    public DatasetShare(MultiLabelDataset share, List<Labels> labels, int first) {
        if (first < 0 || first + share.size() > labels.size()) {
            throw new IllegalArgumentException(
                    "a share of " + share.size() + " images from image " + first + " on is not among " + labels.size());
        }
        this.share = share;
        this.labels = labels;
        this.first = first;
    }

    @Override
    public HeadSet heads() {
        return share.heads();
    }

    /** The number of all images. */
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
        return index >= first && index < first + share.size()
                ? share.source(index - first)
                : "image " + index + " of another member";
    }

    /** The batches of the share. */
    @Override
    public Batches batches(NDManager manager, DataPass pass) throws IOException {
        return new Numbered(share.batches(manager, pass));
    }

    @Override
    public Optional<List<int[]>> fixedBatches(DataPass pass) {
        return share.fixedBatches(pass).map(batches -> batches.stream()
                .map(batch -> Arrays.stream(batch).map(index -> first + index).toArray())
                .toList());
    }

    /** Those of the share. */
    @Override
    public List<Integer> leftOut() {
        return share.leftOut().stream().map(index -> first + index).toList();
    }

    /** The description of the share. */
    @Override
    public DatasetDescription describe(DataPass pass) {
        return share.describe(pass);
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) throws IOException, TranslateException {
        return share.getData(manager);
    }

    /** Does what the share does. */
    @Override
    public void prepare(Progress progress) throws IOException, TranslateException {
        share.prepare(progress);
    }

    @Override
    public void close() {
        share.close();
    }

    /** Batches whose images have their numbers among all. */
    private final class Numbered implements Batches {

        private final Batches batches;

        Numbered(Batches batches) {
            this.batches = batches;
        }

        @Override
        public int count() {
            return batches.count();
        }

        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public MultiLabelBatch next() {
            MultiLabelBatch own = batches.next();
            if (own.indices().isEmpty()) {
                return own;
            }
            List<Integer> numbers =
                    own.indices().stream().map(index -> first + index).toList();
            return new MultiLabelBatch(
                    own.getManager(), // which the new batch closes
                    own.image(),
                    numbers.stream().map(labels::get).toList(),
                    own.sources(),
                    numbers,
                    own.getProgress(),
                    own.getProgressTotal());
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
