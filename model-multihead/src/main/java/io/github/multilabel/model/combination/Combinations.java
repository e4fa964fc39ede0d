package io.github.multilabel.model.combination;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.prediction.Combination;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which categories of the single-label heads go together, as the labels of the training images had them, and what
 * follows for an image: the most probable combination {@code c} is the one with the greatest
 *
 * <pre>{@code P(c) * product over heads of (p(c) / m(c)) ^ e}</pre>
 *
 * <p>where {@code P} is how often the combination came in training, {@code p} the probability that a head gives to its
 * category in this image, {@code m} how often that category came (the sum of {@code P} over all combinations that have
 * it, so that of images with some labels only what goes together counts), and {@code e} the exponent of the head, 1
 * unless validation data says otherwise. What is found is exact, whatever the number of heads, unless thousands of
 * parts of what the rules leave would have to be looked at (2,000; fewer than a hundred are usual): then it is the best
 * of those combinations that were met, and obeys the rules all the same.
 *
 * <p>{@code P} is learned in one of two ways, by what predicts the rows better that are left out: from whole
 * combinations, or from pairs of heads, where each head depends on at most one other (Chow and Liu 1968). Counts are
 * smoothed: nothing is impossible because it was not seen, and combinations that were not seen are told apart by what
 * is known of each head (of whole combinations) or of each pair. How much is left to what was not seen is the estimate
 * of Good and Turing: the share of rows that are alone in having what they have.
 *
 * <p>Two things are impossible: what a {@link Rule} forbids, and another parent than the known one where one head
 * determines another ({@link HeadSet#hierarchy}).
 *
 * <pre>{@code
 * CombinationLearner learner = new CombinationLearner(heads, List.of(Rule.forbid("type=Van", "brand=Audi")));
 * rows.forEach(learner::add);
 * MultiLabelModel together = model.withCombinations(Optional.of(learner.learn()));
 * }</pre>
 *
 * <p>Immutable; threads may share it.
 */
public final class Combinations {

    private static final double MOST = 100;
    /** Of a probability; what a head rules out altogether is still told apart by the others. */
    private static final double LEAST = Math.log(Double.MIN_NORMAL);

    private final HeadSet heads;
    private final int[][] counts;
    private final double[][] logMarginals;
    private final Prior prior;
    private final double[] exponents;
    private final List<Rule> rules;
    private final Constraints constraints;
    private final int[] allowed;

    /**
     * @param heads all single-label
     * @param counts by head how many rows have each category
     * @throws IllegalArgumentException if an exponent is not in [0, 100], a rule is for other heads, or nothing is left
     *     to answer or can be found
     */
    Combinations(HeadSet heads, int[][] counts, Prior prior, double[] exponents, List<Rule> rules) {
        this.heads = heads;
        this.counts = counts;
        this.prior = prior;
        this.exponents = exponents;
        this.rules = List.copyOf(rules);
        logMarginals = Stream.of(prior.marginals())
                .map(each -> Arrays.stream(each).map(Math::log).toArray())
                .toArray(double[][]::new);
        for (int head = 0; head < exponents.length; head++) {
            if (!(exponents[head] >= 0 && exponents[head] <= MOST)) {
                throw new IllegalArgumentException("the exponent " + exponents[head] + " of head '"
                        + Excerpt.of(heads.get(head).name()) + "' is outside [0, " + (int) MOST + "]");
            }
        }
        rules.forEach(rule -> rule.requireFit(heads));
        constraints = Constraints.of(heads, rules);
        allowed = allowed(TreePrior.independent(marginals(counts)));
    }

    /** Any combination that is allowed. */
    private int[] allowed(TreePrior any) {
        double[][] none =
                Stream.of(logMarginals).map(each -> new double[each.length]).toArray(double[][]::new);
        Search search = new Search(any, none, constraints, Double.NEGATIVE_INFINITY);
        Solution found = search.best();
        if (found.isNone()) {
            throw new IllegalArgumentException((search.isCut()
                            ? "the rules are too entangled to find what they leave to answer: every combination of"
                                    + " categories that was tried is against "
                            : "nothing is left to answer: every combination of categories is against ")
                    + (rules.isEmpty() ? "" : "a rule of " + Excerpt.of(rules))
                    + (rules.isEmpty() || heads.hierarchy().isEmpty() ? "" : " or against ")
                    + (heads.hierarchy().isEmpty() ? "" : "the known parents " + heads.hierarchy())
                    + "; take something back");
        }
        return found.categories();
    }

    static double[][] marginals(int[][] counts) {
        return Stream.of(counts).map(Smoothing::probabilities).toArray(double[][]::new);
    }

    /** The heads that are answered together, which are all single-label. */
    public HeadSet heads() {
        return heads;
    }

    /** What is never answered. */
    public List<Rule> rules() {
        return rules;
    }

    /** By head the exponent of its probability. */
    public Map<String, Double> exponents() {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int head = 0; head < exponents.length; head++) {
            named.put(heads.get(head).name(), exponents[head]);
        }
        return named;
    }

    /**
     * The same with other exponents.
     *
     * @param exponents in [0, 100], by head; those that are left out stay
     * @throws IllegalArgumentException if a head is unknown or a number outside its range
     */
    public Combinations withExponents(Map<String, Double> exponents) {
        double[] changed = this.exponents.clone();
        Given.require(exponents, "exponents", "a number for each head, e.g. Map.of(\"type\", 0.5)")
                .forEach((head, exponent) -> changed[heads.indexOf(head)] = exponent);
        return new Combinations(heads, counts, prior, changed, rules);
    }

    /**
     * The same with one more rule. Whether training images are against it is not known any more, see
     * {@link CombinationLearner#warnings}.
     *
     * @throws IllegalArgumentException if the rule is for other heads, or nothing is left to answer
     * @see Rule#forbid(String...)
     */
    public Combinations forbid(String... terms) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(Rule.forbid(terms));
        return new Combinations(heads, counts, prior, exponents, all);
    }

    /**
     * The same for heads of a model, which may know other parents of categories.
     *
     * @param all among which are these heads, with the same categories
     * @throws IllegalArgumentException if they are not
     */
    public Combinations forHeads(HeadSet all) {
        HeadSet known = all.select(heads.names());
        heads.requireSame(known);
        return known.equals(heads) ? this : new Combinations(known, counts, prior, exponents, rules);
    }

    /**
     * Answers for an image.
     *
     * @param predicted by all heads, in any order; others are passed over
     * @throws IllegalArgumentException if a head is missing
     */
    public Combination answer(List<HeadPrediction> predicted) {
        Map<String, HeadPrediction> named = new LinkedHashMap<>();
        Given.require(predicted, "predicted", "the prediction of each head")
                .forEach(each -> named.put(each.name(), each));
        int[] own = new int[heads.size()];
        double[][] logs = new double[heads.size()][];
        for (int head = 0; head < own.length; head++) {
            HeadPrediction given = named.get(heads.get(head).name());
            if (given == null) {
                throw new IllegalArgumentException("no prediction of head '"
                        + Excerpt.of(heads.get(head).name()) + "' among those of " + Excerpt.of(named.keySet()));
            }
            logs[head] = given.probabilities().stream()
                    .mapToDouble(one -> Math.log(one.probability()))
                    .toArray();
            own[head] = TreePrior.indexOfLargest(logs[head]);
        }
        Posterior posterior = given(logs);
        int[] best = posterior.best();
        Map<String, String> categories = new LinkedHashMap<>();
        for (int head = 0; head < best.length; head++) {
            categories.put(heads.get(head).name(), heads.get(head).category(best[head]));
        }
        return new Combination(categories, Math.exp(posterior.logProbability(best)), !isSeen(own));
    }

    /**
     * What is known of an image.
     *
     * @param logProbabilities by head and category the logarithm of the probability; not NaN
     * @throws IllegalArgumentException if they are not for these heads
     */
    public Posterior given(double[][] logProbabilities) {
        if (logProbabilities.length != heads.size()) {
            throw new IllegalArgumentException(
                    "got probabilities for " + logProbabilities.length + " heads, the heads are " + heads.names());
        }
        double[][] evidence = new double[heads.size()][];
        for (int head = 0; head < evidence.length; head++) {
            Head each = heads.get(head);
            if (logProbabilities[head].length != each.size()) {
                throw new IllegalArgumentException("head '" + Excerpt.of(each.name()) + "' has " + each.size()
                        + " categories, got " + logProbabilities[head].length + " probabilities");
            }
            evidence[head] = new double[each.size()];
            for (int category = 0; category < evidence[head].length; category++) {
                evidence[head][category] = exponents[head]
                        * (Math.max(logProbabilities[head][category], LEAST) - logMarginals[head][category]);
            }
        }
        return new Posterior(heads, prior, constraints, evidence, allowed);
    }

    /**
     * Whether a training image had a combination; if it is pairs that were learned, whether each of them came.
     *
     * @param categories the index of the category of each head
     */
    public boolean isSeen(int... categories) {
        return prior.isSeen(categories);
    }

    int[][] counts() {
        return counts;
    }

    Prior prior() {
        return prior;
    }

    /** A text from which {@link #fromJson} makes the same. */
    public String toJson() {
        return CombinationsJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param heads those of the model
     * @throws IllegalArgumentException if it is no such text, or for other heads
     */
    public static Combinations fromJson(String json, HeadSet heads) {
        return CombinationsJson.read(
                Given.require(json, "json", "a text of toJson()"), Given.require(heads, "heads", "those of the model"));
    }

    /** For example {@code 196 combinations of brand, type, year in 8,144 images; 1 rule}. */
    @Override
    public String toString() {
        String among = String.join(", ", heads.names());
        String learned = prior instanceof FullPrior full
                ? String.format(
                        Locale.ROOT,
                        "%,d combinations of %s in %,d images",
                        full.seen().size(),
                        among,
                        full.rows())
                : "pairs of " + among + pairs(((TreePrior) prior).tables());
        return learned
                + (rules.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, "; %,d %s", rules.size(), rules.size() == 1 ? "rule" : "rules"));
    }

    private String pairs(List<PairTable> tables) {
        return tables.isEmpty()
                ? ", none of which tells of another"
                : tables.stream()
                        .map(table -> heads.get(table.given()).name() + "-"
                                + heads.get(table.head()).name())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
