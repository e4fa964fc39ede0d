package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that A and B have, in the same order, whatever theirs was, with the same heads, labels and groups.
 *
 * @param a what A says of them
 * @param b what B says of them
 * @param overlap what they are of all images
 */
record PairedImages(Predictions a, Predictions b, Overlap overlap) {

    /** An image by its name and, where several have it, which of them it is. */
    private record Image(String source, int occurrence) {

        static final Comparator<Image> ORDER =
                Comparator.comparing(Image::source).thenComparingInt(Image::occurrence);
    }

    /** @throws IllegalArgumentException if they have no image or head in common, or a head or group is not the same */
    static PairedImages of(Predictions a, Predictions b) {
        List<String> names = new ArrayList<>(a.heads().names());
        names.retainAll(b.heads().names());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A and B have no head in common, so that nothing can be compared: A has "
                    + Excerpt.of(a.heads().names()) + ", B "
                    + Excerpt.of(b.heads().names()));
        }
        List<SharedHead> shared = names.stream()
                .map(name -> new SharedHead(a.head(name), b.head(name)))
                .toList();
        Map<Image, Integer> rowsOfA = rows(a);
        Map<Image, Integer> rowsOfB = rows(b);
        List<Image> both = rowsOfA.keySet().stream()
                .filter(rowsOfB::containsKey)
                .sorted(Image.ORDER)
                .toList();
        requireSome(both, a, b);
        int[] rowA = both.stream().mapToInt(rowsOfA::get).toArray();
        int[] rowB = both.stream().mapToInt(rowsOfB::get).toArray();
        return paired(a, b, shared, rowA, rowB);
    }

    private static void requireSome(List<Image> both, Predictions a, Predictions b) {
        if (both.isEmpty()) {
            throw new IllegalArgumentException("A and B have no image in common: A has " + first(a) + ", B " + first(b)
                    + "; images are matched by their names, paths as the data set has them");
        }
    }

    private static String first(Predictions predictions) {
        return predictions.size() == 0
                ? "none"
                : predictions.size() + ", the first '" + Excerpt.of(predictions.source(0)) + "'";
    }

    private static Map<Image, Integer> rows(Predictions predictions) {
        Map<String, Integer> met = new HashMap<>();
        Map<Image, Integer> rows = new HashMap<>();
        for (int row = 0; row < predictions.size(); row++) {
            String source = predictions.source(row);
            rows.put(new Image(source, met.merge(source, 1, Integer::sum)), row);
        }
        return rows;
    }

    private static PairedImages paired(Predictions a, Predictions b, List<SharedHead> shared, int[] rowA, int[] rowB) {
        HeadSet heads = heads(a.heads(), b.heads(), shared);
        int[] contradictions = new int[shared.size()];
        Predictions.Builder ofA = Predictions.builder(heads);
        Predictions.Builder ofB = Predictions.builder(heads);
        for (int i = 0; i < rowA.length; i++) {
            Labels.Builder labels = Labels.builder(heads);
            float[][] logitsOfA = new float[shared.size()][];
            float[][] logitsOfB = new float[shared.size()][];
            for (int h = 0; h < logitsOfA.length; h++) {
                SharedHead head = shared.get(h);
                logitsOfA[h] = head.logitsOfA(rowA[i]);
                logitsOfB[h] = head.logitsOfB(rowB[i]);
                if (head.isContradicted(rowA[i], rowB[i])) {
                    contradictions[h]++;
                } else if (!head.isMissing(rowA[i], rowB[i])) {
                    labels.set(head.head().name(), head.right(rowA[i], rowB[i]));
                }
            }
            Labels known = labels.build();
            ofA.add(a.source(rowA[i]), known, logitsOfA);
            ofB.add(b.source(rowB[i]), known, logitsOfB);
        }
        Predictions pairedA = ofA.build()
                .withThresholds(a.thresholds().stream()
                        .filter(each -> heads.names().contains(each.head()))
                        .toList());
        Predictions pairedB = ofB.build()
                .withThresholds(b.thresholds().stream()
                        .filter(each -> heads.names().contains(each.head()))
                        .map(each -> shared.get(heads.indexOf(each.head())).inOrder(each))
                        .toList());
        Overlap overlap = new Overlap(
                rowA.length,
                a.size() - rowA.length,
                b.size() - rowA.length,
                without(a.heads(), heads),
                without(b.heads(), heads),
                byHead(heads, contradictions));
        if (!a.hasGroups() && !b.hasGroups()) {
            return new PairedImages(pairedA, pairedB, overlap);
        }
        List<String> groups = groups(a, b, rowA, rowB);
        return new PairedImages(pairedA.withGroups(groups), pairedB.withGroups(groups), overlap);
    }

    /** Those of A; of two heads of which one determines the other, as A says, where B knows of it too. */
    private static HeadSet heads(HeadSet a, HeadSet b, List<SharedHead> shared) {
        HeadSet heads = HeadSet.of(shared.stream().map(SharedHead::head).toList());
        for (Hierarchy.Link link : a.select(heads.names()).hierarchy().links()) {
            if (b.hierarchy().parents(link.child()).contains(link.parent())) {
                heads = heads.withParent(link.child(), link.parent(), link.categories(heads));
            }
        }
        return heads;
    }

    private static List<String> without(HeadSet all, HeadSet some) {
        return all.names().stream().filter(name -> !some.names().contains(name)).toList();
    }

    private static Map<String, Integer> byHead(HeadSet heads, int... counts) {
        Map<String, Integer> byHead = new LinkedHashMap<>();
        heads.names().forEach(name -> byHead.put(name, counts[byHead.size()]));
        return byHead;
    }

    private static List<String> groups(Predictions a, Predictions b, int[] rowA, int[] rowB) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < rowA.length; i++) {
            String group = a.hasGroups() ? a.group(rowA[i]) : b.group(rowB[i]);
            if (b.hasGroups() && !b.group(rowB[i]).equals(group)) {
                throw new IllegalArgumentException("image '" + Excerpt.of(a.source(rowA[i])) + "' is of the group '"
                        + Excerpt.of(group) + "' in A and of '" + Excerpt.of(b.group(rowB[i]))
                        + "' in B; withGroups gives both the same");
            }
            groups.add(group);
        }
        return groups;
    }

    /** How many images or groups are independent of each other. */
    int independent() {
        if (!a.hasGroups()) {
            return a.size();
        }
        HashSet<String> groups = new HashSet<>();
        for (int row = 0; row < a.size(); row++) {
            groups.add(a.group(row));
        }
        return groups.size();
    }
}
