package io.github.multilabel.evaluation.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the heads of a hierarchy are to answer, as chosen on labelled images. Immutable.
 *
 * @param finest the name of the finest head
 * @param powers by the name of each head that it answers with the best power of that head's own probability
 * @param isTogether whether the heads answer better together, by these powers, than by themselves
 * @param images that the choice was made by: those with the labels of all of these heads
 * @param own how good the answers are by themselves
 * @param joint how good they are together
 */
public record JointChoice(
        String finest, Map<String, Double> powers, boolean isTogether, int images, Quality own, Quality joint) {

    /** Keeps the order of the powers. */
    public JointChoice {
        powers = Collections.unmodifiableMap(new LinkedHashMap<>(powers));
    }

    /**
     * How good answers are.
     *
     * @param exactMatch the fraction of the images for which the answers of all heads are right
     * @param meanAccuracy the mean over the heads of the fraction for which theirs is
     */
    public record Quality(double exactMatch, double meanAccuracy) {

        /** Whether more images are right in all heads, or as many and more answers are right. */
        public boolean isBetterThan(Quality other) {
            return exactMatch > other.exactMatch || exactMatch == other.exactMatch && meanAccuracy > other.meanAccuracy;
        }
    }

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        Quality chosen = isTogether ? joint : own;
        Quality other = isTogether ? own : joint;
        String how = powers.entrySet().stream()
                .map(power -> power.getKey() + " " + power.getValue())
                .collect(Collectors.joining(", ", "together (powers: ", ")"));
        String otherwise = isTogether ? "by themselves" : "together";
        return String.format(
                Locale.ROOT,
                "%s, %s answer %s: all right for %.3f of %,d images, %s for %.3f; mean accuracy %.3f, %s %.3f",
                finest,
                String.join(", ", powers.keySet()),
                isTogether ? how : "by themselves",
                chosen.exactMatch,
                images,
                otherwise,
                other.exactMatch,
                chosen.meanAccuracy,
                otherwise,
                other.meanAccuracy);
    }
}
