package io.github.multilabel.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.SureChoice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From which probability on a hierarchy is sure is chosen on validation images. */
class SureFitTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW");
    private static final Head MODEL = Head.singleLabel("model", "A4", "X5", "Z4");
    private static final HeadSet CARS = HeadSet.of(BRAND, Head.multiLabel("tags", "night"), MODEL)
            .withParent("model", "brand", Map.of("A4", "Audi", "X5", "BMW", "Z4", "BMW"));

    private static final int AUDI = 0;
    private static final int BMW = 1;
    private static final int A4 = 0;
    private static final int X5 = 1;
    private static final int NONE = Labels.MISSING;

    /** Logits whose softmax has a probability at a category, and the rest in equal parts. */
    private static float[] logits(int size, int best, double probability) {
        float[] logits = new float[size];
        for (int k = 0; k < size; k++) {
            logits[k] = (float) Math.log(k == best ? probability : (1 - probability) / (size - 1));
        }
        return logits;
    }

    private static void add(SureFit fit, int brand, double ofBrand, int model, double ofModel, int... labels) {
        fit.add(
                new float[][] {logits(2, brand, ofBrand), {0}, logits(3, model, ofModel)},
                new int[] {labels[0], NONE, labels[1]});
    }

    /** 100 cars with the model for certain, 40 of a certain brand alone, of whose models half are wrong. */
    private static SureFit cars() {
        SureFit fit = new SureFit(CARS, "model");
        for (int i = 0; i < 100; i++) {
            add(fit, AUDI, 0.99, A4, 0.95, AUDI, A4);
        }
        for (int i = 0; i < 40; i++) {
            add(fit, BMW, 0.9, X5, 0.6, BMW, i % 2 == 0 ? X5 : X5 + 1);
        }
        return fit;
    }

    @Test
    void wherePrecisionAllowsTheBrandIsAnsweredInPlaceOfTheModel() {
        SureChoice choice = cars().best(0.95).orElseThrow();

        assertThat(choice.finest()).isEqualTo("model");
        assertThat(choice.threshold()).as("at 0.6, 20 of 140 would be wrong").isCloseTo(0.9, within(1e-6));
        assertThat(choice.answers())
                .as("brands do not count beside their models")
                .isEqualTo(140);
        assertThat(choice.precision()).isEqualTo(1);
        assertThat(choice.coverage()).containsExactly(Map.entry("model", 100 / 140.0), Map.entry("brand", 1.0));
        assertThat(choice)
                .hasToString("sure from 0.900 on: right for 1.000 of 140 answers (wished 0.95), sure of model for"
                        + " 0.714, brand for 1.000");
    }

    @Test
    void lessPrecisionAnswersMore() {
        SureChoice choice = cars().best(0.75).orElseThrow();
        assertThat(choice.threshold()).isCloseTo(0.6, within(1e-6));
        assertThat(choice.precision()).isEqualTo(120 / 140.0);
        assertThat(choice.coverage().get("model")).isEqualTo(1);
    }

    @Test
    void fewImagesMakeNothingCertain() {
        assertThat(cars().best(0.99))
                .as("140 right answers of 140 are 0.979 at least")
                .isEmpty();
        assertThat(new SureFit(CARS, "model").best(0.5)).isEmpty();
        for (double wrong : new double[] {0, 1, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cars().best(wrong))
                    .withMessageContaining("the precision " + wrong + " must be between 0 and 1");
        }
    }

    @Test
    void anAnswerWithoutALabelCoversAndDoesNotCount() {
        SureFit fit = cars();
        for (int i = 0; i < 60; i++) {
            add(fit, AUDI, 0.99, A4, 0.97, AUDI, NONE);
        }
        SureChoice choice = fit.best(0.95).orElseThrow();
        assertThat(choice.answers()).isEqualTo(140);
        assertThat(choice.coverage()).containsExactly(Map.entry("model", 0.8), Map.entry("brand", 1.0));
    }

    @Test
    void aBrandThatContradictsTheModelIsNoAnswer() {
        SureFit fit = cars();
        for (int i = 0; i < 60; i++) {
            add(fit, AUDI, 0.99, X5, 0.4, BMW, X5);
        }
        SureChoice choice = fit.best(0.95).orElseThrow();
        assertThat(choice.answers()).isEqualTo(140);
        assertThat(choice.coverage().get("brand")).isEqualTo(0.7);
    }

    @Test
    void certaintyIsThatOfClopperAndPearson() {
        assertThat(lowerEnd(59, 59)).as("of right answers alone").isCloseTo(Math.pow(0.05, 1 / 59.0), within(1e-9));
        assertThat(lowerEnd(298, 298)).as("about 1 - 3 / n").isLessThan(0.99);
        assertThat(lowerEnd(299, 299)).isGreaterThan(0.99);
        assertThat(new CertainPrecision(0.95, 60).isShownBy(58, 58)).isFalse();
        assertThat(new CertainPrecision(0.95, 60).isShownBy(59, 59)).isTrue();
        assertThat(new CertainPrecision(0.9, 10_000).isShownBy(9_000, 10_000)).isFalse();
        assertThat(new CertainPrecision(0.9, 10_000).isShownBy(9_051, 10_000)).isTrue();
        assertThat(new CertainPrecision(0.5, 100_000).isShownBy(99_999, 100_000))
                .as("so rare that its probability is 0")
                .isTrue();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            int answers = 1 + random.nextInt(60);
            int right = random.nextInt(answers + 1);
            double precision = 0.02 + 0.96 * random.nextDouble();
            assertThat(new CertainPrecision(precision, 60).isShownBy(right, answers))
                    .as("%d of %d, %s", right, answers, precision)
                    .isEqualTo(lowerEnd(right, answers) >= precision);
        }
    }

    /** By halving, with the sum of the binomial distribution in decimals. */
    private static double lowerEnd(int right, int answers) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (atLeast(right, answers, middle) <= 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double atLeast(int right, int answers, double precision) {
        MathContext digits = MathContext.DECIMAL64;
        BigDecimal p = BigDecimal.valueOf(precision);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigDecimal term = q.pow(answers, digits);
        BigDecimal below = BigDecimal.ZERO;
        for (int k = 0; k < right; k++) {
            below = below.add(term, digits);
            term = term.multiply(BigDecimal.valueOf(answers - k), digits)
                    .divide(BigDecimal.valueOf(k + 1), digits)
                    .multiply(p, digits)
                    .divide(q, digits);
        }
        return 1 - below.doubleValue();
    }

    private static final int[] OF_P1 = {0, 0, 1, 1, 2, NONE, 2, 1};
    private static final int[] OF_P2 = {0, 0, 1, 1, 0, 1, NONE, 1};
    /** The parent of p1, as it follows from p1 in part. */
    private static final int[] OF_TOP = {0, 1, 1};

    private static HeadSet many() {
        return HeadSet.of(head("top", 2), head("fine", 8), head("p1", 3), head("p2", 2))
                .withParent("fine", "p2", names(OF_P2))
                .withParent("p1", "top", names(OF_TOP))
                .withParent("fine", "p1", names(OF_P1));
    }

    private static Head head(String name, int size) {
        return Head.singleLabel(
                name, IntStream.range(0, size).mapToObj(i -> "c" + i).toList());
    }

    private static Map<String, String> names(int... parents) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] >= 0) {
                names.put("c" + i, "c" + parents[i]);
            }
        }
        return names;
    }

    /** Of an image, by head top, fine, p1, p2: the answer, its probability, and the label. */
    private record Image(int[] best, double[] probability, int[] labels) {

        /** The sure heads of a threshold. */
        private List<Integer> sure(double threshold) {
            int fine = best[1];
            int p1 = OF_P1[fine];
            int[] path = {p1 < 0 ? NONE : OF_TOP[p1], fine, p1, OF_P2[fine]};
            return IntStream.range(0, 4)
                    .filter(h -> probability[h] >= threshold && (path[h] == NONE || path[h] == best[h]))
                    .boxed()
                    .toList();
        }

        /** Of these, those that no finer one determines. */
        private List<Integer> counted(double threshold) {
            List<Integer> sure = sure(threshold);
            return sure.contains(1)
                    ? List.of(1)
                    : sure.stream().filter(h -> h != 0 || !sure.contains(2)).toList();
        }
    }

    private static double[] softmax(float... logits) {
        double most = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double[] p = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - most))
                .toArray();
        double sum = DoubleStream.of(p).sum();
        return DoubleStream.of(p).map(each -> each / sum).toArray();
    }

    private static List<Image> images(Random random, SureFit fit) {
        List<Image> images = new ArrayList<>();
        int[] sizes = {2, 8, 3, 2};
        int count = 20 + random.nextInt(150);
        double wrong = 0.6 * random.nextDouble();
        for (int i = 0; i < count; i++) {
            Image image = new Image(new int[4], new double[4], new int[4]);
            float[][] logits = new float[4][];
            int fine = random.nextInt(8);
            int[] path = {Math.max(0, OF_P1[fine]) / 2, fine, Math.max(0, OF_P1[fine]), Math.max(0, OF_P2[fine])};
            for (int h = 0; h < 4; h++) {
                logits[h] = new float[sizes[h]];
                for (int k = 0; k < sizes[h]; k++) {
                    logits[h][k] = random.nextInt(3); // equal probabilities often
                }
                logits[h][path[h]] += random.nextInt(6);
                double[] p = softmax(logits[h]);
                for (int k = 0; k < p.length; k++) {
                    image.best()[h] = p[k] > p[image.best()[h]] ? k : image.best()[h];
                }
                image.probability()[h] = p[image.best()[h]];
                int label = random.nextDouble() < wrong ? random.nextInt(sizes[h]) : path[h];
                image.labels()[h] = random.nextInt(10) == 0 ? NONE : label;
            }
            images.add(image);
            fit.add(logits, image.labels());
        }
        return images;
    }

    @Test
    void isTheSmallestThresholdOfAllThatPass() {
        int chosen = 0;
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            SureFit fit = new SureFit(many(), "fine");
            List<Image> images = images(random, fit);
            double wished = 0.5 + 0.45 * random.nextDouble();

            Optional<SureChoice> found = fit.best(wished);

            Optional<Double> expected = images.stream()
                    .flatMap(image -> DoubleStream.of(image.probability()).boxed())
                    .distinct()
                    .filter(threshold -> passes(images, threshold, wished))
                    .min(Double::compare);
            assertThat(found.map(SureChoice::threshold)).as("seed %d", seed).isEqualTo(expected);
            found.ifPresent(choice -> {
                assertThat(choice.precision()).isGreaterThan(wished);
                List<String> names = List.of("top", "fine", "p1", "p2");
                choice.coverage().forEach((head, share) -> assertThat(share * images.size())
                        .isCloseTo(
                                images.stream()
                                        .filter(image ->
                                                image.sure(choice.threshold()).contains(names.indexOf(head)))
                                        .count(),
                                within(1e-9)));
            });
            chosen += found.isPresent() ? 1 : 0;
        }
        assertThat(chosen).as("of 30, so that both cases are met").isBetween(8, 28);
    }

    private static boolean passes(List<Image> images, double threshold, double wished) {
        int answers = 0;
        int right = 0;
        for (Image image : images) {
            for (int h : image.counted(threshold)) {
                answers += image.labels()[h] == NONE ? 0 : 1;
                right += image.labels()[h] == image.best()[h] ? 1 : 0;
            }
        }
        return answers > 0 && right > 0 && atLeast(right, answers, wished) <= 0.05;
    }

    @Test
    void morePrecisionNeverCoversMore() {
        for (int seed = 0; seed < 10; seed++) {
            SureFit fit = new SureFit(many(), "fine");
            List<Image> images = images(new Random(seed), fit);
            Map<String, Double> before = Map.of("top", 1.0, "fine", 1.0, "p1", 1.0, "p2", 1.0);
            for (double wished = 0.3; wished < 1; wished += 0.02) {
                Optional<SureChoice> choice = fit.best(wished);
                Map<String, Double> least = before;
                Map<String, Double> now =
                        choice.map(SureChoice::coverage).orElse(Map.of("top", 0.0, "fine", 0.0, "p1", 0.0, "p2", 0.0));
                assertThat(now).allSatisfy((head, share) -> assertThat(share)
                        .as("%s of %d images", head, images.size())
                        .isLessThanOrEqualTo(least.get(head)));
                before = now;
            }
        }
    }
}
