package io.github.multilabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.metrics.MultiLabelHeadMetrics;
import io.github.multilabel.evaluation.metrics.SingleLabelHeadMetrics;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.heads.HeadThreshold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Kept predictions say of a model what the pass over the images says. */
class KeptPredictionsTest {

    private static final HeadSet HEADS = SureLevelsTest.HEADS;

    /** At random, each head without a label now and then. */
    private static List<Labels> labels() {
        Random random = new Random(4);
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < SureLevelsTest.IMAGES; i++) {
            Labels.Builder image = Labels.builder(HEADS);
            if (random.nextInt(5) > 0) {
                image.setIndex("brand", random.nextInt(2));
            }
            if (random.nextInt(5) > 0) {
                image.setIndex("model", random.nextInt(3));
            }
            if (random.nextInt(5) > 0) {
                image.set("tags", random.nextBoolean() ? List.of("rain") : List.of());
            }
            labels.add(image.build());
        }
        return labels;
    }

    @Test
    void theEvaluationOfKeptPredictionsIsThatOfTheModelThatMadeThem() throws IOException {
        Colours data = new Colours(HEADS, labels());
        try (MultiLabelModel model = SureLevelsTest.model(HEADS)) {
            Evaluation direct = Evaluator.evaluate(model, data);
            Evaluation kept = Evaluator.evaluate(Evaluator.predictions(model, data));
            assertThat(direct.hierarchies()).as("the heads are a hierarchy").isNotEmpty();
            for (Map.Entry<String, Metric> metric : Metric.all(HEADS).entrySet()) {
                assertThat(metric.getValue().of(kept))
                        .as(metric.getKey())
                        .isCloseTo(metric.getValue().of(direct), within(1e-5));
            }
            assertThat(kept.hierarchies().get(0).contradictions())
                    .isEqualTo(direct.hierarchies().get(0).contradictions());
            assertThat(kept.hierarchies().get(0).labelled())
                    .isEqualTo(direct.hierarchies().get(0).labelled());
            assertThat(kept.samples()).isEqualTo(direct.samples());
            assertThat(kept.completelyLabelled()).isEqualTo(direct.completelyLabelled());
            assertThat(kept.exactlyMatched()).isEqualTo(direct.exactlyMatched());
            for (String head : HEADS.names()) {
                assertThat(kept.head(head).categories())
                        .isEqualTo(direct.head(head).categories());
                assertThat(kept.head(head)
                                .<Object>when(SingleLabelHeadMetrics::confusionCells, MultiLabelHeadMetrics::support))
                        .isEqualTo(direct.head(head)
                                .<Object>when(SingleLabelHeadMetrics::confusionCells, MultiLabelHeadMetrics::support));
            }
        }
    }

    /** By way of arrays on the heap, as other engines give them. */
    @Test
    void aPredictorKeepsWhatItsModelKeeps() throws IOException {
        Colours data = new Colours(HEADS, labels());
        List<HeadThreshold> thresholds = List.of(new HeadThreshold.OfTags("tags", List.of(0.3, 0.6)));
        try (MultiLabelModel plain = SureLevelsTest.model(HEADS);
                MultiLabelModel model = plain.withThresholds(thresholds);
                MultiLabelPredictor predictor = model.newPredictor()) {
            Predictions expected = Evaluator.predictions(model, data);

            Predictions kept = Evaluator.predictions(predictor, data);

            assertThat(kept.size()).isEqualTo(expected.size());
            assertThat(kept.thresholds()).isEqualTo(thresholds);
            for (int row = 0; row < expected.size(); row++) {
                assertThat(kept.source(row)).isEqualTo(expected.source(row));
                assertThat(kept.labels(row)).hasToString(expected.labels(row).toString());
                for (String head : HEADS.names()) {
                    assertThat(kept.head(head).probabilities(row))
                            .containsExactly(expected.head(head).probabilities(row), within(1e-6));
                }
            }
        }
    }

    @Test
    void aClosedPredictorIsNotEvaluated() throws IOException {
        try (MultiLabelModel model = SureLevelsTest.model(HEADS)) {
            MultiLabelPredictor predictor = model.newPredictor();
            predictor.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> Evaluator.predictions(predictor, new Colours(HEADS, labels())))
                    .withMessageContaining("closed");
        }
    }

    @Test
    void noImagesAreNoEvaluation() {
        Predictions none = Predictions.builder(HEADS).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(none))
                .withMessageContaining("no images");
    }
}
