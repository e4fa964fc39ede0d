package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A checkpoint is read and written as those that people keep, whatever the classes are called now. */
class CheckpointFormatTest {

    /** Processors differ in their vector units, and so do sums in their last digits, which a training makes larger. */
    private static final double OF_ANOTHER_MACHINE = 2e-3;

    /** The commits that wrote samples; the last one had the format that is written today. */
    private static final String[] COMMITS = {"2c09df3", "c833c6e"};

    static Stream<Arguments> samples() {
        return Stream.of(COMMITS)
                .flatMap(commit -> CheckpointSamples.TRAININGS.keySet().stream().map(name -> Arguments.of(commit, name)));
    }

    static Stream<String> trainings() {
        return CheckpointSamples.TRAININGS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aTrainingGoesOnFromEachSampleToTheNumbersThatItWouldHaveHad(
            String commit, String name, @TempDir Path folder) throws IOException {
        JsonObject expected = CheckpointSamples.unpack(commit, name, folder);
        JsonObject found = CheckpointSamples.resumed(name, folder);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.keySet().forEach(number -> assertThat(found.get(number).getAsDouble())
                .as(number)
                .isEqualTo(expected.get(number).getAsDouble(), within(OF_ANOTHER_MACHINE)));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void whatIsWrittenHasTheFieldsAndTheSettingsOfTheSample(
            String name, @TempDir Path saved, @TempDir Path written) throws IOException {
        CheckpointSamples.unpack(COMMITS[COMMITS.length - 1], name, saved);
        CheckpointSamples.stopped(name, written);
        assertThat(CheckpointSamples.fields(written)).isEqualTo(CheckpointSamples.fields(saved));
        assertThat(CheckpointSamples.description(written).get("settings"))
                .isEqualTo(CheckpointSamples.description(saved).get("settings"));
    }
}
