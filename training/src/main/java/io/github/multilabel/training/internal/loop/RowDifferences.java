package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.RowFingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How the images of a data set differ from those of a checkpoint, one sentence for each kind of difference.
 *
 * @param refused the training cannot go on
 * @param warned the numbers may be others
 * @param noted to be on the safe side
 */
record RowDifferences(List<String> refused, List<String> warned, List<String> noted) {

    /** More than one row in so many: more than a few corrections. */
    private static final int MANY = 10;

    private static final String KEEP_THE_SPLIT = "; if the table was split again because labels changed, keep the split"
            + " with ImageTable.writeSplit(file) and take it with table.split(file)";

    private static final RowDifferences NONE = new RowDifferences(List.of(), List.of(), List.of());

    /** Compares; if the number of images differs, nothing else can be compared. */
    static RowDifferences of(DataFingerprint data, RowFingerprints before) {
        RowFingerprints now = data.rows();
        int size = now.labels().length;
        if (before.labels().length != size) {
            return NONE;
        }
        List<String> refused = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        List<String> noted = new ArrayList<>();

        List<String> labels = names(data, i -> now.labels()[i] != before.labels()[i]);
        if (!labels.isEmpty()) {
            (data.rowsAreCompared() ? refused : warned)
                    .add("labels of the " + data.role() + " images: those of " + labels.size() + " of " + size
                            + " are not as in the checkpoint: " + BatchGroup.first(labels)
                            + (labels.size() * MANY > size ? KEEP_THE_SPLIT : ""));
        }
        boolean lengthsAreKnown = now.lengths().length == size && before.lengths().length == size;
        List<String> lengths = names(data, i -> lengthsAreKnown && now.lengths()[i] != before.lengths()[i]);
        if (!lengths.isEmpty()) {
            warned.add("files of the " + data.role() + " images: " + lengths.size() + " of " + size
                    + " have another length than in the checkpoint: " + BatchGroup.first(lengths));
        }
        boolean timesAreKnown = now.times().length == size && before.times().length == size;
        IntPredicate touched = i ->
                now.times()[i] != before.times()[i] && (!lengthsAreKnown || now.lengths()[i] == before.lengths()[i]);
        List<String> times = names(data, i -> timesAreKnown && touched.test(i));
        if (times.size() == size && size > 0) {
            noted.add(
                    "files of the " + data.role() + " images: all have the length that they have in the checkpoint, but"
                            + " another time of change, as in a copy of their folder");
        } else if (!times.isEmpty()) {
            warned.add("files of the " + data.role() + " images: " + times.size() + " of " + size
                    + " were written since the checkpoint, with the same length: " + BatchGroup.first(times));
        }
        return new RowDifferences(refused, warned, noted);
    }

    private static List<String> names(DataFingerprint data, IntPredicate differs) {
        return IntStream.range(0, data.rows().labels().length)
                .filter(differs)
                .mapToObj(data.data()::source)
                .toList();
    }
}
