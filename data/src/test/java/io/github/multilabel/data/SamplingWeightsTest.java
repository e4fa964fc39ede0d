package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplingWeightsTest {

    private static final Preprocessing SMALL = Preprocessing.imageNet(6);

    private static ImageDatasetBuilder builder(List<Sample> samples, SamplingWeights weights) {
        return ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(samples)
                .optBatchSize(4)
                .optThreads(2)
                .optWeightedSampling(weights);
    }

    private static List<String> names(ImageDataset data, DataPass pass) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Photos.names(data, manager, pass).stream()
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /**
     * Pearson's statistic stays below the quantile 0.9999 of its distribution; the seed is fixed, so it always does.
     */
    @Test
    void samplesAreDrawnInProportionToTheirWeights() {
        double[] weights = {0, 1, 2, 0, 3, 0.5, 3.5, 0};
        int draws = 100_000;
        double[] counts = new double[weights.length];
        for (int index : new WeightedDraw(weights).draw(draws, new SplittableRandom(1))) {
            counts[index]++;
        }
        double statistic = 0;
        for (int i = 0; i < weights.length; i++) {
            double expected = draws * weights[i] / 10;
            if (expected == 0) {
                assertThat(counts[i]).isZero();
            } else {
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            }
        }
        assertThat(statistic).isBetween(0.01, 23.5); // 4 degrees of freedom
    }

    @Property(seed = "7", tries = 200)
    void whatHasNoWeightIsNeverDrawn(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 2) Double> given, @ForAll long seed) {
        double[] weights =
                given.stream().mapToDouble(each -> Math.max(0, each - 1)).toArray();
        if (Arrays.stream(weights).sum() > 0) {
            for (int index : new WeightedDraw(weights).draw(200, new SplittableRandom(seed))) {
                assertThat(weights[index]).isPositive();
            }
        }
    }

    @Test
    void anEpochIsAsLongAsThereAreSamplesAndEvaluationHasEachOnce() throws Exception {
        SamplingWeights one =
                SamplingWeights.each(sample -> sample.image().name().equals("photo 3") ? 1 : 0);
        try (ImageDataset data = builder(Photos.greys(10), one).build()) {
            assertThat(data.size()).isEqualTo(10);
            assertThat(names(data, DataPass.training(SMALL, 1, 0))).hasSize(10).containsOnly("photo 3");
            assertThat(names(data, DataPass.evaluation(SMALL))).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void theDrawFollowsFromSeedAndEpochWhateverTheNumberOfThreads() throws Exception {
        SamplingWeights weights = SamplingWeights.balanced("type");
        List<Sample> samples = Photos.patterns(23);
        try (NDManager manager = NDManager.newBaseManager();
                ImageDataset one = builder(samples, weights).optThreads(1).build();
                ImageDataset eight = builder(samples, weights).optThreads(8).build()) {
            DataPass pass = DataPass.training(SMALL, 7, 2);
            assertThat(Photos.bytes(eight, manager, pass))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(Photos.bytes(one, manager, pass));
            assertThat(names(one, DataPass.training(SMALL, 7, 3))).isNotEqualTo(names(one, pass));
            assertThat(names(one, DataPass.training(SMALL, 8, 2))).isNotEqualTo(names(one, pass));
        }
    }

    @Test
    void anImageThatComesTwiceIsAugmentedAnew() throws Exception {
        SamplingWeights one =
                SamplingWeights.each(sample -> sample.image().name().equals("photo 1") ? 1 : 0);
        List<byte[]> images = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager();
                ImageDataset data = builder(Photos.patterns(4), one).build();
                Batches batches = data.batches(manager, DataPass.training(SMALL, 1, 0));
                MultiLabelBatch batch = batches.next()) {
            for (int i = 0; i < 4; i++) {
                images.add(batch.image().get(i).toByteArray());
            }
        }
        assertThat(images.get(0)).isNotEqualTo(images.get(1));
        assertThat(images.get(1)).isNotEqualTo(images.get(2));
    }

    @Test
    void balancedWeightsMakeCategoriesEquallyFrequent() {
        double[] weights = SamplingWeights.balanced("type")
                .of(Photos.HEADS, List.of(sample("SUV"), sample("SUV"), sample("SUV"), sample("Van"), tagged()));
        assertThat(weights).containsExactly(new double[] {2 / 3.0, 2 / 3.0, 2 / 3.0, 2, 1}, within(1e-12));
    }

    @Test
    void anImageWithSeveralTagsCountsByItsRarestAndOneWithoutAsTheMean() {
        List<Sample> samples =
                List.of(tagged("spoiler"), tagged("spoiler"), tagged("spoiler", "roof rack"), tagged(), sample("SUV"));
        double[] weights = SamplingWeights.balanced("extras").of(Photos.HEADS, samples);
        assertThat(weights).containsExactly(new double[] {0.6, 0.6, 1.8, 1, 1}, within(1e-12));
    }

    @Test
    void theWeightsOfSeveralHeadsAreMultiplied() {
        List<Sample> samples = Photos.greys(12);
        double[] type = SamplingWeights.balanced("type").of(Photos.HEADS, samples);
        double[] extras = SamplingWeights.balanced("extras").of(Photos.HEADS, samples);
        double[] both = SamplingWeights.balanced("type", "extras").of(Photos.HEADS, samples);
        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isCloseTo(type[i] * extras[i], within(1e-12));
        }
    }

    @Test
    void whereNothingIsLabelledAllAreEquallyLikely() {
        Sample unknown = new Sample(Photos.greys(1).get(0).image(), Labels.missing(Photos.HEADS), "");
        assertThat(SamplingWeights.balanced("type", "extras").of(Photos.HEADS, List.of(unknown, unknown)))
                .containsExactly(1, 1);
    }

    @Test
    void weightsThatCannotBeUsedAreRefused() {
        assertFails(SamplingWeights.each(sample -> -1), "the weight of sample 0 is -1.0, not a finite number");
        assertFails(SamplingWeights.each(sample -> Double.NaN), "the weight of sample 0 is NaN");
        assertFails(SamplingWeights.each(sample -> 0), "the weights of the 3 samples add up to 0.0");
        assertFails(SamplingWeights.each(sample -> Double.MAX_VALUE), "add up to Infinity");
        assertFails((heads, used) -> new double[] {1}, "got 1 weights for 3 samples");
        assertFails(SamplingWeights.balanced("typ"), "did you mean 'type'?");
        assertThatIllegalArgumentException()
                .isThrownBy(SamplingWeights::balanced)
                .withMessageContaining("names no head");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(Photos.greys(3), SamplingWeights.balanced("type"))
                        .optBatchSize(4)
                        .optShuffle(false)
                        .build())
                .withMessageContaining("optShuffle(false): optWeightedSampling draws images at random");
    }

    private static void assertFails(SamplingWeights weights, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(Photos.greys(3), weights).build())
                .withMessageContaining(message);
    }

    private static Sample sample(String type) {
        return new Sample(
                Photos.greys(1).get(0).image(),
                Labels.builder(Photos.HEADS).set("type", type).build(),
                "");
    }

    private static Sample tagged(String... extras) {
        return new Sample(
                Photos.greys(1).get(0).image(),
                Labels.builder(Photos.HEADS).set("extras", List.of(extras)).build(),
                "");
    }
}
