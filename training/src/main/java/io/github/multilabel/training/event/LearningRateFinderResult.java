package io.github.multilabel.training.event;

import io.github.multilabel.training.MultiLabelTrainer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What {@link MultiLabelTrainer#findLearningRate} found: the loss of a short training whose learning rate rose from
 * step to step. While rates are too low, the loss stays; then it falls; then rates are too high, and it grows without
 * bound. {@link io.github.multilabel.training.report.LearningRatePlot} draws it.
 *
 * @param rates of the steps, by equal factors from one to the next
 * @param losses the weighted sum of the heads' losses, of each step's batch before the step; only the last may be other
 *     than finite
 * @param complete whether the test came to its end: the highest rate, or a loss that grew without bound; false if it
 *     was stopped
 */
public record LearningRateFinderResult(List<Double> rates, List<Double> losses, boolean complete) {

    /** Fastai's: when the loss is more than so many times the lowest, higher rates teach nothing. */
    private static final double DIVERGED = 4;

    /**
     * The fraction of the steps at the lowest rates, which learn next to nothing and so show how far batches differ.
     */
    private static final double AT_REST = 0.2;

    /**
     * Where nothing is learned at all, the smoothed loss falls below its start by more than so many standard deviations
     * in one of a hundred tests of 100 steps.
     */
    private static final double BY_CHANCE = 1.5;

    /** Steps that a suggestion needs. */
    public static final int FEWEST = 20;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException unless there are as many losses as rates, the rates ascend from above 0, and all
     *     losses but the last are finite
     */
    public LearningRateFinderResult {
        rates = List.copyOf(rates);
        losses = List.copyOf(losses);
        if (rates.size() != losses.size()) {
            throw new IllegalArgumentException(rates.size() + " rates have " + losses.size() + " losses; one for each");
        }
        for (int i = 0; i < rates.size(); i++) {
            if (!(rates.get(i) > (i == 0 ? 0 : rates.get(i - 1)) && rates.get(i) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("rates do not ascend from above 0: " + rates);
            }
            if (i < rates.size() - 1 && !Double.isFinite(losses.get(i))) {
                throw new IllegalArgumentException("the loss at rate " + rates.get(i) + " is " + losses.get(i)
                        + ", but the test ends with the first that is not finite");
            }
        }
    }

    /**
     * The losses without what differs from batch to batch: at each rate the mean over half a decade to either side, as
     * far as that was tried. Finite, but for the last if its loss is not.
     */
    public List<Double> smoothedLosses() {
        return IntStream.range(0, losses.size())
                .mapToObj(i -> i < finite() ? mean(i - reach(), i + reach() + 1) : losses.get(i))
                .toList();
    }

    /**
     * The rate around which the loss fell fastest: that before which it was highest, on the mean of half a decade,
     * compared with the half decade after. It suits as the highest rate of a schedule, for the heads; where the
     * backbone has a factor of it, it had that factor here, too.
     *
     * @return empty if fewer than 20 rates were tried, or if the loss fell no further than it may by chance because
     *     batches differ; {@link #toString} explains it
     */
    public OptionalDouble suggestion() {
        if (finite() < FEWEST || fall() <= fallByChance()) {
            return OptionalDouble.empty();
        }
        int steepest = IntStream.rangeClosed(reach(), Math.min(lowest(), finite() - 2))
                .boxed()
                .max((a, b) -> Double.compare(fallAround(a), fallAround(b)))
                .orElse(lowest());
        return OptionalDouble.of(rates.get(steepest));
    }

    /** Whether the loss has grown so much that higher rates need not be tried. */
    public boolean isDiverged() {
        if (finite() < losses.size()) {
            return true;
        }
        if (losses.isEmpty()) {
            return false;
        }
        List<Double> smoothed = smoothedLosses();
        double last = smoothed.get(smoothed.size() - 1);
        return last > DIVERGED * Collections.min(smoothed) && last > smoothed.get(0);
    }

    /** How many losses are finite. */
    private int finite() {
        int last = losses.size() - 1;
        return last >= 0 && !Double.isFinite(losses.get(last)) ? last : losses.size();
    }

    /** The number of steps over which the rate grows by half a decade. */
    private int reach() {
        double factor =
                rates.size() < 2 ? 10 : Math.pow(rates.get(rates.size() - 1) / rates.get(0), 1.0 / (rates.size() - 1));
        return (int) Math.max(2, Math.round(0.5 / Math.log10(factor)));
    }

    /** Of the finite losses from one index to before another, as far as they exist. */
    private double mean(int from, int to) {
        return losses.subList(Math.max(from, 0), Math.min(to, finite())).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private double fallAround(int i) {
        return mean(i - reach(), i) - mean(i + 1, i + 1 + reach());
    }

    /** The index of the lowest smoothed loss. */
    private int lowest() {
        List<Double> smoothed = smoothedLosses().subList(0, finite());
        return smoothed.indexOf(Collections.min(smoothed));
    }

    private int atRest() {
        return (int) Math.ceil(AT_REST * losses.size());
    }

    /** From the loss at the lowest rates to the lowest smoothed one. */
    private double fall() {
        return mean(0, atRest()) - smoothedLosses().get(lowest());
    }

    /** What such a fall may come to although nothing is learned, because batches differ. */
    private double fallByChance() {
        double mean = mean(0, atRest());
        double squares = losses.subList(0, atRest()).stream()
                .mapToDouble(loss -> (loss - mean) * (loss - mean))
                .sum();
        return BY_CHANCE * Math.sqrt(squares / (atRest() - 1));
    }

    /** A text for people: the suggestion and where it comes from, or why there is none. */
    @Override
    public String toString() {
        OptionalDouble suggestion = suggestion();
        if (suggestion.isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "suggested learning rate %.1e: around it the loss fell fastest, on its way from %.3g to %.3g at %.1e; %s",
                    suggestion.getAsDouble(),
                    mean(0, atRest()),
                    smoothedLosses().get(lowest()),
                    rates.get(lowest()),
                    tried());
        }
        if (finite() == 0 && !losses.isEmpty()) {
            return "no learning rate can be suggested: the loss was not finite at the first rate already, "
                    + String.format(Locale.ROOT, "%.1e", rates.get(0)) + ", before anything was learned; look at the"
                    + " weights of the model, of heads and categories, and at losses of your own";
        }
        String reason = finite() < FEWEST
                ? "that is too few, at least " + FEWEST + " are needed"
                : String.format(
                        Locale.ROOT,
                        "from %.3g to %.3g the loss fell no further than by chance, because batches differ (%.2g);"
                                + " take larger batches or more steps, and look at the labels",
                        mean(0, atRest()),
                        smoothedLosses().get(lowest()),
                        fallByChance());
        return "no learning rate can be suggested: " + tried() + "; " + reason;
    }

    private String tried() {
        if (rates.isEmpty()) {
            return "no rate was tried";
        }
        String end = isDiverged() ? ", where the loss grew without bound" : complete ? "" : ", where it was stopped";
        return String.format(
                Locale.ROOT,
                "%d rates were tried, from %.1e to %.1e%s",
                rates.size(),
                rates.get(0),
                rates.get(rates.size() - 1),
                end);
    }
}
