package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A checkpoint is read and written as those that people keep, whatever the classes are called now. */
class CheckpointFormatTest {

    /** Processors differ in their vector units, and so do sums in their last digits, which a training makes larger. */
    private static final double OF_ANOTHER_MACHINE = 2e-3;

    /** The commit that wrote samples whose every field and setting is written today, too. */
    private static final String NEWEST = "c833c6e";

    static Stream<Arguments> samples() {
        return CheckpointSamples.commits()
                .flatMap(commit -> CheckpointSamples.names(commit).map(name -> Arguments.of(commit, name)));
    }

    @Test
    void everyTrainingHasASampleOfTheNewestFormat() {
        assertThat(CheckpointSamples.names(NEWEST))
                .containsExactlyInAnyOrderElementsOf(CheckpointSamples.TRAININGS.keySet());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aTrainingGoesOnFromEachSampleToTheNumbersThatItWouldHaveHad(String commit, String name, @TempDir Path folder)
            throws IOException {
        // given
        JsonObject expected = CheckpointSamples.unpack(commit, name, folder);
        Path sample = CheckpointSamples.newest(folder);
        Set<String> fields = CheckpointSamples.fields(sample);
        JsonObject settings = CheckpointSamples.settings(sample);
        List<Set<String>> writtenFields = new ArrayList<>();
        List<JsonObject> writtenSettings = new ArrayList<>();
        // when
        JsonObject found = CheckpointSamples.resumed(name, folder, checkpoint -> {
            writtenFields.add(CheckpointSamples.fields(checkpoint));
            writtenSettings.add(CheckpointSamples.settings(checkpoint));
        });
        // then
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.keySet().forEach(number -> assertThat(found.get(number).getAsDouble())
                .as(number)
                .isEqualTo(expected.get(number).getAsDouble(), within(OF_ANOTHER_MACHINE)));
        if (commit.equals(NEWEST)) {
            assertThat(writtenFields.get(0)).containsAll(fields);
            assertThat(writtenSettings.get(0).entrySet()).containsAll(settings.entrySet());
        }
    }
}
