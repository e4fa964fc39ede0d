package io.github.multilabel.cli.program;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.core.torch.internal.NativeMemory;
import io.github.multilabel.training.event.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a program from the command line. What the user can put right (wrong options, missing files, data that cannot be
 * used) ends with one message. Any other exception is a fault of the program, and is shown as one, with its stack
 * trace.
 */
public final class Launcher {

    private Launcher() {}

    /** Runs a program, and ends the process with its exit code unless that is 0. */
    public static void run(Callable<Integer> program, String... arguments) {
        run(() -> execute(program, arguments));
    }

    /** Runs what returns an exit code, and ends the process with it unless it is 0. */
    public static void run(IntSupplier program) {
        // DJL reports its start to its authors on EC2 unless told not to.
        System.setProperty("OPT_OUT_TRACKING", System.getProperty("OPT_OUT_TRACKING", "true"));
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        int code = program.getAsInt();
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The exit code: 0 for success, 1 for a failure, 2 for wrong options. */
    public static int execute(Callable<Integer> program, String... arguments) {
        return commandLine(program).execute(arguments);
    }

    /** Runs a program whose arguments are yet to be found; what is wrong with them ends as a failure of the program. */
    public static int execute(Callable<Integer> program, Arguments arguments) {
        CommandLine command = commandLine(program);
        List<String> found;
        try {
            found = arguments.find();
        } catch (IOException | RuntimeException e) {
            return failed(e, command);
        }
        return command.execute(found.toArray(String[]::new));
    }

    /** Where arguments come from. */
    @FunctionalInterface
    public interface Arguments {
        /** All of them, such as those that were typed and those of a file. */
        List<String> find() throws IOException;
    }

    /** How all programs read their arguments and tell of failures. */
    public static CommandLine commandLine(Callable<Integer> program) {
        return new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setTrimQuotes(true)
                .setParameterExceptionHandler((wrong, given) -> refused(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int refused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("--help explains every option");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        Optional<String> message = message(failure);
        if (message.isPresent()) {
            err.println(command.getColorScheme().errorText(message.get()));
        } else {
            err.println(command.getColorScheme()
                    .errorText("This is a fault of the program, not of what it was given. Please report it, with the"
                            + " command and these lines:"));
            failure.printStackTrace(err);
        }
        boolean isUsage = failure instanceof InvalidOptionsException || failure instanceof InvalidInputException;
        return isUsage ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** A message for the user; empty if only an author of the program can do something about the failure. */
    private static Optional<String> message(Exception failure) {
        return NativeMemory.shortage(failure).or(() -> words(failure).map(Flags::of));
    }

    private static Optional<String> words(Exception failure) {
        if (failure instanceof InvalidOptionsException wrong) {
            return Optional.of(Flags.of(wrong));
        }
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            String words = String.valueOf(wrapped.getMessage());
            boolean saysMore = !words.equals(wrapped.getCause().toString());
            return Optional.of(saysMore ? words : FileFailure.message(wrapped.getCause()));
        }
        if (failure instanceof IOException file) {
            return Optional.of(FileFailure.message(file));
        }
        boolean isForTheUser = failure instanceof InvalidInputException
                || failure instanceof MalformedModelException
                || failure instanceof TrainingDivergedException
                || isWithoutEngine(failure);
        return isForTheUser ? Optional.ofNullable(failure.getMessage()) : Optional.empty();
    }

    /** PyTorch's library cannot be loaded: the user has to choose another, or to make room for it. */
    private static boolean isWithoutEngine(Exception failure) {
        return failure instanceof IllegalStateException
                && (failure.getCause() instanceof EngineException || failure.getCause() instanceof LinkageError);
    }
}
