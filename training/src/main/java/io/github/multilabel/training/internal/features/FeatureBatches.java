package io.github.multilabel.training.internal.features;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/** One pass over kept features: the batches that the images would have come in. */
final class FeatureBatches implements Batches {

    private final NDManager manager;
    private final FeatureDataset data;
    private final DataPass pass;
    private final List<int[]> plan;
    private int next;

    FeatureBatches(NDManager manager, FeatureDataset data, DataPass pass, List<int[]> plan) {
        this.manager = manager;
        this.data = data;
        this.pass = pass;
        this.plan = plan;
        this.next = Math.min(pass.firstBatch(), plan.size());
    }

    @Override
    public int count() {
        return plan.size();
    }

    private int[] usable() {
        return Arrays.stream(plan.get(next)).filter(data::has).toArray();
    }

    @Override
    public boolean hasNext() {
        while (next < plan.size()) {
            if (pass.isBatch(usable().length, plan.get(next).length)) {
                return true;
            }
            next++;
        }
        return false;
    }

    @Override
    public MultiLabelBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the pass has no more batches; ask hasNext() first");
        }
        int[] indices = usable();
        next++;
        NDManager owner = manager.newSubManager();
        try {
            return new MultiLabelBatch(
                    owner,
                    data.features(owner, indices),
                    Arrays.stream(indices).mapToObj(data::labels).toList(),
                    Arrays.stream(indices).mapToObj(data::source).toList(),
                    Arrays.stream(indices).boxed().toList(),
                    next - 1L,
                    plan.size());
        } catch (IOException e) {
            owner.close();
            throw new UncheckedIOException("the features cannot be read again", e);
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    @Override
    public void close() {
        next = plan.size();
    }
}
