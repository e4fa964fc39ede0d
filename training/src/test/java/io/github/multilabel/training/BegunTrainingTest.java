package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.testsupport.StandardError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with a trained model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BegunTrainingTest {

    private static final Preprocessing LARGER = Preprocessing.imageNet(20).withCropMode(CropMode.CENTER);

    private ImageDataset train;
    private ImageDataset validation;
    private Path saved;
    private Evaluation evaluated;

    @BeforeAll
    void trainAndSave(@TempDir Path folder) throws IOException {
        train = Toy.data(Toy.HEADS, 60, 8);
        validation = Toy.data(Toy.HEADS, 20, 8);
        saved = folder.resolve("model");
        try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                .optPreprocessing(LARGER)
                .addHeadOptions("colour", HeadOptions.standard().hiddenUnits(7).dropout(0.1))
                .build()) {
            trainer.fit(train, validation);
            evaluated = trainer.evaluate(validation);
            trainer.model().save(saved);
        }
    }

    @AfterAll
    void close() {
        train.close();
        validation.close();
    }

    private static MultiLabelTrainerBuilder goOnWith(MultiLabelModel model) {
        return MultiLabelTrainer.builder().setModel(model).optEpochs(1).optProgress(false);
    }

    @Test
    void itBeginsWhereTheModelWas() throws Exception {
        MultiLabelTrainer trainer;
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            trainer = goOnWith(model)
                    .optFreezeEpochs(1) // or its statistics move with the first batch
                    .optLearningRate(1e-9)
                    .build();
        }
        try (trainer) {
            assertThat(trainer.evaluate(validation)).usingRecursiveComparison().isEqualTo(evaluated);
            assertThat(trainer.model().preprocessing()).isEqualTo(LARGER);
            assertThat(trainer.model().headLayers())
                    .containsOnly(
                            entry("colour", HeadLayers.linear().withHidden(7).withDropout(0.1)));

            assertThat(trainer.fit(train, validation)
                            .history()
                            .get(0)
                            .validation()
                            .orElseThrow()
                            .meanAccuracy())
                    .isEqualTo(evaluated.meanAccuracy());
        }
    }

    @Test
    void whatItAnsweredBeyondEachHeadForItselfIsAskedForAnew() throws Exception {
        HeadSet shapes = Toy.HEADS.withParent("colour", "shape", Map.of(Toy.COLOUR.category(0), Toy.SHAPE.category(0)));
        Rule rule = Rule.forbid("colour=" + Toy.COLOUR.category(1), "shape=" + Toy.SHAPE.category(0));
        try (MultiLabelTrainer trainer = Toy.trainer(shapes).optEpochs(1).build();
                MultiLabelModel sure = trainer.model().withSureAnswers(List.of(new SureAnswers("colour", 0.5, 0.9)));
                MultiLabelModel related =
                        sure.withCombinations(Optional.of(new CombinationLearner(shapes, List.of()).learn()));
                MultiLabelModel ruled =
                        sure.withCombinations(Optional.of(new CombinationLearner(shapes, List.of(rule)).learn()))) {
            assertThat(warnings(goOnWith(ruled)))
                    .contains("never answers what its rules forbid, [" + rule + "]; the trained one will not know them"
                            + " unless they are given again with optCombinations")
                    .contains("the trained one will not unless asked for with optSurePrecision(0.9)");
            assertThat(warnings(goOnWith(ruled).optCombinations(rule).optSurePrecision(0.9)))
                    .as("asked for again")
                    .doesNotContain("the trained one");
            assertThat(warnings(goOnWith(related).optSurePrecision(0.9)))
                    .as("hierarchies are answered together unasked")
                    .doesNotContain("the trained one");
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelModel together =
                        model.withCombinations(Optional.of(new CombinationLearner(Toy.HEADS, List.of()).learn()))) {
            assertThat(warnings(goOnWith(model))).doesNotContain("the trained one");
            assertThat(warnings(goOnWith(together)))
                    .contains("answers all heads together, the trained one will not unless asked for with"
                            + " optCombinations()");
        }
    }

    private static String warnings(MultiLabelTrainerBuilder builder) throws IOException {
        return StandardError.during(() -> builder.build().close());
    }

    @Test
    void theModelStaysAsItIs() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            try (MultiLabelTrainer trainer = goOnWith(model).build()) {
                trainer.fit(train);
            }
            assertThat(Evaluator.evaluate(model, validation))
                    .usingRecursiveComparison()
                    .isEqualTo(evaluated);
        }
    }

    @Test
    void headsOfTheSameNameKeepWhatTheyLearnt() throws Exception {
        HeadSet more = HeadSet.of(Head.singleLabel("colour", "yellow", "blue", "green", "red"), Toy.SHAPE, Toy.TAGS);
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelTrainer trainer = goOnWith(model).setHeads(more).build();
                ImageDataset labelled = Toy.data(more, 20, 8, (image, colour, shape) -> Labels.builder(more)
                        .setIndex("colour", more.get("colour").indexOf(Toy.COLOUR.category(colour)))
                        .setIndex("shape", shape)
                        .build())) {
            assertThat(trainer.evaluate(labelled).head("shape"))
                    .usingRecursiveComparison()
                    .isEqualTo(evaluated.head("shape"));
            assertThat(trainer.keptHeads().orElseThrow())
                    .hasToString(
                            "keeps [colour (3 categories; new: [yellow]), shape (2 categories)]; new heads: [tags]");
        }
    }

    @Test
    void optionsChangeWhatIsTheModels() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelTrainer trainer = goOnWith(model)
                        .optImageSize(16)
                        .optCropMode(CropMode.SQUASH)
                        .optTestTimeFlip(true)
                        .addHeadOptions("colour", HeadOptions.standard().hiddenUnits(9))
                        .build()) {
            assertThat(trainer.model().preprocessing())
                    .isEqualTo(LARGER.withSize(16).withCropMode(CropMode.SQUASH));
            assertThat(trainer.model().isTestTimeFlip()).isTrue();
            assertThat(trainer.model().headLayers().get("colour"))
                    .isEqualTo(HeadLayers.linear().withHidden(9).withDropout(0.1));
        }
    }

    @Test
    void theTestTimeFlipIsTheModels() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelModel flipped = model.withTestTimeFlip(true);
                MultiLabelTrainer trainer = goOnWith(flipped).build()) {
            assertThat(trainer.model().isTestTimeFlip()).isTrue();
        }
    }

    @Test
    void aModelAndABackboneExcludeEachOther() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> goOnWith(model).setBackbone(Toy.backbone()).build())
                    .withMessageContaining(
                            "setModel begins with the backbone of the model and setBackbone with another");
        }
    }

    @Test
    void aClosedModelIsRefused() throws Exception {
        MultiLabelModel model = MultiLabelModel.load(saved);
        model.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> goOnWith(model).build())
                .withMessageContaining("this model is closed");
    }
}
