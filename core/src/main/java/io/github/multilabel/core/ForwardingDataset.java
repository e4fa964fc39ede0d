package io.github.multilabel.core;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A data set that is another one but for what a subclass changes: every method calls that of the other one,
 * {@link #close} included.
 */
public abstract class ForwardingDataset implements MultiLabelDataset {

    private final MultiLabelDataset data;

    /** Forwards to a data set. */
    protected ForwardingDataset(MultiLabelDataset data) {
        this.data = Objects.requireNonNull(data, "data");
    }

    @Override
    public HeadSet heads() {
        return data.heads();
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public Labels labels(int index) {
        return data.labels(index);
    }

    @Override
    public String source(int index) {
        return data.source(index);
    }

    @Override
    public Batches batches(NDManager manager, DataPass pass) throws IOException {
        return data.batches(manager, pass);
    }

    @Override
    public Optional<List<int[]>> fixedBatches(DataPass pass) {
        return data.fixedBatches(pass);
    }

    @Override
    public List<Integer> leftOut() {
        return data.leftOut();
    }

    @Override
    public DatasetDescription describe(DataPass pass) {
        return data.describe(pass);
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) throws IOException, TranslateException {
        return data.getData(manager);
    }

    @Override
    public void prepare(Progress progress) throws IOException, TranslateException {
        data.prepare(progress);
    }

    @Override
    public void close() {
        data.close();
    }
}
