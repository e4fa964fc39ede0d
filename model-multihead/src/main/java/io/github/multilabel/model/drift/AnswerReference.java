package io.github.multilabel.model.drift;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a model answered on images that it was judged by, so that it can be told later whether it is asked about other
 * ones: see {@link AnswerDrift}. A training keeps it of the validation images, in the model. Immutable.
 *
 * @param heads of each head what it answered
 */
public record AnswerReference(List<HeadReference> heads) {

    /** @throws IllegalArgumentException if a head is given twice */
    public AnswerReference {
        heads = List.copyOf(heads);
        Set<String> seen = new HashSet<>();
        for (HeadReference each : heads) {
            if (!seen.add(each.head())) {
                throw new IllegalArgumentException(
                        "reference of head '" + Excerpt.of(each.head()) + "' is given twice");
            }
        }
    }

    /**
     * Counts predictions of one model.
     *
     * @param predictions all with the same heads; none give a reference without heads
     */
    public static AnswerReference of(Stream<Prediction> predictions) {
        Map<String, HeadReference.Counter> counters = new LinkedHashMap<>();
        Given.require(predictions, "predictions", "what a predictor said of some images")
                .forEach(prediction -> {
                    for (HeadPrediction head : prediction.heads()) {
                        counters.computeIfAbsent(head.name(), name -> new HeadReference.Counter(head.head()))
                                .add(head);
                    }
                });
        return new AnswerReference(
                counters.values().stream().map(HeadReference.Counter::reference).toList());
    }

    /** What is left of it for some heads. */
    public AnswerReference filter(Predicate<String> heads) {
        return new AnswerReference(
                this.heads.stream().filter(each -> heads.test(each.head())).toList());
    }

    /**
     * Checks that it is for some heads.
     *
     * @throws IllegalArgumentException if it has another head, or a head another category
     */
    public void requireFit(HeadSet heads) {
        this.heads.forEach(each -> each.requireFit(heads));
    }
}
