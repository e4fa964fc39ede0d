package io.github.multilabel.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calibration says how often answers are right, also of few images, and never changes them. */
class CalibrationFitTest {

    /** Images whose labels come as often as the logits say at a temperature. */
    private record Images(float[][] logits, int[] labels) {

        static Images of(long seed, int images, int categories, double temperature) {
            Random random = new Random(seed);
            float[][] logits = new float[images][categories];
            int[] labels = new int[images];
            for (int i = 0; i < images; i++) {
                for (int k = 0; k < categories; k++) {
                    logits[i][k] = (float) (2 * random.nextGaussian());
                }
                double[] weights = new double[categories];
                for (int k = 0; k < categories; k++) {
                    weights[k] = Math.exp(logits[i][k] / temperature);
                }
                double left = random.nextDouble() * Arrays.stream(weights).sum();
                while (labels[i] < categories - 1 && left >= weights[labels[i]]) {
                    left -= weights[labels[i]++];
                }
            }
            return new Images(logits, labels);
        }

        Images shuffled() {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
            Collections.shuffle(order, new Random(3));
            return new Images(
                    order.stream().map(i -> logits[i]).toArray(float[][]::new),
                    order.stream().mapToInt(i -> labels[i]).toArray());
        }

        CalibrationChoice choice() {
            return CalibrationFit.single("brand", logits, labels);
        }
    }

    @Test
    void theTemperatureOfTheLabelsIsFoundAndTheErrorGoes() {
        for (double temperature : new double[] {0.4, 0.7, 1.5, 3}) {
            CalibrationChoice choice = Images.of(1, 20_000, 6, temperature).choice();

            assertThat(choice.calibration().orElseThrow().<Double>when(single -> single.temperature(), multi -> 0.0))
                    .isCloseTo(temperature, within(0.1 * temperature));
            assertThat(choice.before().equalMass()).isGreaterThan(0.08);
            assertThat(choice.after().equalMass()).isLessThan(0.02);
            assertThat(choice.after().equalWidth()).isLessThan(0.02);
            assertThat(choice.toString())
                    .startsWith("brand calibrated: temperature ")
                    .contains("(20,000 images, each by a fit on the other half of them)");
        }
    }

    @Test
    void theOrderOfImagesDoesNotMatter() {
        Images images = Images.of(2, 500, 4, 0.5);
        CalibrationChoice one = images.choice();
        CalibrationChoice other = images.shuffled().choice();

        assertThat(other.before()).isEqualTo(one.before());
        assertThat(other.after().equalMass()).isCloseTo(one.after().equalMass(), within(1e-9));
        assertThat(((HeadCalibration.Temperature) other.calibration().orElseThrow()).temperature())
                .isCloseTo(((HeadCalibration.Temperature) one.calibration().orElseThrow()).temperature(), within(1e-9));
    }

    @Test
    void missingLabelsChangeNothing() {
        Images known = Images.of(4, 200, 4, 0.5);
        float[][] logits = Arrays.copyOf(known.logits, 300);
        int[] labels = Arrays.copyOf(known.labels, 300);
        for (int i = 200; i < 300; i++) {
            logits[i] = new float[] {i, -3, 7, 0};
            labels[i] = -1;
        }

        assertThat(CalibrationFit.single("brand", logits, labels)).isEqualTo(known.choice());
    }

    @Test
    void whatIsCalibratedAlreadyIsLeftOrHardlyChanged() {
        for (int seed = 0; seed < 20; seed++) {
            Images.of(seed, 1000, 5, 1).choice().calibration().ifPresent(each -> assertThat(
                            each.<Double>when(single -> single.temperature(), multi -> 0.0))
                    .isCloseTo(1, within(0.15)));
        }
    }

    @Test
    void ofAnswersThatAreAllRightTheProbabilityStaysBelowOne() {
        float[][] logits = new float[60][];
        Arrays.setAll(logits, i -> new float[] {2 + i / 100f, 0, 0});
        CalibrationChoice choice = CalibrationFit.single("brand", logits, new int[60]);

        HeadCalibration.Temperature found =
                (HeadCalibration.Temperature) choice.calibration().orElseThrow();
        assertThat(found.temperature()).isBetween(TemperatureScaling.LOWEST, 0.6);
        assertThat(Answers.confidence(logits[0], 1 / found.temperature())).isBetween(0.97, 0.9999);
    }

    @Test
    void ofAnswersThatAreAllWrongTheTemperatureIsBoundedAndThatIsTold() {
        float[][] logits = new float[100][];
        Arrays.setAll(logits, i -> new float[] {9 + i / 100f, 0});
        int[] labels = new int[100];
        Arrays.fill(labels, 1);
        CalibrationChoice choice = CalibrationFit.single("brand", logits, labels);

        assertThat(choice.calibration()).contains(new HeadCalibration.Temperature("brand", TemperatureScaling.HIGHEST));
        assertThat(choice.toString()).endsWith("no temperature beyond it is tried");
    }

    @Test
    void fewImagesOneCategoryAndNoLabelsAreNotCalibrated() {
        assertThat(Images.of(1, CalibrationFit.FEWEST - 1, 4, 0.3).choice().toString())
                .startsWith("brand not calibrated, calibration error ")
                .endsWith("49 labelled images are too few, it takes 50");
        CalibrationChoice alone = CalibrationFit.single("brand", new float[80][1], new int[80]);
        assertThat(alone.calibration()).isEmpty();
        assertThat(alone.before().equalMass()).isZero();
        CalibrationChoice nothing = CalibrationFit.single("brand", new float[0][], new int[0]);
        assertThat(nothing.calibration()).isEmpty();
        assertThat(nothing.before().equalMass()).isNaN();
        assertThat(nothing.toString()).contains("calibration error n/a");
        assertThat(TemperatureScaling.fit(new float[30][4], new int[30]))
                .as("logits that say nothing")
                .isEqualTo(1);
        assertThat(TemperatureScaling.loss(new float[1][2], new int[] {-1}, 1)).isNaN();
    }

    @Test
    void hugeLogitsGiveNumbers() {
        float[][] logits = new float[100][];
        Arrays.setAll(logits, i -> new float[] {1e30f, -1e30f, i});
        CalibrationChoice choice = CalibrationFit.single("brand", logits, new int[100]);

        assertThat(choice.before().equalMass()).isNotNaN();
        assertThat(choice.after().equalMass()).isNotNaN();
    }

    @Test
    void tagsAreScaledEachForItselfAndRareOnesNotAtAll() {
        Random random = new Random(5);
        float[][] logits = new float[3000][3];
        float[][] labels = new float[3000][3];
        double[] scales = {2, 0.5, 1};
        double[] offsets = {-1, 0.5, 0};
        for (int i = 0; i < logits.length; i++) {
            for (int k = 0; k < 3; k++) {
                logits[i][k] = (float) (2 * random.nextGaussian());
                labels[i][k] = random.nextDouble() < Answers.sigmoid(scales[k] * logits[i][k] + offsets[k]) ? 1 : 0;
            }
            labels[i][2] = i < 5 ? 1 : 0;
            if (i % 10 == 0) {
                labels[i] = new float[] {-1, -1, -1};
            }
        }

        CalibrationChoice choice =
                CalibrationFit.multi(Head.multiLabel("tags", "night", "rain", "snow"), logits, labels);

        HeadCalibration.TagScales found =
                (HeadCalibration.TagScales) choice.calibration().orElseThrow();
        assertThat(found.scales().get(0)).isCloseTo(2, within(0.2));
        assertThat(found.offsets().get(0)).isCloseTo(-1, within(0.2));
        assertThat(found.scales().get(1)).isCloseTo(0.5, within(0.05));
        assertThat(found.scales().get(2)).isEqualTo(1);
        assertThat(found.offsets().get(2)).isZero();
        assertThat(choice.images()).isEqualTo(2700);
        assertThat(choice.after().equalMass()).isLessThan(choice.before().equalMass());
        assertThat(choice.remark()).isEqualTo("1 of 3 tags stay as they are");
    }

    @Test
    void aTagThatLogitsTellTheWrongWayRoundStaysAsItIs() {
        float[][] logits = new float[200][];
        float[][] labels = new float[200][];
        Arrays.setAll(logits, i -> new float[] {i % 20 - 10});
        Arrays.setAll(labels, i -> new float[] {i % 20 < 10 ? 1 : 0});

        CalibrationChoice choice = CalibrationFit.multi(Head.multiLabel("tags", "night"), logits, labels);

        assertThat(choice.calibration()).isEmpty();
        assertThat(choice.after()).isEqualTo(choice.before());
        assertThat(choice.remark()).startsWith("no scale is better");
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalibrationFit.single("brand", new float[2][3], new int[3]))
                .withMessage("2 rows of logits for 3 labels: there must be as many of both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemperatureScaling.fit(new float[1][3], new int[] {3}))
                .withMessageContaining("row 0 has the label 3, and 3 logits: it must be one of 0 to 2, or -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemperatureScaling.fit(new float[][] {{0, Float.NaN}}, new int[] {0}))
                .withMessageContaining("row 0 has the logit NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalibrationError.of(new double[] {1.5}, new boolean[1]))
                .withMessageContaining("the probability 1.5 must be a number from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReliabilityCurve.equalWidth(new double[1], new boolean[2], 15))
                .withMessageContaining("1 probabilities for 2 answers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReliabilityCurve.equalMass(new double[1], new boolean[1], 0))
                .withMessageContaining("a curve of 0 bins: at least 1");
    }
}
