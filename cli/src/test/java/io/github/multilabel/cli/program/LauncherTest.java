package io.github.multilabel.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import io.github.multilabel.training.event.TrainingDivergedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a user sees of a failure. */
class LauncherTest {

    /** A program that fails. */
    @Command(name = "Failing")
    private static final class Failing implements Callable<Integer> {

        private final Exception failure;

        @Option(names = "--number")
        int number;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private record Shown(int code, String err) {}

    private static Shown run(Exception failure, String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
            return new Shown(
                    Launcher.execute(new Failing(failure), arguments), printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    static List<Arguments> failuresOfTheUser() {
        return List.of(
                Arguments.of(new InvalidInputException("no column 'a'"), 2, "no column 'a'"),
                Arguments.of(
                        new InvalidOptionsException(
                                "build MultiLabelTrainer",
                                List.of(new Problem("optEpochs", Optional.of("0"), "at least 1"))),
                        2,
                        "these options cannot be used:\n- --epochs 0: at least 1"),
                Arguments.of(new IOException("the disk is full"), 1, "the disk is full"),
                Arguments.of(new NoSuchFileException("a.jpg"), 1, "'a.jpg': there is no such file or folder"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("a.jpg")),
                        1,
                        "'a.jpg': there is no such file or folder"),
                Arguments.of(new MalformedModelException("model.json is cut off"), 1, "model.json is cut off"),
                Arguments.of(new TrainingDivergedException("the loss is NaN"), 1, "the loss is NaN"),
                Arguments.of(
                        new IllegalStateException("PyTorch cannot be started", new UnsatisfiedLinkError()),
                        1,
                        "PyTorch cannot be started"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheUser")
    void whatTheUserCanPutRightIsOneMessage(Exception failure, int code, String message) {
        Shown shown = run(failure);

        assertThat(shown.err()).isEqualToNormalizingNewlines(message + "\n");
        assertThat(shown.code()).isEqualTo(code);
    }

    static List<Exception> faultsOfTheProgram() {
        return List.of(
                new IllegalArgumentException("a batch needs as many labels as images"),
                new IllegalStateException("this trainer is closed"),
                new NullPointerException(),
                new IndexOutOfBoundsException(3));
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheProgram")
    void anyOtherExceptionIsAFaultOfTheProgramWithItsStackTrace(Exception fault) {
        Shown shown = run(fault);

        assertThat(shown.err()).contains("a fault of the program", "Please report it", fault.toString(), "\tat ");
        assertThat(shown.code()).isEqualTo(1);
    }

    @Test
    void wrongArgumentsOfWorkAreTheUsersOnlyWhereTheyWereTyped() {
        assertThat(run(new IllegalArgumentException("outside [0, 1)")).err()).contains("\tat ");
        InvalidInputException typed = org.assertj.core.api.Assertions.catchThrowableOfType(
                InvalidInputException.class,
                () -> InvalidInputException.check(() -> {
                    throw new IllegalArgumentException("outside [0, 1)");
                }));
        assertThat(run(typed).err()).isEqualToNormalizingNewlines("outside [0, 1)\n");
    }

    @Test
    void aWrongFlagIsOneMessageAndNotTheWholeHelp() {
        assertThat(run(new IOException(), "--number", "many"))
                .satisfies(shown -> assertThat(shown.code()).isEqualTo(2))
                .satisfies(shown ->
                        assertThat(shown.err()).contains("--number", "many").hasLineCount(2));
        assertThat(run(new IOException(), "--nmber", "3").err()).contains("--nmber", "--help explains every option");
    }
}
