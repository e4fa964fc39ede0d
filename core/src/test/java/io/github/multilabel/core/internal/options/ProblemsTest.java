package io.github.multilabel.core.internal.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private static Problems wrong() {
        return new Problems("build Car")
                .missing("setHeads", "pass the heads")
                .require(false, "optThreads", 0, "at least 1")
                .requireGiven("optDecoder", null, "e.g. ImageDecoder.strict()")
                .check("optSize", () -> {
                    throw new IllegalArgumentException("size 0 is too small");
                })
                .add("there are no samples");
    }

    @Test
    void allProblemsAreReportedAtOnceInTheWordsOfTheBuilder() {
        assertThatExceptionOfType(InvalidOptionsException.class)
                .isThrownBy(wrong()::throwIfAny)
                .withMessage("cannot build Car:\n"
                        + "- setHeads is missing: pass the heads\n"
                        + "- optThreads(0): at least 1\n"
                        + "- optDecoder(null): e.g. ImageDecoder.strict()\n"
                        + "- optSize: size 0 is too small\n"
                        + "- there are no samples");
    }

    @Test
    void programsGetTheProblemsAsValues() {
        assertThatExceptionOfType(InvalidOptionsException.class)
                .isThrownBy(wrong()::throwIfAny)
                .satisfies(thrown -> assertThat(thrown.problems())
                        .containsExactly(
                                new Problem("setHeads", Optional.empty(), "pass the heads"),
                                new Problem("optThreads", Optional.of("0"), "at least 1"),
                                new Problem("optDecoder", Optional.of("null"), "e.g. ImageDecoder.strict()"),
                                new Problem("optSize", Optional.of(""), "size 0 is too small"),
                                new Problem("", Optional.of(""), "there are no samples")));
    }

    @Test
    void whereAllHoldsNothingIsThrown() {
        assertThatCode(new Problems("build Car")
                        .require(true, "optThreads", 1, "at least 1")
                        .requireGiven("optDecoder", "strict", "e.g. ImageDecoder.strict()")
                        .check("optSize", () -> {})::throwIfAny)
                .doesNotThrowAnyException();
    }

    @Test
    void problemsFoundEarlierCanBeAdded() {
        Problems all = new Problems("build Cars").addAll(wrong());
        assertThatExceptionOfType(InvalidOptionsException.class)
                .isThrownBy(all::throwIfAny)
                .withMessageStartingWith("cannot build Cars:\n- setHeads is missing");
    }

    @Test
    void theMessageSurvivesSerialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new InvalidOptionsException(
                    "build Car", List.of(new Problem("optThreads", Optional.of("0"), "at least 1"))));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            InvalidOptionsException read = (InvalidOptionsException) in.readObject();
            assertThat(read).hasMessageContaining("optThreads(0): at least 1");
            assertThat(read.problems()).isEmpty();
        }
    }
}
