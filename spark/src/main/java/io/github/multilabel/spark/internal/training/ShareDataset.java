package io.github.multilabel.spark.internal.training;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.util.Progress;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.data.ImageDataset;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All images of a training, of which one task reads its share. The labels of all are known, so that what is counted in
 * labels, such as the weights of categories, is the same for every task.
 */
final class ShareDataset implements MultiLabelDataset {

    private final ImageDataset share;
    private final List<Labels> labels;
    private final int first;

    /**
     * @param share closed with this
     * @param labels of all images, in the order of the shares
     * @param first where those of this share begin
     */
    ShareDataset(ImageDataset share, List<Labels> labels, int first) {
        this.share = share;
        this.labels = labels;
        this.first = first;
    }

    @Override
    public HeadSet heads() {
        return share.heads();
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
        return index >= first && index < first + share.size()
                ? share.source(index - first)
                : "image " + index + ", of another task";
    }

    /** Of the share, see {@link ImageDataset#medianAspectRatio}. */
    double medianAspectRatio() {
        return share.medianAspectRatio();
    }

    @Override
    public Batches batches(NDManager manager, DataPass pass) throws IOException {
        return share.batches(manager, pass);
    }

    @Override
    public Optional<List<int[]>> fixedBatches(DataPass pass) {
        return share.fixedBatches(pass);
    }

    @Override
    public List<Integer> leftOut() {
        return share.leftOut().stream().map(index -> first + index).toList();
    }

    @Override
    public DatasetDescription describe(DataPass pass) {
        return share.describe(pass);
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) {
        return share.getData(manager);
    }

    @Override
    public void prepare(Progress progress) {}

    @Override
    public void close() {
        share.close();
    }
}
