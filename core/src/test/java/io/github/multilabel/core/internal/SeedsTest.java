package io.github.multilabel.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Trainings go on from checkpoints of earlier releases with these numbers: they never change. */
class SeedsTest {

    @Test
    void aSampleDrawsWhatItAlwaysDrew() {
        assertThat(Seeds.ofSample(0, 0, 0).nextLong()).isEqualTo(-2152535657050944081L);
        assertThat(Seeds.ofSample(0, 0, -1).nextLong()).isEqualTo(-2587059571497475885L);
        assertThat(Seeds.ofSample(42, 3, 7).nextLong()).isEqualTo(6737720162186545488L);
        assertThat(Seeds.ofSample(-5, 1, 16_185).nextLong()).isEqualTo(8569591079721246459L);
        assertThat(Seeds.ofSample(1L << 40, 100, 1L << 33).nextLong()).isEqualTo(-7878526888344757356L);
    }

    @Test
    void aBatchDrawsWhatItAlwaysDrew() {
        assertThat(Seeds.ofBatch(0, 0, 0).nextLong()).isEqualTo(2558736989570252433L);
        assertThat(Seeds.ofBatch(42, 3, 7).nextLong()).isEqualTo(557877198860521237L);
        assertThat(Seeds.ofBatch(-5, 1, 16_185).nextLong()).isEqualTo(1410667790337416966L);
        assertThat(Seeds.ofBatch(1L << 40, 100, 1L << 33).nextLong()).isEqualTo(8300792402436163908L);
    }

    @Test
    void aStepSeedsTheEngineAsItAlwaysDid() {
        assertThat(Seeds.ofStep(0, 0, 0)).isEqualTo(9038243705893100514L);
        assertThat(Seeds.ofStep(42, 3, 7)).isEqualTo(-6598040632178389933L);
        assertThat(Seeds.ofStep(-5, 1, 16_185)).isEqualTo(4698953613391710518L);
        assertThat(Seeds.ofStep(1L << 40, 100, 3)).isEqualTo(1843457886404462147L);
    }

    @Test
    void firstWeightsSeedTheEngineAsTheyAlwaysDid() {
        assertThat(LongStream.of(0, 42, -5, 1L << 40).map(Seeds::ofWeights))
                .containsExactly(0L, -9148929187392628276L, 5431930068122443671L, -1725051079500877066L);
    }

    /** PyTorch's generator on a CPU takes the lower 32 bits. */
    @Test
    void seedsStepsAndEpochsThatAreNearEachOtherHaveNothingInCommon() {
        assertThat(LongStream.of(0, -1, 1, -2, 1L << 32, (1L << 32) + 1, Long.MIN_VALUE, Long.MAX_VALUE)
                        .mapToInt(seed -> (int) Seeds.ofWeights(seed)))
                .doesNotHaveDuplicates();
        Set<Integer> steps = new HashSet<>();
        for (long seed : new long[] {0, 1, -1, 1L << 32}) {
            for (int epoch = 0; epoch < 20; epoch++) {
                for (int batch = 0; batch < 100; batch++) {
                    steps.add((int) Seeds.ofStep(seed, epoch, batch));
                }
            }
        }
        assertThat(steps).hasSize(4 * 20 * 100);
    }
}
