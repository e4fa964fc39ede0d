package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Of one head, for how many images A alone or B alone is right: with its answer, and with each category. */
final class AnswerPairs {

    private final Head head;
    private long support;
    private long onlyA;
    private long onlyB;
    private final long[] having;
    private final long[] foundByA;
    private final long[] foundByB;

    /** @param a of the same images as B */
    AnswerPairs(PredictedHead a, PredictedHead b) {
        head = a.head();
        having = new long[head.size()];
        foundByA = new long[head.size()];
        foundByB = new long[head.size()];
        for (int row = 0; row < a.size(); row++) {
            if (!a.isMissing(row)) {
                support++;
                add(right(a, row), predicted(a, row), predicted(b, row));
            }
        }
    }

    private void add(BitSet right, BitSet ofA, BitSet ofB) {
        onlyA += ofA.equals(right) && !ofB.equals(right) ? 1 : 0;
        onlyB += ofB.equals(right) && !ofA.equals(right) ? 1 : 0;
        for (int k = right.nextSetBit(0); k >= 0; k = right.nextSetBit(k + 1)) {
            having[k]++;
            foundByA[k] += ofA.get(k) && !ofB.get(k) ? 1 : 0;
            foundByB[k] += ofB.get(k) && !ofA.get(k) ? 1 : 0;
        }
    }

    private static BitSet right(PredictedHead head, int row) {
        BitSet right = new BitSet();
        for (int k = 0; k < head.head().size(); k++) {
            right.set(k, head.isRight(row, k));
        }
        return right;
    }

    /** The categories that are answered. */
    private static BitSet predicted(PredictedHead head, int row) {
        BitSet predicted = new BitSet();
        return head.when(
                single -> {
                    predicted.set(single.best(row));
                    return predicted;
                },
                multi -> {
                    for (int k = 0; k < multi.head().size(); k++) {
                        predicted.set(k, multi.isPredicted(row, k));
                    }
                    return predicted;
                });
    }

    /**
     * Tests what was counted.
     *
     * @param isGrouped whether images belong together, so that a test of images would take too few for chance
     */
    HeadComparison compared(boolean isGrouped, List<CategoryMetrics> ofA, List<CategoryMetrics> ofB) {
        List<McNemar> found = new ArrayList<>();
        for (int k = 0; k < having.length; k++) {
            found.add(test(isGrouped, having[k], foundByA[k], foundByB[k]));
        }
        double[] corrected =
                Holm.corrected(found.stream().mapToDouble(McNemar::p).toArray());
        List<CategoryComparison> categories = new ArrayList<>();
        for (int k = 0; k < having.length; k++) {
            categories.add(new CategoryComparison(ofA.get(k), ofB.get(k), found.get(k), corrected[k]));
        }
        return new HeadComparison(head, support, test(isGrouped, support, onlyA, onlyB), categories);
    }

    private static McNemar test(boolean isGrouped, long images, long onlyA, long onlyB) {
        return isGrouped || images == 0 ? McNemar.undefined(onlyA, onlyB) : McNemar.of(onlyA, onlyB);
    }
}
