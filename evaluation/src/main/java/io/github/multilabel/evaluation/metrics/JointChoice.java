package io.github.multilabel.evaluation.metrics;

import io.github.multilabel.core.Hierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the heads of a hierarchy are to answer, as chosen on labelled images. Immutable.
 *
 * <p>The probabilities of heads that answer together are sums over what the finest head can be, and the most probable
 * category of each is most often right. The categories of the most probable combination are most often all right
 * (Dembczynski et al. 2012, "On label dependence and loss minimization in multi-label classification"). Neither is best
 * by the other's measure, so both are reported.
 *
 * @param finest the name of the finest head
 * @param powers by the name of each head that it answers with the power of that head's own probabilities
 * @param isTogether whether the heads answer better together, by these powers, than by themselves
 * @param images that the choice was made by: those with the labels of all of these heads
 * @param own how good the heads' answers are by themselves
 * @param joint how good they are together
 * @param combined the fraction of the images for which the most probable combination is right in all heads
 */
public record JointChoice(
        String finest,
        Map<String, Double> powers,
        boolean isTogether,
        int images,
        AnswerQuality own,
        AnswerQuality joint,
        double combined) {

    /** Keeps the order of the powers. */
    public JointChoice {
        powers = Collections.unmodifiableMap(new LinkedHashMap<>(powers));
    }

    /**
     * A line for each head that determines one which was asked to answer with another head: a brand that both the model
     * and the logo of a car determine answers with one of them, and may contradict the other.
     *
     * @param hierarchy of the heads
     * @param choices of all of its finest heads
     */
    public static List<String> leftOut(Hierarchy hierarchy, List<JointChoice> choices) {
        List<String> lines = new ArrayList<>();
        for (String finest : hierarchy.finest()) {
            for (JointChoice other : choices) {
                List<String> shared = hierarchy.parents(finest).stream()
                        .filter(other.powers()::containsKey)
                        .toList();
                if (!other.finest().equals(finest) && !shared.isEmpty()) {
                    String parents = String.join(", ", shared);
                    lines.add(finest + " and " + parents
                            + " do not answer together, and may contradict each other: of the"
                            + " heads that determine " + parents + ", only " + other.finest() + " was asked");
                }
            }
        }
        return lines;
    }

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        String how = powers.entrySet().stream()
                .map(power -> power.getKey() + " " + power.getValue())
                .collect(Collectors.joining(", ", "together (powers of own heads: ", ")"));
        AnswerQuality chosen = isTogether ? joint : own;
        AnswerQuality other = isTogether ? own : joint;
        return String.format(
                Locale.ROOT,
                "%s, %s answer %s: mean accuracy %.3f, %s %.3f; all right for %.3f of %,d images, %s for %.3f, in the most"
                        + " probable combination for %.3f",
                finest,
                String.join(", ", powers.keySet()),
                isTogether ? how : "by themselves",
                chosen.meanAccuracy(),
                isTogether ? "by themselves" : "together",
                other.meanAccuracy(),
                chosen.exactMatch(),
                images,
                isTogether ? "by themselves" : "together",
                other.exactMatch(),
                combined);
    }
}
