package io.github.multilabel.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.github.multilabel.evaluation.calibration.ReliabilityCurve.Bin;
import io.github.multilabel.evaluation.internal.CertainPrecision;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Errors, temperatures, scales and thresholds are those of scikit-learn, netcal and scipy. */
class GoldenCalibrationTest {

    private static final double TOLERANCE = 1e-6;

    private static Golden golden;
    private static double[] confidence;
    private static boolean[] right;

    private record Golden(
            float[][] logits,
            int[] labels,
            double temperature,
            double plainTemperature,
            double loss,
            double calibratedLoss,
            Curve uniform,
            Curve quantile,
            double netcalEqualWidth,
            double[] risks,
            double area,
            double[][] intervals,
            float[][] tagLogits,
            float[][] tags,
            double[][] scales,
            F1[] thresholds) {}

    private record Curve(int[] answers, double[] probability, double[] right, double expected, double maximum) {}

    private record F1(double f1, double usualF1) {}

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(GoldenCalibrationTest.class.getResourceAsStream("/golden/calibration.json")),
                StandardCharsets.UTF_8)) {
            golden = new Gson().fromJson(reader, Golden.class);
        }
        List<Double> probabilities = new ArrayList<>();
        List<Boolean> isRight = new ArrayList<>();
        for (int i = 0; i < golden.labels.length; i++) {
            if (golden.labels[i] >= 0) {
                probabilities.add(Answers.confidence(golden.logits[i], 1));
                isRight.add(Answers.best(golden.logits[i]) == golden.labels[i]);
            }
        }
        confidence = probabilities.stream().mapToDouble(each -> each).toArray();
        right = new boolean[confidence.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = isRight.get(i);
        }
    }

    private static void requireSame(ReliabilityCurve curve, Curve expected) {
        assertThat(curve.bins().stream().mapToInt(Bin::answers).toArray()).isEqualTo(expected.answers);
        assertThat(curve.bins().stream().mapToDouble(Bin::probability).toArray())
                .containsExactly(expected.probability, within(TOLERANCE));
        assertThat(curve.bins().stream().mapToDouble(Bin::right).toArray())
                .containsExactly(expected.right, within(TOLERANCE));
        assertThat(curve.expectedError()).isCloseTo(expected.expected, within(TOLERANCE));
        assertThat(curve.maximumError()).isCloseTo(expected.maximum, within(TOLERANCE));
    }

    @Test
    void binsAndErrorsAreThoseOfScikitLearnAndNetcal() {
        requireSame(ReliabilityCurve.equalWidth(confidence, right, 15), golden.uniform);
        requireSame(ReliabilityCurve.equalMass(confidence, right, 15), golden.quantile);

        CalibrationError error = CalibrationError.of(confidence, right);
        assertThat(error.equalWidth()).isCloseTo(golden.netcalEqualWidth, within(TOLERANCE));
        assertThat(error.equalMass()).isCloseTo(golden.quantile.expected, within(TOLERANCE));
        assertThat(error.maximum()).isCloseTo(golden.quantile.maximum, within(TOLERANCE));
    }

    @Test
    void theTemperatureIsTheOneThatScipyFinds() {
        double temperature = TemperatureScaling.fit(golden.logits, golden.labels);

        assertThat(temperature)
                .isCloseTo(golden.temperature, within(1e-5))
                .as("of 282 images, one of which nothing is known changes little")
                .isCloseTo(golden.plainTemperature, within(0.02));
        assertThat(TemperatureScaling.loss(golden.logits, golden.labels, 1)).isCloseTo(golden.loss, within(TOLERANCE));
        assertThat(TemperatureScaling.loss(golden.logits, golden.labels, temperature))
                .isCloseTo(golden.calibratedLoss, within(TOLERANCE));
    }

    @Test
    void scalesOfTagsAreThoseOfPlatt() {
        for (int k = 0; k < golden.scales.length; k++) {
            float[] logits = new float[golden.tags.length];
            float[] has = new float[golden.tags.length];
            for (int i = 0; i < has.length; i++) {
                logits[i] = golden.tagLogits[i][k];
                has[i] = golden.tags[i][k];
            }
            VectorScaling scaling = VectorScaling.fit(logits, has);
            assertThat(scaling.scale()).isCloseTo(golden.scales[k][0], within(1e-4));
            assertThat(scaling.offset()).isCloseTo(golden.scales[k][1], within(1e-4));
        }
    }

    @Test
    void thresholdsOfTagsGiveTheBestF1ThatScikitLearnFinds() {
        List<TagThresholds.Tag> tags = TagThresholds.choose(golden.tagLogits, golden.tags, Collections.nCopies(3, 0.5));
        for (int k = 0; k < tags.size(); k++) {
            assertThat(tags.get(k).f1()).isCloseTo(golden.thresholds[k].f1, within(TOLERANCE));
            assertThat(tags.get(k).usualF1()).isCloseTo(golden.thresholds[k].usualF1, within(TOLERANCE));
        }
    }

    @Test
    void riskAndCoverageAreThoseOfAPlainSort() {
        RiskCoverage curve = RiskCoverage.of(confidence, right);

        assertThat(curve.points().stream().mapToDouble(RiskCoverage.Point::risk).toArray())
                .containsExactly(golden.risks, within(TOLERANCE));
        assertThat(curve.area()).isCloseTo(golden.area, within(TOLERANCE));
    }

    @Test
    void theEndOfTheIntervalIsThatOfScipy() {
        for (double[] interval : golden.intervals) {
            assertThat(CertainPrecision.least((int) interval[0], (int) interval[1]))
                    .isCloseTo(interval[2], within(TOLERANCE));
        }
    }
}
