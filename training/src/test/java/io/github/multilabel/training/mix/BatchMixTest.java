package io.github.multilabel.training.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.loss.BatchLoss;
import io.github.multilabel.testsupport.Golden;
import io.github.multilabel.training.internal.mix.BatchMixer;
import io.github.multilabel.training.internal.mix.MixedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchMixTest {

    private static final Head LABEL = Head.singleLabel("label", "a", "b", "c");
    private static final Head TAGS = Head.multiLabel("tags", "t", "u");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static int[] permutation(Golden golden) {
        return Arrays.stream(golden.longs("partners")).mapToInt(i -> (int) i).toArray();
    }

    private static MixDraw mixture(Golden all, String name) {
        if (name.equals("mixUp")) {
            return MixDraw.blended(0.3, permutation(all));
        }
        long[] box = all.longs("box");
        return MixDraw.cut((int) box[0], (int) box[1], (int) box[2], (int) box[3], 5, 6, permutation(all));
    }

    private NDList labels(Golden all) {
        NDArray label = manager.create(all.longs("labels"));
        label.setName("label");
        NDArray tags = manager.create(all.floats("tags"), new Shape(4, 2));
        tags.setName("tags");
        return new NDList(label, tags);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixUp", "cutMix"})
    void imagesLossesAndGradientsEqualTorchvisions(String name) {
        Golden all = Golden.read("mix.json");
        Golden golden = all.part(name);
        MixDraw mixture = mixture(all, name);
        assertThat(mixture.fraction()).isCloseTo(golden.number("share"), within(1e-12));
        NDArray rows = manager.create(all.floats("image"), new Shape(4, 3, 5, 6))
                .transpose(0, 2, 3, 1)
                .duplicate();
        try (BatchMixer mixer = new BatchMixer(manager, BatchMix.mixUp(1), 0)) {
            // as the pipeline makes it, channels last in memory
            NDArray image = rows.transpose(0, 3, 1, 2);
            try (MixedBatch mixed = mixer.mix(image, labels(all), mixture)) {
                assertThat(mixed.image().getShape()).isEqualTo(new Shape(4, 3, 5, 6));
                assertThat(mixed.image().toFloatArray())
                        .containsExactly(golden.floats("image"), within(name.equals("cutMix") ? 0f : 1e-6f));
            }
            assertThat(image.isReleased()).isFalse();
        }
        NDArray logits = manager.create(all.floats("logits"), new Shape(4, 3));
        NDArray tagLogits = manager.create(all.floats("tagLogits"), new Shape(4, 2));
        logits.setRequiresGradient(true);
        tagLogits.setRequiresGradient(true);
        try (MultiHeadLoss loss = new MultiHeadLoss(manager, HeadSet.of(LABEL, TAGS), Map.of(), Map.of(), Map.of());
                BatchMixer mixer = new BatchMixer(manager, BatchMix.mixUp(1), 0);
                MixedBatch mixed = mixer.mix(rows.transpose(0, 3, 1, 2), labels(all), mixture);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            assertThat(mixed.dominantLabels().get("label").toLongArray())
                    .isEqualTo(name.equals("mixUp") ? new long[] {2, 0, 2, 1} : new long[] {0, 2, 1, 2});
            BatchLoss batch = mixed.loss(labels -> loss.of(manager, new NDList(logits, tagLogits), labels));
            gradients.backward(batch.total());
            assertThat(batch.read().losses())
                    .containsExactly(new double[] {golden.number("loss"), golden.number("tagLoss")}, within(1e-6));
            assertThat(batch.read().divisors()).containsExactly(new double[] {4, 8}, within(1e-6));
        }
        assertThat(logits.getGradient().toFloatArray()).containsExactly(golden.floats("gradient"), within(1e-6f));
        assertThat(tagLogits.getGradient().toFloatArray()).containsExactly(golden.floats("tagGradient"), within(1e-6f));
    }

    @Test
    void eachPartHasItsOwnMissingLabels() {
        MixDraw mixture = MixDraw.blended(0.25, 1, 0);
        NDArray label = manager.create(new long[] {0, -1});
        label.setName("label");
        NDArray logits = manager.create(new float[] {0, 0, 0, 0, 0, 0}, new Shape(2, 3));
        logits.setRequiresGradient(true);
        NDArray image = manager.zeros(new Shape(2, 3, 4, 4));
        try (MultiHeadLoss loss = new MultiHeadLoss(manager, HeadSet.of(LABEL), Map.of(), Map.of(), Map.of());
                BatchMixer mixer = new BatchMixer(manager, BatchMix.mixUp(1), 0);
                MixedBatch mixed = mixer.mix(image, new NDList(label), mixture);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            BatchLoss batch = mixed.loss(labels -> loss.of(manager, new NDList(logits), labels));
            gradients.backward(batch.total());
            assertThat(batch.read().losses()[0]).isCloseTo(Math.log(3), within(1e-6));
        }
        // the first image knows its own label, the second that of the first
        assertThat(logits.getGradient().toFloatArray())
                .containsExactly(
                        new float[] {-0.25f * 2 / 3, 0.25f / 3, 0.25f / 3, -0.75f * 2 / 3, 0.25f, 0.25f},
                        within(1e-6f));
    }

    @Test
    void whatIsDrawnDependsOnSeedEpochAndBatchOnly() {
        NDArray image = manager.randomNormal(new Shape(8, 3, 4, 4));
        NDArray label = manager.arange(8).toType(DataType.INT64, false);
        label.setName("label");
        BatchMix mix = BatchMix.either(BatchMix.mixUp(1), BatchMix.mixUp(0.5));
        Set<List<Float>> drawn = new HashSet<>();
        try (BatchMixer one = new BatchMixer(manager, mix, 7);
                BatchMixer two = new BatchMixer(manager, mix, 7);
                BatchMixer other = new BatchMixer(manager, mix, 8)) {
            for (int epoch = 2; epoch >= 0; epoch--) {
                for (int batch = 0; batch < 5; batch++) {
                    List<Float> blended = numbers(one.mix(image, new NDList(label), epoch, batch));
                    assertThat(numbers(two.mix(image, new NDList(label), epoch, batch)))
                            .isEqualTo(blended);
                    drawn.add(blended);
                    drawn.add(numbers(other.mix(image, new NDList(label), epoch, batch)));
                }
            }
        }
        assertThat(drawn).as("each draw is another").hasSize(30);
    }

    @Test
    void aWholeBatchIsItself() {
        NDArray image = manager.ones(new Shape(2, 3, 4, 4));
        NDList labels = new NDList(manager.create(new long[] {0, 1}));
        try (MixedBatch mixed = MixedBatch.whole(image, labels)) {
            assertThat(mixed.image()).isSameAs(image);
            assertThat(mixed.dominantLabels()).isSameAs(labels);
        }
        assertThat(image.isReleased()).isFalse();
    }

    private static List<Float> numbers(MixedBatch mixed) {
        try (mixed) {
            List<Float> numbers = new ArrayList<>();
            for (float value : mixed.image().toFloatArray()) {
                numbers.add(value);
            }
            return numbers;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.2, 1, 4})
    void sharesHaveTheMeanAndTheVarianceOfBeta(double alpha) {
        SplittableRandom random = new SplittableRandom(3);
        Beta beta = new Beta(alpha);
        double[] fractions =
                IntStream.range(0, 20_000).mapToDouble(i -> beta.draw(random)).toArray();
        double mean = Arrays.stream(fractions).average().orElseThrow();
        double variance = Arrays.stream(fractions)
                .map(fraction -> (fraction - mean) * (fraction - mean))
                .average()
                .orElseThrow();
        assertThat(Arrays.stream(fractions)).allMatch(fraction -> fraction >= 0 && fraction <= 1);
        assertThat(mean).isCloseTo(0.5, within(0.02));
        assertThat(variance).isCloseTo(0.25 / (2 * alpha + 1), within(0.01));
    }

    @Test
    void rectanglesStayWithinTheImage() {
        SplittableRandom random = new SplittableRandom(4);
        BatchMix mix = BatchMix.cutMix(0.5);
        for (int i = 0; i < 500; i++) {
            MixDraw mixture = mix.draw(random, 3, 5, 9);
            assertThat(mixture.fraction()).isBetween(0.0, 1.0);
            float[] pixels = mixture.pixelFractions();
            int cut = 0;
            for (float pixel : pixels) {
                cut += pixel == 0 ? 1 : 0;
            }
            assertThat(1 - cut / 45.0).isCloseTo(mixture.fraction(), within(1e-9));
        }
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        List<Runnable> wrong = List.of(
                () -> BatchMix.mixUp(0),
                () -> BatchMix.cutMix(Double.NaN),
                () -> MixDraw.blended(1.1, 0),
                () -> MixDraw.blended(0.5, 1),
                () -> MixDraw.cut(0, 0, 7, 5, 5, 6, 0),
                () -> MixDraw.cut(3, 0, 2, 5, 5, 6, 0));
        wrong.forEach(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
    }
}
