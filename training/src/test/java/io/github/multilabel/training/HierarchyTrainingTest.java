package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.JointAnswers;
import io.github.multilabel.evaluation.metrics.JointChoice;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.prediction.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head that determines others: a drawing determines its shape and its colour. */
class HierarchyTrainingTest {

    private static final Head DRAWING =
            Head.singleLabel("drawing", "red disc", "red bar", "green disc", "green bar", "blue disc", "blue bar");
    private static final HeadSet UNRELATED = HeadSet.of(Toy.SHAPE, DRAWING, Toy.COLOUR);
    private static final HeadSet HEADS =
            UNRELATED.withParent("drawing", "shape", parentOf(1)).withParent("drawing", "colour", parentOf(0));

    private static Map<String, String> parentOf(int word) {
        Map<String, String> parentOf = new HashMap<>();
        DRAWING.categories().forEach(drawing -> parentOf.put(drawing, drawing.split(" ")[word]));
        return parentOf;
    }

    private static ImageDataset data(HeadSet heads, int images, int withDrawing) throws IOException {
        return Toy.data(heads, images, 8, (index, colour, shape) -> {
            Labels.Builder labels =
                    Labels.builder(heads).setIndex("colour", colour).setIndex("shape", shape);
            if (index % withDrawing == 0) {
                labels.setIndex("drawing", colour * 2 + shape);
            }
            return labels.build();
        });
    }

    @Test
    void answersTogetherAfterTheTrainingAndWhereverItIsLoaded(@TempDir Path folder)
            throws IOException, MalformedModelException {
        try (ImageDataset train = data(HEADS, 60, 1);
                ImageDataset validation = data(HEADS, 20, 1);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train, validation);
            List<JointChoice> choices = JointAnswers.choose(trainer.model(), validation);
            JointChoice choice = choices.get(0);

            assertThat(choices).hasSize(1);
            assertThat(choice.images()).isEqualTo(20);
            assertThat(choice.isTogether()).isTrue();
            assertThat(trainer.model().jointDecoding()).isEqualTo(JointAnswers.decodings(choices));
            assertThat(trainer.evaluate(validation).exactMatch())
                    .isEqualTo(choice.joint().exactMatch());

            trainer.model().save(folder.resolve("model"));
            try (MultiLabelModel loaded = MultiLabelModel.load(folder.resolve("model"));
                    MultiLabelModel alone = loaded.withJointDecoding(List.of());
                    MultiLabelPredictor predictor = loaded.newPredictor()) {
                assertThat(Evaluator.evaluate(loaded, validation).exactMatch())
                        .isEqualTo(choice.joint().exactMatch());
                assertThat(Evaluator.evaluate(alone, validation).exactMatch())
                        .isEqualTo(choice.own().exactMatch());
                assertThat(validation.samples()).allSatisfy(sample -> {
                    Prediction drawing = predictor.predict(sample.image());
                    double red = drawing.head("drawing").probability("red disc")
                            + drawing.head("drawing").probability("red bar");
                    assertThat(drawing.head("colour").probability("red")).isCloseTo(red, within(1e-5));
                });
            }
        }
    }

    @Test
    void theMostProbablePathIsAnsweredToo() throws IOException {
        try (ImageDataset train = data(HEADS, 60, 1);
                MultiLabelTrainer trainer = Toy.trainer(HEADS).build()) {
            trainer.fit(train, train);
            try (MultiLabelPredictor predictor = trainer.predictor()) {
                assertThat(train.samples()).allSatisfy(sample -> {
                    Prediction drawing = predictor.predict(sample.image());
                    String best = drawing.head("drawing").best().category();
                    assertThat(drawing.combination().orElseThrow().categories())
                            .containsEntry("drawing", best)
                            .containsEntry("colour", best.split(" ")[0])
                            .containsEntry("shape", best.split(" ")[1]);
                    assertThat(drawing.sure()).as("nobody asked").isEmpty();
                });
            }
        }
    }

    @Test
    void whatIsSureIsToldWhereItIsWished() throws IOException {
        try (ImageDataset train = data(HEADS, 96, 1);
                MultiLabelTrainer trainer = Toy.trainer(HEADS)
                        .optEpochs(6)
                        .optCalibration(false)
                        .optSurePrecision(0.9)
                        .build()) {
            trainer.fit(train, train);
            assertThat(trainer.model().sureAnswers()).hasSize(1).allSatisfy(sure -> {
                assertThat(sure.finest()).isEqualTo("drawing");
                assertThat(sure.precision()).isEqualTo(0.9);
            });
            assertThat(trainer.answerLines()).hasSize(2);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(UNRELATED).optSurePrecision(0.9).build())
                .withMessageContaining("optSurePrecision(0.9): for heads that determine others");
    }

    @Test
    void headsThatDetermineNothingAreAnsweredTogetherWhereItIsWished() throws IOException {
        try (ImageDataset train = data(UNRELATED, 60, 1);
                MultiLabelTrainer trainer = Toy.trainer(UNRELATED)
                        .optCombinations(Rule.forbid("shape=disc", "colour=red"))
                        .optCalibration(false)
                        .build()) {
            trainer.fit(train, train);
            assertThat(trainer.model().combinations().orElseThrow().rules()).hasSize(1);
            assertThat(trainer.answerLines()).singleElement().asString().startsWith("combinations (exponents: shape ");
            try (MultiLabelPredictor predictor = trainer.predictor()) {
                assertThat(train.samples())
                        .extracting(sample -> predictor
                                .predict(sample.image())
                                .combination()
                                .orElseThrow()
                                .categories())
                        .doesNotContain(Map.of("shape", "disc", "colour", "red", "drawing", "red disc"))
                        .contains(Map.of("shape", "bar", "colour", "blue", "drawing", "blue bar"));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(UNRELATED)
                        .optCombinations(Rule.forbid("shape=disk"))
                        .build())
                .withMessageContaining("rule 'shape=disk'")
                .withMessageContaining("did you mean 'disc'?");
    }

    @Test
    void coarseLabelsTeachTheFinerHead() throws IOException {
        try (ImageDataset someFine = data(HEADS, 96, 8);
                ImageDataset unrelated = data(UNRELATED, 96, 8);
                ImageDataset validation = data(HEADS, 40, 1);
                MultiLabelTrainer taught = Toy.trainer(HEADS).optEpochs(6).build();
                MultiLabelTrainer untaught = Toy.trainer(UNRELATED).optEpochs(6).build()) {
            double with = taught.fit(someFine, validation)
                    .last()
                    .validation()
                    .orElseThrow()
                    .head("drawing")
                    .accuracy();
            double without = untaught.fit(unrelated, validation)
                    .last()
                    .validation()
                    .orElseThrow()
                    .head("drawing")
                    .accuracy();

            assertThat(with).isGreaterThan(without + 0.1);
        }
    }

    @Test
    void aParentWithoutALossIsReadOffTheFinestHead() throws IOException {
        try (ImageDataset train = data(HEADS, 60, 1);
                MultiLabelTrainer trainer = Toy.trainer(HEADS)
                        .addHeadOptions("colour", HeadOptions.standard().lossWeight(0))
                        .optEpochs(1)
                        .build()) {
            trainer.fit(train, train);
            assertThat(trainer.jointChoices()).hasSize(1).allSatisfy(choice -> {
                assertThat(choice.isTogether()).isTrue();
                assertThat(choice.powers()).containsEntry("colour", 0.0);
            });
        }
    }

    @Test
    void anAuxiliaryFinestHeadLeavesTheOthersByThemselves() throws IOException {
        try (ImageDataset train = data(HEADS, 16, 1);
                MultiLabelTrainer trainer = Toy.trainer(HEADS)
                        .addHeadOptions("drawing", HeadOptions.standard().auxiliary())
                        .optEpochs(1)
                        .build()) {
            trainer.fit(train, train);
            assertThat(trainer.model().heads().hierarchy().isEmpty()).isTrue();
            assertThat(trainer.model().jointDecoding()).isEmpty();
        }
    }

    @Test
    void aTrainingGoesOnWithTheSameHierarchyAlone(@TempDir Path folder) throws IOException {
        try (ImageDataset train = data(HEADS, 16, 1)) {
            try (MultiLabelTrainer trainer = Toy.trainer(HEADS)
                    .optEpochs(1)
                    .optCheckpoints(CheckpointOptions.in(folder))
                    .build()) {
                trainer.fit(train, train);
            }
            try (MultiLabelTrainer resumed = Toy.trainer(UNRELATED)
                    .optEpochs(2)
                    .optCheckpoints(CheckpointOptions.in(folder).resume())
                    .build()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> resumed.fit(train, train))
                        .withMessageContaining(
                                "which heads determine others (optParents): none now, drawing -> shape," + " colour");
            }
        }
    }

    @Test
    void thereIsSomethingToChooseOnlyInAHierarchy() throws IOException {
        try (ImageDataset train = Toy.data(Toy.HEADS, 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JointAnswers.choose(trainer.model(), train))
                    .withMessageContaining("no head of [shape, colour] is known to determine another");
        }
    }
}
