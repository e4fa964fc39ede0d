package io.github.multilabel.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.CategoryMetrics;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.testsupport.Golden;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Intervals of single categories cover what is true of all images, also of few images and of groups. */
class CategoryIntervalsTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    private static final int DRAWS = 400;

    static Stream<JsonObject> fractions() {
        return Golden.cases("wilson.json", "cases").stream();
    }

    @ParameterizedTest
    @MethodSource("fractions")
    void aFractionHasTheIntervalOfScipy(JsonObject golden) {
        double images = golden.get("images").getAsDouble();
        Interval interval = ClusteredFraction.wilson(golden.get("hits").getAsDouble() / images, images);
        assertThat(interval.low()).isCloseTo(golden.get("low").getAsDouble(), within(1e-12));
        assertThat(interval.high()).isCloseTo(golden.get("high").getAsDouble(), within(1e-12));
    }

    @Test
    void theValuesAreThoseOfTheCategoriesOfBothKindsOfHeads() {
        PredictionMetrics metrics = PredictionMetrics.of(DrawnPredictions.of(DrawnPredictions.rows(60, 4)));
        for (Head head : metrics.headSet()) {
            for (int k = 0; k < head.size(); k++) {
                CategoryIntervals found = metrics.categoryIntervals(head.name()).get(k);
                CategoryMetrics category =
                        metrics.evaluation().head(head.name()).categories().get(k);
                assertThat(found.category()).isEqualTo(category.category());
                assertThat(found.precision().value()).isEqualTo(category.precision());
                assertThat(found.recall().value()).isEqualTo(category.recall());
                assertThat(found.f1().value()).isCloseTo(category.f1(), within(1e-12));
                assertThat(found.f1().value())
                        .isBetween(found.f1().low(), found.f1().high());
            }
        }
    }

    @Test
    void whatIsUndefinedHasNoBounds() {
        Predictions never = Predictions.builder(HEADS)
                .add("a", Labels.builder(HEADS).set("brand", "Audi").build(), new float[] {1, 0})
                .build();
        CategoryIntervals bmw =
                PredictionMetrics.of(never).categoryIntervals("brand").get(1);
        assertThat(List.of(bmw.precision(), bmw.recall(), bmw.f1()))
                .allMatch(each -> Double.isNaN(each.value()) && Double.isNaN(each.low()) && Double.isNaN(each.high()));
    }

    @Test
    void allOfFewThatAreRightAreNotTakenForCertain() {
        Predictions.Builder five = Predictions.builder(HEADS);
        for (int i = 0; i < 5; i++) {
            five.add("i" + i, Labels.builder(HEADS).set("brand", "Audi").build(), new float[] {1, 0});
        }
        CategoryIntervals audi =
                PredictionMetrics.of(five.build()).categoryIntervals("brand").get(0);
        assertThat(audi.recall().high()).isEqualTo(1);
        assertThat(audi.recall().low()).isCloseTo(0.5655, within(1e-4));
        assertThat(audi.f1().low()).isCloseTo(2 * 0.5655 / 1.5655, within(1e-4));
    }

    @Test
    void intervalsCoverTheTruthInAbout95Of100Draws() {
        double recall = 0.9;
        double wrong = 0.1; // of the BMWs, which are as many
        double f1 = 2 * recall / (1 + recall + wrong);
        int[] covered = new int[3];
        for (int draw = 0; draw < DRAWS; draw++) {
            Random random = new Random(draw);
            CategoryIntervals found =
                    intervals(30, 1, false, (group, isAudi) -> random.nextDouble() < (isAudi ? recall : wrong));
            covered[0] += covers(found.precision(), recall / (recall + wrong));
            covered[1] += covers(found.recall(), recall);
            covered[2] += covers(found.f1(), f1);
        }
        for (int each : covered) {
            assertThat(each).isBetween(DRAWS * 91 / 100, DRAWS * 99 / 100);
        }
    }

    @Test
    void groupsOfAlikeImagesSayLessThanTheirImages() {
        int asGroups = 0;
        int asImages = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Random random = new Random(draw);
            boolean[] isFound = new boolean[60]; // whatever the photo, a car is found or not
            for (int group = 0; group < isFound.length; group++) {
                isFound[group] = random.nextDouble() < 0.7;
            }
            Answer answer = (group, isAudi) -> isFound[group];
            asGroups += covers(intervals(60, 6, true, answer).recall(), 0.7);
            asImages += covers(
                    intervals(360, 1, true, (image, isAudi) -> isFound[image / 6])
                            .recall(),
                    0.7);
        }
        assertThat(asGroups).isBetween(DRAWS * 91 / 100, DRAWS * 99 / 100);
        assertThat(asImages).as("too narrow").isLessThan(DRAWS * 75 / 100);
    }

    private interface Answer {
        boolean isAudi(int group, boolean isRight);
    }

    /** Of Audi, where every group is one or every second. */
    private static CategoryIntervals intervals(int groups, int images, boolean areAllAudis, Answer answer) {
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < groups * images; i++) {
            boolean isAudi = areAllAudis || i % 2 == 0;
            float logit = answer.isAudi(i / images, isAudi) ? 1 : -1;
            builder.add(
                    "i" + i,
                    Labels.builder(HEADS).set("brand", isAudi ? "Audi" : "BMW").build(),
                    new float[] {logit, 0});
        }
        Predictions built = builder.build();
        Predictions grouped = images == 1
                ? built
                : built.withGroups(IntStream.range(0, groups * images)
                        .mapToObj(i -> "g" + i / images)
                        .toList());
        return PredictionMetrics.of(grouped).categoryIntervals("brand").get(0);
    }

    private static int covers(Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
}
