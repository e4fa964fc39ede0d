package io.github.multilabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.CalibrationChoice;
import io.github.multilabel.evaluation.calibration.TagThresholds;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calibration and thresholds are chosen by a model's own answers, and every predictor and evaluation has them. */
class CalibratedAnswersTest {

    private static final int IMAGES = 200;
    private static final Preprocessing SMALL = Preprocessing.imageNet(Colours.SIDE);
    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "Ford"), Head.multiLabel("tags", "night", "rain"));

    private static MultiLabelModel model() throws IOException {
        Network network = Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
        MultiLabelModel model = MultiLabelModel.create(Backbones.of(network, SMALL), HEADS, SMALL, Device.cpu(), 3);
        model.block().parametersByName().forEach((name, parameter) -> {
            if (name.startsWith("heads.")) { // so certain as the labels are not
                try (NDArray louder = parameter.getArray().mul(12)) {
                    parameter.getArray().set(louder.toByteBuffer());
                }
            }
        });
        return model;
    }

    private static List<Prediction> predictions(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predictImages(IntStream.range(0, IMAGES)
                    .mapToObj(i -> {
                        BufferedImage image = new BufferedImage(Colours.SIDE, Colours.SIDE, BufferedImage.TYPE_INT_RGB);
                        for (int pixel = 0; pixel < Colours.SIDE * Colours.SIDE; pixel++) {
                            image.setRGB(pixel % Colours.SIDE, pixel / Colours.SIDE, Colours.colour(i));
                        }
                        return ImageFactory.getInstance().fromImage(image);
                    })
                    .toList());
        }
    }

    /** The best brand for about three of four images, and the more probable tags as often. */
    private static List<Labels> labels(List<Prediction> answers) {
        Random random = new Random(5);
        Head brands = HEADS.get("brand");
        List<Labels> labels = new ArrayList<>();
        for (Prediction answer : answers) {
            int best = brands.indexOf(answer.head("brand").best().category());
            Labels.Builder one = Labels.builder(HEADS);
            if (labels.size() % 10 > 0) {
                one.setIndex("brand", random.nextInt(4) > 0 ? best : (best + 1) % 3);
                one.set(
                        "tags",
                        answer.head("tags").probabilities().stream()
                                .filter(tag -> tag.probability() > 0.5 == random.nextInt(4) > 0)
                                .map(CategoryProbability::category)
                                .toList());
            }
            labels.add(one.build());
        }
        return labels;
    }

    private static List<List<List<String>>> answered(List<Prediction> predictions) {
        return predictions.stream()
                .map(one -> one.heads().stream()
                        .map(head -> head.predicted().stream()
                                .map(CategoryProbability::category)
                                .sorted()
                                .toList())
                        .toList())
                .toList();
    }

    @Test
    void probabilitiesBecomeAsCertainAsTheyAreRightAndAnswersStay() throws Exception {
        try (MultiLabelModel model = model()) {
            List<Prediction> before = predictions(model);
            Colours data = new Colours(HEADS, labels(before));

            List<CalibrationChoice> chosen = CalibratedAnswers.choose(model, data);

            assertThat(chosen).extracting(CalibrationChoice::head).containsExactly("brand", "tags");
            assertThat(chosen).extracting(CalibrationChoice::images).containsExactly(180, 180);
            assertThat(chosen).allSatisfy(choice -> assertThat(choice.after().equalMass())
                    .isLessThan(choice.before().equalMass()));
            try (MultiLabelModel calibrated = model.withCalibration(CalibratedAnswers.calibration(chosen));
                    MultiLabelModel same = calibrated.withThresholds(CalibratedAnswers.sameTags(chosen))) {
                assertThat(answered(predictions(same))).isEqualTo(answered(before));
                assertThat(predictions(same).stream()
                                .mapToDouble(one -> one.head("brand").best().probability())
                                .average()
                                .orElseThrow())
                        .isCloseTo(0.75, within(0.08));
                Evaluation own = Evaluator.evaluate(model, data);
                Evaluation evaluation = Evaluator.evaluate(same, data);
                assertThat(evaluation.head("brand").accuracy())
                        .isEqualTo(own.head("brand").accuracy());
                assertThat(evaluation.head("tags").macro())
                        .isEqualTo(own.head("tags").macro());
                assertThat(evaluation.head("brand").loss())
                        .isLessThan(own.head("brand").loss());
                assertThat(evaluation.head("tags").loss())
                        .isLessThan(own.head("tags").loss());
                assertThat(CalibratedAnswers.choose(same, data))
                        .as("whatever the calibration is now")
                        .isEqualTo(chosen);
            }
        }
    }

    @Test
    void asManyImagesAreAnsweredAsWasPromised() throws Exception {
        try (MultiLabelModel model = model()) {
            Colours data = new Colours(HEADS, labels(predictions(model)));

            Map<String, AbstentionChoice> chosen = AnswerThresholds.unknown(model, data, 0.65);

            assertThat(chosen).containsOnlyKeys("brand");
            assertThat(chosen.get("brand").precision()).isGreaterThan(0.65);
            assertThat(AnswerThresholds.unknown(model, data, 0.99)).isEmpty();
            try (MultiLabelModel careful = model.withThresholds(AnswerThresholds.ofUnknown(chosen))) {
                List<Prediction> told = predictions(careful);
                assertThat(IntStream.range(0, IMAGES)
                                .filter(i -> i % 10 > 0)
                                .filter(i -> !told.get(i).head("brand").unknown())
                                .count())
                        .isEqualTo(chosen.get("brand").answers());
                assertThat(Evaluator.evaluate(careful, data).head("brand").accuracy())
                        .as("of all answers")
                        .isEqualTo(Evaluator.evaluate(model, data).head("brand").accuracy());
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AnswerThresholds.unknown(model, data, 95))
                    .withMessageContaining("the precision 95.0 must be between 0 and 1");
        }
    }

    @Test
    void anEvaluationCountsTagsByTheThresholdsOfTheModel() throws Exception {
        try (MultiLabelModel model = model()) {
            Colours data = new Colours(HEADS, labels(predictions(model)));

            Map<String, List<TagThresholds.Tag>> chosen = AnswerThresholds.tags(model, data);

            assertThat(chosen).containsOnlyKeys("tags");
            Evaluation own = Evaluator.evaluate(model, data);
            try (MultiLabelModel careful = model.withThresholds(AnswerThresholds.ofTags(chosen));
                    MultiLabelModel never = model.withThresholds(
                            List.of(new HeadThreshold.OfTags("tags", List.of(1 - 1e-12, 1e-12))))) {
                Evaluation evaluation = Evaluator.evaluate(careful, data);
                for (int k = 0; k < 2; k++) {
                    TagThresholds.Tag tag = chosen.get("tags").get(k);
                    if (tag.isChosen()) {
                        assertThat(evaluation.head("tags").categories().get(k).f1())
                                .isCloseTo(tag.f1(), within(1e-9));
                        assertThat(own.head("tags").categories().get(k).f1()).isCloseTo(tag.usualF1(), within(1e-9));
                    }
                }
                assertThat(chosen.get("tags")).anyMatch(TagThresholds.Tag::isChosen);
                Evaluation extreme = Evaluator.evaluate(never, data);
                assertThat(extreme.head("tags").category("night").predicted()).isZero();
                assertThat(extreme.head("tags").category("rain").predicted()).isEqualTo(180);
            }
        }
    }
}
