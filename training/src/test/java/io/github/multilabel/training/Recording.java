package io.github.multilabel.training;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.core.MultiLabelDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A data set that remembers which images it handed out for training in which epoch, and may not know later starts. */
final class Recording extends ForwardingDataset {

    private final MultiLabelDataset data;
    private final boolean startsLater;
    final Map<Integer, List<String>> seen = new TreeMap<>();

    Recording(MultiLabelDataset data, boolean startsLater) {
        super(data);
        this.data = data;
        this.startsLater = startsLater;
    }

    @Override
    public Batches batches(NDManager manager, DataPass pass) throws IOException {
        Batches batches = data.batches(manager, startsLater ? pass : pass.from(0));
        return new WatchedBatches(batches, batch -> {
            if (pass.training()) {
                seen.computeIfAbsent(pass.epoch(), epoch -> new ArrayList<>()).addAll(batch.sources());
            }
        });
    }

    /** Not known, so that every pass asks for its images. */
    @Override
    public Optional<List<int[]>> fixedBatches(DataPass pass) {
        return Optional.empty();
    }
}
