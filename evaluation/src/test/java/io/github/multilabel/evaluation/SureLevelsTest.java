package io.github.multilabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.evaluation.metrics.SureChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a model is sure of is chosen by its own answers to labelled images. */
class SureLevelsTest {

    static final int IMAGES = 40;
    private static final Preprocessing SMALL = Preprocessing.imageNet(Colours.SIDE);
    static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("brand", "Audi", "BMW"),
                    Head.multiLabel("tags", "night", "rain"),
                    Head.singleLabel("model", "A4", "X5", "Z4"))
            .withParent("model", "brand", Map.of("A4", "Audi", "X5", "BMW", "Z4", "BMW"));

    static MultiLabelModel model(HeadSet heads) throws IOException {
        Network network = Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
        return MultiLabelModel.create(Backbones.of(network, SMALL), heads, SMALL, Device.cpu(), 3);
    }

    /** Of one colour each, so that no size and no crop changes them. */
    private static List<Prediction> predictions(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return IntStream.range(0, IMAGES)
                    .mapToObj(i -> {
                        BufferedImage image = new BufferedImage(Colours.SIDE, Colours.SIDE, BufferedImage.TYPE_INT_RGB);
                        for (int pixel = 0; pixel < Colours.SIDE * Colours.SIDE; pixel++) {
                            image.setRGB(pixel % Colours.SIDE, pixel / Colours.SIDE, Colours.colour(i));
                        }
                        return predictor.predict(image);
                    })
                    .toList();
        }
    }

    /** The answers, of which the least probable models are wrong. */
    private static List<Labels> labels(List<Prediction> answers, int wrong) {
        List<Integer> byProbability = IntStream.range(0, IMAGES)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> answers.get(i).head("model").best().probability()))
                .toList();
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            String model = answers.get(i).head("model").best().category();
            Head head = HEADS.get("model");
            labels.add(Labels.builder(HEADS)
                    .set("brand", answers.get(i).head("brand").best().category())
                    .set("tags", List.of())
                    .set(
                            "model",
                            byProbability.indexOf(i) < wrong
                                    ? head.category((head.indexOf(model) + 1) % head.size())
                                    : model)
                    .build());
        }
        return labels;
    }

    @Test
    void whatIsChosenIsWhatPredictionsTell() throws Exception {
        try (MultiLabelModel own = model(HEADS);
                MultiLabelModel model =
                        own.withJointDecoding(List.of(new JointDecoding("model", Map.of("brand", 0.5))))) {
            List<Prediction> answers = predictions(model);
            MultiLabelDataset data = new Colours(HEADS, labels(answers, 12));

            SureChoice chosen = SureLevels.choose(model, data, 0.85).get(0);

            assertThat(chosen.precision()).isGreaterThan(0.85);
            assertThat(chosen.coverage().keySet()).containsExactly("model", "brand");
            assertThat(chosen.coverage().get("model")).isStrictlyBetween(0.3, 0.9);
            try (MultiLabelModel sure = model.withSureAnswers(SureLevels.answers(List.of(chosen)))) {
                assertThat(sure.sureAnswers()).containsExactly(new SureAnswers("model", chosen.threshold(), 0.85));
                List<Prediction> told = predictions(sure);
                chosen.coverage().forEach((head, share) -> assertThat(told)
                        .as(head)
                        .filteredOn(one -> one.sure().orElseThrow().stream()
                                .map(HeadPrediction::name)
                                .anyMatch(head::equals))
                        .hasSize((int) Math.round(share * IMAGES)));
            }
            assertThat(SureLevels.choose(model, data, 0.999)).isEmpty();
        }
    }

    @Test
    void withoutAHierarchyThereIsNothingToChoose() throws Exception {
        MultiLabelDataset data = new Colours(HEADS, List.of(Labels.missing(HEADS)));
        try (MultiLabelModel flat = model(HEADS.select(List.of("model")));
                MultiLabelModel model = model(HEADS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SureLevels.choose(flat, data, 0.9))
                    .withMessageContaining("no head of [model] is known to determine another");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SureLevels.choose(model, data, 95))
                    .withMessageContaining("the precision 95.0 must be between 0 and 1");
            assertThat(SureLevels.choose(model, data, 0.9)).as("without labels").isEmpty();
            assertThat(Evaluator.evaluate(model, data).hierarchies().get(0).broken())
                    .isBetween(0.0, 1.0);
        }
    }
}
