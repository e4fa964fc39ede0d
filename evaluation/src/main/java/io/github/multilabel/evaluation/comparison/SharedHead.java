package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A head that A and B have. Its categories are in A's order. */
final class SharedHead {

    private final PredictedHead a;
    private final PredictedHead b;
    /** For each category its index in B. */
    private final int[] inB;

    private final float[] ofB;

    /** @throws IllegalArgumentException if they are of another kind or have other categories */
    SharedHead(PredictedHead a, PredictedHead b) {
        this.a = a;
        this.b = b;
        requireSame(a.head(), b.head());
        Map<String, Integer> indices = new HashMap<>();
        b.head().categories().forEach(category -> indices.put(category, indices.size()));
        inB = a.head().categories().stream().mapToInt(indices::get).toArray();
        ofB = new float[inB.length];
    }

    private static void requireSame(Head a, Head b) {
        String where = "head '" + Excerpt.of(a.name()) + "' ";
        String remedy = "; select the other heads to compare these";
        if (a.kind() != b.kind()) {
            throw new IllegalArgumentException(
                    where + "is " + a.kind() + " in A and " + b.kind() + " in B, and cannot be compared" + remedy);
        }
        Set<String> onlyA = without(a, b);
        Set<String> onlyB = without(b, a);
        if (!onlyA.isEmpty() || !onlyB.isEmpty()) {
            throw new IllegalArgumentException(
                    where + "has other categories in A than in B, and its metrics cannot be compared: only in A "
                            + Excerpt.of(onlyA) + ", only in B " + Excerpt.of(onlyB) + remedy);
        }
    }

    private static Set<String> without(Head all, Head some) {
        Set<String> left = new LinkedHashSet<>(all.categories());
        some.categories().forEach(left::remove);
        return left;
    }

    Head head() {
        return a.head();
    }

    float[] logitsOfA(int row) {
        float[] logits = new float[inB.length];
        a.logits(row, logits);
        return logits;
    }

    float[] logitsOfB(int row) {
        b.logits(row, ofB);
        float[] logits = new float[inB.length];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = ofB[inB[k]];
        }
        return logits;
    }

    /** Whether A and B say that something else is right; false where one of them does not say. */
    boolean isContradicted(int rowA, int rowB) {
        return !a.isMissing(rowA)
                && !b.isMissing(rowB)
                && IntStream.range(0, inB.length).anyMatch(k -> a.isRight(rowA, k) != b.isRight(rowB, inB[k]));
    }

    boolean isMissing(int rowA, int rowB) {
        return a.isMissing(rowA) && b.isMissing(rowB);
    }

    /** The categories that are right as A or B says. */
    List<String> right(int rowA, int rowB) {
        return IntStream.range(0, inB.length)
                .filter(k -> a.isRight(rowA, k) || b.isRight(rowB, inB[k]))
                .mapToObj(head()::category)
                .toList();
    }

    /** A threshold of B with the tags in A's order. */
    HeadThreshold inOrder(HeadThreshold ofB) {
        return ofB.when(
                single -> single,
                multi -> new HeadThreshold.OfTags(
                        multi.head(),
                        IntStream.of(inB).mapToObj(multi.thresholds()::get).toList()));
    }
}
