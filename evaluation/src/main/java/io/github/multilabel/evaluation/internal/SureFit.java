package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.SureChoice;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.SureHeads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses on validation data from which probability on the heads of one hierarchy are sure: the smallest threshold at
 * which the sure answers are right with a wished precision, as {@link CertainPrecision} tells it from luck (after Goren
 * et al. 2024, hierarchical selective classification). Of each image the most specific sure answers count: none of a
 * head beside one of a head that determines it.
 *
 * <p>Each threshold for itself passes by luck in one of 20 times at most; the smallest of many that pass does a little
 * more often, and answers of several heads of one image are not independent of each other.
 */
final class SureFit {

    private final HeadSet heads;
    private final String finest;
    private final SureHeads agreeing;
    /** Of each head of the hierarchy, the most specific first. */
    private final Map<String, List<String>> parents = new LinkedHashMap<>();

    private final List<Answer> answers = new ArrayList<>();
    private int images;

    /**
     * What a head says of an image, if it agrees with the finest one.
     *
     * @param image its number
     * @param isLabelled whether it is known what is right
     */
    private record Answer(int image, String head, double probability, boolean isLabelled, boolean isRight) {}

    /** How many answers count, and how many of them are right. */
    private record Tally(int answers, int right) {

        private static final Tally NONE = new Tally(0, 0);

        private Tally plus(Tally other) {
            return new Tally(answers + other.answers, right + other.right);
        }

        private Tally minus(Tally other) {
            return new Tally(answers - other.answers, right - other.right);
        }
    }

    /** Begins without an image. */
    SureFit(HeadSet heads, String finest) {
        this.heads = heads;
        this.finest = finest;
        agreeing = new SureHeads(heads.hierarchy(), finest, 0);
        agreeing.names().forEach(head -> parents.put(head, heads.hierarchy().parents(head)));
    }

    /**
     * Takes an image.
     *
     * @param logits of all heads, in their order, as predictors have them
     * @param labels of the single-label heads, at the positions of all heads
     */
    void add(float[][] logits, int[] labels) {
        List<HeadPrediction> predictions = parents.keySet().stream()
                .map(head -> HeadPrediction.fromLogits(heads.get(head), logits[heads.indexOf(head)]))
                .toList();
        for (HeadPrediction head : agreeing.of(new Prediction("", predictions))) {
            int label = labels[heads.indexOf(head.name())];
            answers.add(new Answer(
                    images,
                    head.name(),
                    head.best().probability(),
                    label != Labels.MISSING,
                    label == head.head().indexOf(head.best().category())));
        }
        images++;
    }

    /**
     * Chooses.
     *
     * @param precision that is wished, in (0, 1)
     * @return empty if no threshold keeps it for certain
     */
    Optional<SureChoice> best(double precision) {
        CertainPrecision wished = new CertainPrecision(precision, answers.size());
        List<Answer> descending = answers.stream()
                .sorted(Comparator.comparingDouble(Answer::probability).reversed())
                .toList();
        Map<Integer, List<Answer>> sure = new HashMap<>();
        Tally all = Tally.NONE;
        Tally chosen = Tally.NONE;
        List<Answer> ofChosen = List.of();
        for (int i = 0; i < descending.size(); i++) {
            Answer next = descending.get(i);
            List<Answer> ofImage = sure.computeIfAbsent(next.image(), any -> new ArrayList<>());
            all = all.minus(mostSpecific(ofImage));
            ofImage.add(next);
            all = all.plus(mostSpecific(ofImage));
            boolean isLastOfEquals =
                    i + 1 == descending.size() || descending.get(i + 1).probability() < next.probability();
            if (isLastOfEquals && wished.isShownBy(all.right(), all.answers())) {
                chosen = all;
                ofChosen = descending.subList(0, i + 1);
            }
        }
        return ofChosen.isEmpty() ? Optional.empty() : Optional.of(choice(precision, chosen, ofChosen));
    }

    private SureChoice choice(double precision, Tally counted, List<Answer> sure) {
        Map<String, Double> coverage = new LinkedHashMap<>();
        for (String head : parents.keySet()) {
            long ofHead =
                    sure.stream().filter(answer -> answer.head().equals(head)).count();
            coverage.put(head, (double) ofHead / images);
        }
        return new SureChoice(
                finest,
                precision,
                sure.get(sure.size() - 1).probability(),
                (double) counted.right() / counted.answers(),
                counted.answers(),
                coverage);
    }

    private Tally mostSpecific(List<Answer> sure) {
        List<Answer> counted = sure.stream()
                .filter(answer -> answer.isLabelled()
                        && sure.stream().noneMatch(finer -> parents.getOrDefault(finer.head(), List.of())
                                .contains(answer.head())))
                .toList();
        return new Tally(
                counted.size(), (int) counted.stream().filter(Answer::isRight).count());
    }
}
