package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.heads.HeadThreshold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What came of the predictions of all heads, unit by unit. Found in one pass over the logits of each head. */
final class Outcomes {

    private final HeadSet headSet;
    private final Units units;
    private final List<HeadOutcomes> heads;
    private final List<PathOutcomes> hierarchies;
    /** Of the images that are labelled for every head, by the number of heads that are right. */
    private final CellCounts right;
    /** All images. */
    private final CellCounts images;

    private final List<HeadThreshold> thresholds;
    private final int size;

    Outcomes(Predictions predictions) {
        headSet = predictions.heads();
        units = Units.of(predictions);
        size = predictions.size();
        thresholds = predictions.thresholds();
        heads = predictions.all().stream()
                .map(head -> HeadOutcomes.of(head, units))
                .toList();
        hierarchies = headSet.hierarchy().finest().stream()
                .map(finest -> new PathOutcomes(headSet, heads, finest, size, units))
                .toList();
        CellCounts.Builder ofRight = new CellCounts.Builder(units.size());
        CellCounts.Builder ofImages = new CellCounts.Builder(units.size());
        for (int row = 0; row < size; row++) {
            ofImages.add(units.of(row), 0);
            int image = row;
            if (heads.stream().noneMatch(head -> head.isMissing(image))) {
                ofRight.add(
                        units.of(row),
                        heads.stream().filter(head -> head.isCorrect(image)).count());
            }
        }
        right = ofRight.build();
        images = ofImages.build();
    }

    Units units() {
        return units;
    }

    HeadSet headSet() {
        return headSet;
    }

    List<HeadOutcomes> heads() {
        return heads;
    }

    /** By the number of heads that are right, the images that are labelled for every head. */
    CellCounts.Counted right(int... weights) {
        return right.under(weights);
    }

    /** The metrics that follow from answers, and the losses; every head and category has the weight 1. */
    Evaluation evaluation(int... weights) {
        List<HeadCounts> counts =
                heads.stream().map(head -> head.counts(weights)).toList();
        double[] losses = counts.stream()
                .mapToDouble(HeadCounts::loss)
                .filter(loss -> !Double.isNaN(loss))
                .toArray();
        double loss = losses.length == 0 ? Double.NaN : 0;
        for (double each : losses) {
            loss += each;
        }
        CellCounts.Counted complete = right(weights);
        return Evaluation.of(new EvaluationCounts(
                headSet,
                counts,
                loss,
                images.under(weights).total(),
                complete.total(),
                complete.of(headSet.size()),
                hierarchies.stream().map(path -> path.under(weights)).toList()));
    }

    /** Whether the probabilities of each head can be trusted. */
    List<HeadConfidence> confidences() {
        return heads.stream()
                .map(head -> head.confidence(thresholds.stream()
                        .filter(each -> each.head().equals(head.head().name()))
                        .findFirst()))
                .toList();
    }

    /** How the mistakes of each two heads go together. */
    List<HeadErrors> errors() {
        BitSet[] labelled = new BitSet[heads.size()];
        BitSet[] wrong = new BitSet[heads.size()];
        for (int h = 0; h < labelled.length; h++) {
            labelled[h] = new BitSet(size);
            wrong[h] = new BitSet(size);
            for (int row = 0; row < size; row++) {
                boolean isKnown = !heads.get(h).isMissing(row);
                labelled[h].set(row, isKnown);
                wrong[h].set(row, isKnown && !heads.get(h).isCorrect(row));
            }
        }
        List<HeadErrors> errors = new ArrayList<>();
        for (int first = 0; first < labelled.length; first++) {
            for (int second = first + 1; second < labelled.length; second++) {
                errors.add(new HeadErrors(
                        headSet.get(first).name(),
                        headSet.get(second).name(),
                        both(labelled[first], labelled[second]),
                        both(wrong[first], labelled[second]),
                        both(labelled[first], wrong[second]),
                        both(wrong[first], wrong[second])));
            }
        }
        return List.copyOf(errors);
    }

    private static int both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both.cardinality();
    }
}
