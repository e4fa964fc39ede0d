package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.RowFingerprints;
import io.github.multilabel.training.internal.settings.Checksum;
import io.github.multilabel.training.internal.settings.Fingerprint;
import io.github.multilabel.training.internal.settings.Fingerprint.Entry;
import io.github.multilabel.training.internal.settings.Fingerprint.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a data set decides the numbers of a training: its settings as texts, and a fingerprint of each image.
 *
 * @param role {@code training} or {@code validation}, which is part of keys in checkpoints
 * @param data to name images
 * @param rowsAreCompared whether a training is refused whose labels differ
 * @param settings as texts
 * @param rows of each image
 */
record DataFingerprint(
        String role, MultiLabelDataset data, boolean rowsAreCompared, Fingerprint settings, RowFingerprints rows) {

    private static final String TRAINING = "training";
    private static final String VALIDATION = "validation";
    private static final String LABELS = ".labels";
    private static final String LENGTHS = ".lengths";
    private static final String TIMES = ".times";

    /** @param batches of an epoch */
    static DataFingerprint ofTraining(MultiLabelDataset data, DataPass pass, int batches) {
        DatasetDescription description = data.describe(pass);
        Fingerprint settings = Fingerprint.nothing()
                .compared("training images", data.size())
                .compared("batches per epoch", batches)
                .and(entries(description.compared(), Kind.COMPARED, TRAINING))
                .and(entries(description.free(), Kind.FREE, TRAINING));
        return new DataFingerprint(TRAINING, data, true, settings, description.rows());
    }

    /**
     * The fingerprint of validation data.
     *
     * @param compared whether the images choose the best epoch, so that neither they nor their labels may change
     */
    static DataFingerprint ofValidation(MultiLabelDataset data, DataPass pass, boolean compared) {
        DatasetDescription description = data.describe(pass);
        Kind kind = compared ? Kind.COMPARED : Kind.FREE;
        Fingerprint settings = new Fingerprint(
                        List.of(new Entry("validation images", Integer.toString(data.size()), kind)))
                .and(entries(description.compared(), kind, VALIDATION))
                .and(entries(description.free(), Kind.FREE, VALIDATION));
        return new DataFingerprint(VALIDATION, data, compared, settings, description.rows());
    }

    private static Fingerprint entries(Map<String, String> described, Kind kind, String role) {
        List<Entry> entries = new ArrayList<>();
        described.forEach((key, text) -> entries.add(new Entry(key + " of the " + role + " data", text, kind)));
        return new Fingerprint(entries);
    }

    /** One checksum of all names and labels, which earlier releases compared. */
    String namesAndLabels() {
        Checksum sum = new Checksum();
        for (int i = 0; i < data.size(); i++) {
            sum.add(data.source(i));
            Labels labels = data.labels(i);
            for (Head head : data.heads()) {
                sum.add(
                        labels.isMissing(head.name())
                                ? "?"
                                : labels.indices(head.name()).toString());
            }
        }
        return sum.toString();
    }

    /** The fingerprints of the images by name; {@code made} owns them. */
    Map<String, NDArray> tensors(NDManager made) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        add(tensors, LABELS, rows.labels(), made);
        add(tensors, LENGTHS, rows.lengths(), made);
        add(tensors, TIMES, rows.times(), made);
        return tensors;
    }

    private void add(Map<String, NDArray> tensors, String name, int[] values, NDManager made) {
        if (values.length > 0) {
            tensors.put(role + name, made.create(values));
        }
    }

    /** The differences to what {@link #tensors} gave; empty if it gave nothing, as in an earlier release. */
    Optional<RowDifferences> differences(Map<String, NDArray> saved) {
        int[] labels = values(saved, LABELS);
        return labels.length == 0
                ? Optional.empty()
                : Optional.of(RowDifferences.of(
                        this, new RowFingerprints(labels, values(saved, LENGTHS), values(saved, TIMES))));
    }

    private int[] values(Map<String, NDArray> saved, String name) {
        NDArray array = saved.get(role + name);
        return array == null ? new int[0] : array.toIntArray();
    }
}
