package io.github.multilabel.evaluation.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelIssuesTest {

    private static final HeadSet CARS = HeadSet.of(
                    Head.singleLabel("model", "A4", "M3", "X5"), Head.singleLabel("brand", "Audi", "BMW"))
            .withParent("model", "brand", Map.of("A4", "Audi", "M3", "BMW", "X5", "BMW"));

    private final Predictions.Builder cars = Predictions.builder(CARS);
    private int rows;

    @Test
    void aLabelThatTheModelContradictsIsProbablyWrong() {
        add(10, "A4", "Audi", 0.9, 0.05, 0.05, 0.95, 0.05);
        add(10, "M3", "BMW", 0.05, 0.9, 0.05, 0.05, 0.95);
        add(10, "X5", "BMW", 0.05, 0.05, 0.9, 0.05, 0.95);
        add(1, "A4", "Audi", 0.02, 0.96, 0.02, 0.94, 0.06);

        LabelIssues issues = LabelIssues.find(cars.build());

        assertThat(issues.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.row()).isEqualTo(30);
            assertThat(issue.kinds()).containsExactly(Kind.PROBABLY_WRONG);
            assertThat(issue).hasToString("30.jpg: model: A4? M3 0.96");
        });
        assertThat(issues.notExamined()).isEmpty();
    }

    @Test
    void theCoarserLabelIsDoubtedWhereTheFinerOneIsSurer() {
        add(10, "A4", "Audi", 0.9, 0.05, 0.05, 0.95, 0.05);
        add(10, "M3", "BMW", 0.05, 0.9, 0.05, 0.05, 0.95);
        add(1, "M3", "Audi", 0.05, 0.9, 0.05, 0.7, 0.3);

        assertThat(LabelIssues.find(cars.build()).issues()).singleElement().satisfies(issue -> {
            assertThat(issue.kinds()).contains(Kind.BREAKS_HIERARCHY);
            assertThat(issue).hasToString("20.jpg: brand: Audi? BMW 0.30");
        });
    }

    @Test
    void theFinerLabelIsDoubtedWhereTheCoarserOneIsSurer() {
        add(10, "A4", "Audi", 0.9, 0.05, 0.05, 0.95, 0.05);
        add(10, "M3", "BMW", 0.05, 0.9, 0.05, 0.05, 0.95);
        add(1, "A4", "BMW", 0.5, 0.1, 0.4, 0.2, 0.8);

        assertThat(LabelIssues.find(cars.build()).issues()).singleElement().satisfies(issue -> {
            assertThat(issue.kinds()).contains(Kind.BREAKS_HIERARCHY);
            assertThat(issue.suggested())
                    .as("X5 is a BMW and more probable than M3")
                    .containsExactly("X5");
        });
    }

    @Test
    void aLabelOfARareCategoryIsNotExamined() {
        add(10, "A4", "Audi", 0.9, 0.05, 0.05, 0.95, 0.05);
        add(10, "M3", "BMW", 0.05, 0.9, 0.05, 0.05, 0.95);
        add(3, "X5", "BMW", 0.05, 0.05, 0.9, 0.05, 0.95);
        add(1, "X5", "BMW", 0.02, 0.96, 0.02, 0.05, 0.95);

        LabelIssues few = LabelIssues.find(cars.build(), 5);
        LabelIssues enough = LabelIssues.find(cars.build(), 4);

        assertThat(few.issues()).isEmpty();
        assertThat(few.notExamined()).containsExactly(new NotExamined("model", "X5", 4));
        assertThat(few.text(5)).endsWith("not examined, with fewer than 5 labels: model: X5 (4)");
        assertThat(enough.issues()).extracting(LabelIssue::row).containsExactly(23);
        assertThat(enough.notExamined()).isEmpty();
    }

    @Test
    void aCombinationThatOccursNowhereElseIsAnIssueOfItsOwnKind() {
        HeadSet heads =
                HeadSet.of(Head.singleLabel("shape", "round", "square"), Head.singleLabel("colour", "red", "blue"));
        Predictions.Builder shapes = Predictions.builder(heads);
        for (int i = 0; i < 15; i++) {
            shapes.addProbabilities("a" + i, labels(heads, "round", "red"), certain(0), certain(0));
            shapes.addProbabilities("b" + i, labels(heads, "square", "blue"), certain(1), certain(1));
        }
        shapes.addProbabilities("odd", labels(heads, "round", "blue"), certain(0), new double[] {0.1, 0.9});

        List<LabelIssue> issues = LabelIssues.find(shapes.build()).issues();

        assertThat(issues).singleElement().satisfies(issue -> {
            assertThat(issue.source()).isEqualTo("odd");
            assertThat(issue.kinds()).containsExactly(Kind.OCCURS_NOWHERE_ELSE);
            assertThat(issue.head().name()).as("the less sure").isEqualTo("colour");
            assertThat(issue.suggested()).containsExactly("red");
        });
    }

    @Test
    void combinationsAreNoIssueWhereMostOccurOnce() {
        HeadSet heads =
                HeadSet.of(Head.singleLabel("shape", "round", "square"), Head.singleLabel("colour", "red", "blue"));
        Predictions.Builder shapes = Predictions.builder(heads);
        shapes.addProbabilities("a", labels(heads, "round", "red"), certain(0), certain(0));
        shapes.addProbabilities("b", labels(heads, "square", "blue"), certain(1), certain(1));
        shapes.addProbabilities("c", labels(heads, "round", "blue"), certain(0), certain(1));

        assertThat(LabelIssues.find(shapes.build(), 2).issues()).isEmpty();
    }

    @Test
    void missingLabelsAreNoIssueAndCountForNothing() {
        add(10, "A4", "Audi", 0.9, 0.05, 0.05, 0.95, 0.05);
        add(10, "M3", "BMW", 0.05, 0.9, 0.05, 0.05, 0.95);
        for (int i = 0; i < 5; i++) {
            cars.addProbabilities(
                    "unlabelled", Labels.missing(CARS), new double[] {0.3, 0.3, 0.4}, new double[] {0.5, 0.5});
        }

        LabelIssues issues = LabelIssues.find(cars.build());

        assertThat(issues.issues()).isEmpty();
        assertThat(issues).hasToString("no label of 25 images is doubted");
    }

    @Test
    void noImagesHaveNoIssues() {
        assertThat(LabelIssues.find(cars.build()).issues()).isEmpty();
    }

    @Test
    void tagsAreDoubtedOneByOne() {
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", "rusty", "open"));
        Predictions.Builder tags = Predictions.builder(heads);
        for (int i = 0; i < 10; i++) {
            tags.addProbabilities("a" + i, tags(heads, "rusty"), new double[] {0.9, 0.1});
            tags.addProbabilities("b" + i, tags(heads, "open"), new double[] {0.1, 0.9});
        }
        tags.addProbabilities("wrong", tags(heads, "rusty", "open"), new double[] {0.03, 0.9});

        assertThat(LabelIssues.find(tags.build()).issues())
                .singleElement()
                .hasToString("wrong: tags: rusty|open? open 0.97");
    }

    @Test
    void aTagThatNoImageHasIsNotExamined() {
        HeadSet heads = HeadSet.of(Head.multiLabel("tags", "rusty", "open"));
        Predictions.Builder tags = Predictions.builder(heads);
        for (int i = 0; i < 12; i++) {
            tags.addProbabilities(
                    "a" + i, i < 6 ? tags(heads, "rusty") : tags(heads), new double[] {i < 6 ? 0.9 : 0.1, 0.5});
        }

        LabelIssues issues = LabelIssues.find(tags.build());

        assertThat(issues.issues()).isEmpty();
        assertThat(issues.notExamined()).containsExactly(new NotExamined("tags", "open", 0));
    }

    @Test
    void fewerThanTwoLabelsCannotBeJudged() {
        Predictions none = cars.build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelIssues.find(none, 1))
                .withMessageContaining("minSupport 1: at least 2");
    }

    private void add(int count, String model, String brand, double... probabilities) {
        for (int i = 0; i < count; i++) {
            cars.addProbabilities(
                    rows++ + ".jpg",
                    labels(CARS, model, brand),
                    new double[] {probabilities[0], probabilities[1], probabilities[2]},
                    new double[] {probabilities[3], probabilities[4]});
        }
    }

    private static double[] certain(int category) {
        return category == 0 ? new double[] {0.99, 0.01} : new double[] {0.01, 0.99};
    }

    private static Labels labels(HeadSet heads, String first, String second) {
        return Labels.builder(heads)
                .set(heads.names().get(0), first)
                .set(heads.names().get(1), second)
                .build();
    }

    private static Labels tags(HeadSet heads, String... tags) {
        return Labels.builder(heads).set("tags", List.of(tags)).build();
    }
}
