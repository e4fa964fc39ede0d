package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.model.weights.WeightLoader;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Copies what a model keeps of the heads of another, see {@link KeptHeads}: hidden layers, and rows of categories. */
final class KeptWeights {

    private final Map<String, NDArray> sources;
    private final Map<String, NDArray> targets;
    private final NDList read = new NDList();
    private final NDList written = new NDList();

    private KeptWeights(Map<String, NDArray> sources, Map<String, NDArray> targets) {
        this.sources = sources;
        this.targets = targets;
    }

    static void copy(KeptHeads kept, MultiLabelModel from, MultiLabelModel to) {
        if (kept.kept().isEmpty()) {
            return;
        }
        try (NDManager before = from.manager().newSubManager();
                NDManager now = to.manager().newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            KeptWeights weights = new KeptWeights(
                    from.block().headParameters().namedAsInFile(before),
                    to.block().headParameters().namedAsInFile(now));
            kept.kept()
                    .forEach(head -> weights.add(
                            head, from.heads().get(head.name()), to.heads().get(head.name())));
            WeightLoader.copy(now, weights.written, weights.read);
        }
    }

    private void add(KeptHeads.Kept head, Head before, Head now) {
        for (String part : List.of(HeadParameters.WEIGHT, HeadParameters.BIAS)) {
            String hidden = "hidden." + head.name() + part;
            if (targets.containsKey(hidden)) {
                add(named(sources, hidden), named(targets, hidden));
            }
            String last = "heads." + head.name() + part;
            for (String category : head.categories()) {
                add(
                        row(named(sources, last), before.indexOf(category)),
                        row(named(targets, last), now.indexOf(category)));
            }
        }
    }

    private static NDArray named(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    private void add(NDArray source, NDArray target) {
        read.add(source);
        written.add(target);
    }

    /** A view, owned by the manager of the array. */
    private static NDArray row(NDArray rows, int index) {
        return rows.get(new NDIndex("{}:{}", index, index + 1));
    }
}
