package io.github.multilabel.model.combination;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns {@link Combinations} from the labels of training images. Any label may be missing: whole combinations are
 * learned from images with all labels, pairs from those with both. For one thread.
 */
public final class CombinationLearner {

    /** So many numbers, of 20,000 combinations of ten heads, are walked for an image in less than a millisecond. */
    private static final int MOST_OF_WHOLE = 200_000;

    private final HeadSet heads;
    private final List<Rule> rules;
    private final long[] against;
    private final List<int[]> rows = new ArrayList<>();

    /**
     * Begins without an image.
     *
     * @param heads those of the model, of which the single-label ones take part
     * @param rules what is never to be answered, perhaps nothing
     * @throws IllegalArgumentException if no head is single-label, or a rule is for other heads
     */
    public CombinationLearner(HeadSet heads, List<Rule> rules) {
        Given.require(heads, "heads", "those of the model");
        this.rules = List.copyOf(Given.require(rules, "rules", "List.of() if nothing is forbidden"));
        List<String> single = heads.stream()
                .filter(head -> head.kind() == Head.Kind.SINGLE_LABEL)
                .map(Head::name)
                .toList();
        if (single.isEmpty()) {
            throw new IllegalArgumentException("no head of " + Excerpt.of(heads.names())
                    + " has one category for an image: there is nothing to answer together");
        }
        rules.forEach(rule -> rule.requireFit(heads));
        this.heads = heads.select(single);
        against = new long[rules.size()];
    }

    /**
     * Takes the labels of an image; those that follow from a hierarchy of the heads need not be there.
     *
     * @param labels of any heads; those that the model has not are passed over
     * @throws IllegalArgumentException if one is of a category that the head has not
     */
    public void add(Labels labels) {
        Labels known = Given.require(labels, "labels", "those of an image")
                .forHeads(heads)
                .completed();
        rows.add(heads.stream().mapToInt(head -> known.index(head.name())).toArray());
        for (int i = 0; i < against.length; i++) {
            against[i] += rules.get(i).forbids(known) ? 1 : 0;
        }
    }

    /** A sentence for each rule that forbids what images have. */
    public List<String> warnings() {
        return IntStream.range(0, against.length)
                .filter(i -> against[i] > 0)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "the rule '%s' forbids what %,d of %,d training images are by their labels: either is wrong",
                        Excerpt.of(rules.get(i).toString()),
                        against[i],
                        rows.size()))
                .toList();
    }

    /**
     * Learns from what was given.
     *
     * @throws IllegalArgumentException if the rules, and the parents that are known, leave nothing to answer
     */
    public Combinations learn() {
        int[][] labels = new int[heads.size()][rows.size()];
        int[][] counts = heads.stream().map(head -> new int[head.size()]).toArray(int[][]::new);
        for (int head = 0; head < labels.length; head++) {
            for (int row = 0; row < rows.size(); row++) {
                int label = rows.get(row)[head];
                labels[head][row] = label;
                if (label != Labels.MISSING) {
                    counts[head][label]++;
                }
            }
        }
        double[] exponents = new double[labels.length];
        Arrays.fill(exponents, 1);
        return new Combinations(heads, counts, prior(labels, counts), exponents, rules);
    }

    private Prior prior(int[][] labels, int[][] counts) {
        double[][] marginals = Combinations.marginals(counts);
        PairSelection pairs = PairSelection.of(labels, counts, marginals);
        Map<int[], Integer> seen = new TreeMap<>(Arrays::compare);
        for (int[] row : rows) {
            if (Arrays.stream(row).noneMatch(label -> label == Labels.MISSING)) {
                seen.merge(row, 1, Integer::sum);
            }
        }
        if (seen.size() <= MOST_OF_WHOLE / labels.length) {
            FullPrior whole = new FullPrior(
                    marginals,
                    seen.keySet().toArray(int[][]::new),
                    seen.values().stream().mapToInt(Integer::intValue).toArray());
            if (whole.gain() > 0 && whole.gain() >= pairs.gain()) {
                return whole;
            }
        }
        return new TreePrior(marginals, pairs.tables());
    }
}
