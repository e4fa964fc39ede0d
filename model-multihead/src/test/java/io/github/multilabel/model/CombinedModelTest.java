package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.prediction.Combination;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that knows which categories go together. */
class CombinedModelTest {

    private static final BufferedImage GREY = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);

    @TempDir
    private Path temporary;

    private static Labels labels(String year, String brand, String body) {
        return Labels.builder(TinyModels.HEADS)
                .set("year", year)
                .set("brand", brand)
                .set("body", body)
                .build();
    }

    private static CombinationLearner learner(Rule... rules) {
        CombinationLearner learner = new CombinationLearner(TinyModels.HEADS, List.of(rules));
        for (int i = 0; i < 20; i++) {
            learner.add(labels("10", "Škoda", "b"));
            learner.add(labels("9", "Audi", "a"));
            learner.add(labels("2", "Audi", "b"));
        }
        return learner;
    }

    private static MultiLabelModel model(Rule... rules) {
        try (MultiLabelModel model = TinyModels.create(1)) {
            return model.withCombinations(Optional.of(learner(rules).learn()));
        }
    }

    private static Prediction predict(MultiLabelModel model) {
        try (MultiLabelPredictor predictor = model.newPredictor()) {
            return predictor.predict(GREY);
        }
    }

    private static String category(Combination combination, String head) {
        return combination.categories().get(head);
    }

    @Test
    void everyPredictorAnswersAllHeadsTogetherBesideTheirOwnAnswers() {
        try (MultiLabelModel alone = TinyModels.create(1);
                MultiLabelModel together =
                        alone.withCombinations(Optional.of(learner().learn()))) {
            Prediction before = predict(alone);
            Prediction after = predict(together);
            assertThat(before.combination()).isEmpty();
            assertThat(after.heads()).isEqualTo(before.heads());

            Combination combination = after.combination().orElseThrow();
            assertThat(combination.categories()).containsOnlyKeys("year", "brand", "body");
            assertThat(List.copyOf(combination.categories().values()))
                    .isIn(List.of("10", "Škoda", "b"), List.of("9", "Audi", "a"), List.of("2", "Audi", "b"));
            Combinations known = together.combinations().orElseThrow();
            assertThat(combination).isEqualTo(known.answer(after.heads()));
            int[] own = known.heads().stream()
                    .map(Head::name)
                    .map(after::head)
                    .mapToInt(head -> head.head().indexOf(head.best().category()))
                    .toArray();
            assertThat(combination.unusual()).isEqualTo(!known.isSeen(own));
        }
    }

    @Test
    void aRuleHoldsInEveryPrediction() {
        String year;
        try (MultiLabelModel free = model()) {
            year = category(predict(free).combination().orElseThrow(), "year");
        }
        try (MultiLabelModel ruled = model(Rule.forbid("year=" + year))) {
            assertThat(category(predict(ruled).combination().orElseThrow(), "year"))
                    .isNotEqualTo(year);
        }
    }

    @Test
    void aSavedModelAnswersAsBefore() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model(Rule.forbid("year=2", "body=a"))) {
            Prediction expected = predict(model);
            model.save(folder);
            try (MultiLabelModel loaded = MultiLabelModel.load(folder, Device.cpu())) {
                assertThat(predict(loaded)).isEqualTo(expected);
                assertThat(loaded.combinations().orElseThrow().rules())
                        .containsExactly(Rule.forbid("year=2", "body=a"));
            }
        }
        assertThat(Files.readString(folder.resolve("model.json"))).contains("\"formatVersion\": 5");
    }

    @Test
    void aChangedFileIsRefused() throws Exception {
        Path folder = temporary.resolve("model");
        try (MultiLabelModel model = model()) {
            model.save(folder);
        }
        Path description = folder.resolve("model.json");
        String text = Files.readString(description);
        assertThat(text).contains("\"20 0 0 0\"");
        Files.writeString(description, text.replace("\"20 0 0 0\"", "\"20 0 0 7\""));
        TinyModels.acceptChanges(folder);
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder, Device.cpu()))
                .withMessageContaining(
                        "'combinations' of the combinations has '20 0 0 7', expected are categories of the"
                                + " heads [year, brand, body]");
    }

    @Test
    void aModelThatLosesOneOfTheHeadsLosesItsCombinations() {
        try (MultiLabelModel model = model();
                MultiLabelModel some = model.withHeads(List.of("body", "year"));
                MultiLabelModel reordered = model.withHeads(List.of("body", "brand", "year"));
                MultiLabelModel flipped = model.withTestTimeFlip(true);
                MultiLabelModel without = model.withCombinations(Optional.empty())) {
            assertThat(some.combinations()).isEmpty();
            assertThat(reordered.combinations()).isPresent();
            assertThat(predict(reordered).combination())
                    .isEqualTo(predict(model).combination());
            assertThat(flipped.combinations()).isEqualTo(model.combinations());
            assertThat(without.combinations()).isEmpty();
        }
    }

    @Test
    void whatTheModelKnowsOfParentsIsKept() {
        HeadSet known = TinyModels.HEADS.withParent("year", "brand", Map.of("10", "Audi", "9", "Škoda"));
        Combinations learned = learner().learn(); // which knows nothing of it, and has seen the contrary
        List<HeadPrediction> heads = List.of(
                HeadPrediction.fromLogits(known.get("year"), new float[] {2, 0, -9}),
                HeadPrediction.fromLogits(known.get("brand"), new float[] {2, 0}),
                HeadPrediction.fromLogits(known.get("body"), new float[] {2, 0}));
        assertThat(learned.answer(heads).categories())
                .containsEntry("year", "10")
                .containsEntry("brand", "Škoda");
        Combination strict = learned.forHeads(known).answer(heads);
        assertThat(category(strict, "brand")).isEqualTo(category(strict, "year").equals("10") ? "Audi" : "Škoda");
    }

    @Test
    void combinationsOfOtherHeadsAreRefused() {
        HeadSet other = HeadSet.of(Head.singleLabel("year", "10", "9"));
        Combinations learned = new CombinationLearner(other, List.of()).learn();
        try (MultiLabelModel model = TinyModels.create(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.withCombinations(Optional.of(learned)))
                    .withMessage("head 'year': expected 2 categories, got 3; missing [], unknown [2]");
        }
    }
}
