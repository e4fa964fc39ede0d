package io.github.multilabel.examples.program;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.core.torch.internal.NativeMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * Runs a program from the command line. What the user can put right (wrong options, missing files) ends in one message
 * and a code other than 0; what nobody expected ends in a stack trace.
 */
public final class Launcher {

    private Launcher() {}

    public static void run(Callable<Integer> program, String... arguments) {
        // DJL reports its start to its authors on EC2 unless told not to.
        System.setProperty("OPT_OUT_TRACKING", System.getProperty("OPT_OUT_TRACKING", "true"));
        System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
        int code = execute(program, arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The exit code: 0 for success, 1 for a failure, 2 for wrong options. */
    public static int execute(Callable<Integer> program, String... arguments) {
        return new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    Optional<String> shortage = NativeMemory.shortage(failure);
                    if (shortage.isPresent()) {
                        command.getErr().println(command.getColorScheme().errorText(shortage.get()));
                        return command.getCommandSpec().exitCodeOnExecutionException();
                    }
                    if (!isForTheUser(failure)) {
                        throw failure;
                    }
                    command.getErr().println(command.getColorScheme().errorText(message(failure)));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments);
    }

    private static boolean isForTheUser(Exception failure) {
        return failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof MalformedModelException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException;
    }

    private static String message(Exception failure) {
        return failure instanceof InvalidOptionsException wrong ? Flags.of(wrong) : Flags.of(words(failure));
    }

    private static String words(Exception failure) {
        if (failure instanceof UncheckedIOException wrapped) {
            IOException cause = wrapped.getCause();
            boolean saysMore = !String.valueOf(wrapped.getMessage()).equals(cause.toString());
            return saysMore ? wrapped.getMessage() : FileFailure.message(cause);
        }
        return failure instanceof IOException file ? FileFailure.message(file) : failure.getMessage();
    }
}
