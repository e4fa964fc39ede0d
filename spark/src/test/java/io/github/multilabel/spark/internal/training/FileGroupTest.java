package io.github.multilabel.spark.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.training.group.TrainingGroup;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each member is a thread. */
class FileGroupTest {

    @TempDir
    private java.nio.file.Path folder;

    private FileSystem files;

    @BeforeEach
    void openFiles() throws Exception {
        files = FileSystem.getLocal(new Configuration());
    }

    private FileGroup member(int rank, int size) {
        return new FileGroup(files, new Path(folder.toUri()), rank, size, () -> false);
    }

    /** What a member does. */
    private interface Work<T> {
        T with(TrainingGroup member) throws Exception;
    }

    private <T> List<T> everybody(int size, Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                int own = rank;
                running.add(threads.submit(() -> {
                    try (FileGroup member = member(own, size)) {
                        return work.with(member);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(20, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyMemberHearsWhatEachSaidInTheOrderOfRanks() throws Exception {
        List<List<String>> heard = everybody(
                3,
                member -> member.gather("names", ("member " + member.rank()).getBytes(StandardCharsets.UTF_8)).stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList());

        assertThat(heard).hasSize(3).containsOnly(List.of("member 0", "member 1", "member 2"));
    }

    @Test
    void valuesBecomeTheirWeightedMean() throws Exception {
        List<float[]> means = everybody(3, member -> {
            float[] values = {member.rank(), 10 * member.rank(), -1, 0.5f, 7};
            member.average("weights", values, member.rank() + 1);
            return values;
        });

        // weights 1, 2, 3 of 6 for the ranks 0, 1, 2
        assertThat(means).allSatisfy(mean -> assertThat(mean)
                .containsExactly(new float[] {8 / 6f, 80 / 6f, -1, 0.5f, 7}, within(1e-6f)));
    }

    @Test
    void oneWhoseWeightIsZeroTakesTheMeanOfTheOthers() throws Exception {
        List<float[]> means = everybody(2, member -> {
            float[] values = {member.rank() == 0 ? Float.NaN : 3};
            member.average("weights", values, member.rank());
            return values;
        });

        assertThat(means).allSatisfy(mean -> assertThat(mean).containsExactly(3));
    }

    @Test
    void membersMoreThanValuesHaveEmptySlices() throws Exception {
        List<float[]> means = everybody(4, member -> {
            float[] values = {member.rank(), 1};
            member.average("weights", values, 1);
            return values;
        });

        assertThat(means).allSatisfy(mean -> assertThat(mean).containsExactly(1.5f, 1));
    }

    @Test
    void manyRoundsLeaveFewFilesBehind() throws Exception {
        Random random = new Random(1);
        int length = 1000 + random.nextInt(100);

        everybody(2, member -> {
            float[] values = new float[length];
            for (int round = 0; round < 50; round++) {
                values[round] = 2 * member.rank();
                member.average("weights", values, 1);
                assertThat(values[round]).isEqualTo(1);
            }
            return values;
        });

        try (Stream<java.nio.file.Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void aFileThatIsNotYetWholeIsWaitedFor() throws Exception {
        SharedFiles shared = new SharedFiles(files, () -> false);
        Path file = new Path(folder.toUri().toString(), "half");
        shared.write(file, new byte[1000]);
        byte[] whole = Files.readAllBytes(folder.resolve("half"));
        Files.write(folder.resolve("half"), java.util.Arrays.copyOf(whole, 500));
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<byte[]> content = writer.submit(() -> shared.await(file));

            assertThatThrownBy(() -> content.get(100, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            Files.write(folder.resolve("half"), whole);
            assertThat(content.get(10, TimeUnit.SECONDS)).isEqualTo(new byte[1000]);
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aTaskThatIsToEndStopsWaiting() {
        try (FileGroup alone = new FileGroup(files, new Path(folder.toUri()), 0, 2, () -> true)) {
            assertThatThrownBy(() -> alone.gather("names", new byte[0]))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("asked to end");
        }
    }

    @Test
    void weightsThatAreAllZeroAreRefused() {
        try (FileGroup alone = member(0, 1)) {
            assertThatThrownBy(() -> alone.average("weights", new float[] {1}, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one must be above 0");
        }
    }
}
