package io.github.multilabel.cli.program;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.torch.internal.NativeMemory;
import io.github.multilabel.training.event.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a program from the command line. What the user can put right (wrong options, missing files, data that cannot be
 * used) ends with one message. Any other exception is a fault of the program, and is shown as one, with its stack
 * trace.
 */
public final class Launcher {

    /** What picocli says of a value that an enum does not have. */
    private static final Pattern CHOICE =
            Pattern.compile("(?s)^(.*: )expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'$");

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
        Utf8Streams.set();
        int code = program.getAsInt();
        if (code == ExitCode.OK && System.out.checkError()) { // which what was printed does not tell of
            System.err.println("not all results could be printed: standard output is full, or its reader has ended");
            code = ExitCode.SOFTWARE;
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The exit code: 0 for success, 1 for a failure, 2 for wrong options. */
    public static int execute(Callable<Integer> program, String... arguments) {
        return execute(program, () -> List.of(arguments));
    }

    /** Runs a program whose arguments are yet to be found; what is wrong with them ends as a failure of the program. */
    public static int execute(Callable<Integer> program, Arguments arguments) {
        CommandLine command = commandLine(program);
        try {
            List<String> found = arguments.find();
            Optional<String> mangled = Utf8Streams.mangled(found);
            if (mangled.isPresent()) {
                throw new InvalidInputException(mangled.get());
            }
            return command.execute(found.toArray(String[]::new));
        } catch (IOException | RuntimeException e) {
            return failed(e, command);
        } catch (OutOfMemoryError e) {
            command.getErr().println(outOfHeap());
            return ExitCode.SOFTWARE;
        }
    }

    /** Where arguments come from. */
    @FunctionalInterface
    public interface Arguments {
        /** All of them, such as those that were typed and those of a file. */
        List<String> find() throws IOException;
    }

    /** How all programs read their arguments and tell of failures. */
    public static CommandLine commandLine(Callable<Integer> program) {
        CommandLine command = new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setTrimQuotes(true)
                .setExecutionStrategy(Launcher::runLast)
                .setOut(StandardOutput.printer(System.out))
                .setErr(StandardOutput.printer(System.err))
                .setParameterExceptionHandler((wrong, given) -> refused(wrong))
                .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed));
        HelpText.layOut(command);
        return withConverters(command);
    }

    /** Has a command, and its subcommands, read paths and whole numbers as all programs do. */
    public static CommandLine withConverters(CommandLine command) {
        return command.registerConverter(Path.class, new PathName())
                .registerConverter(int.class, WholeNumber.INT)
                .registerConverter(Integer.class, WholeNumber.INT)
                .registerConverter(long.class, WholeNumber.LONG)
                .registerConverter(Long.class, WholeNumber.LONG);
    }

    /** Runs the innermost command, unless an option of several values got none of them. */
    private static int runLast(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        for (OptionSpec option : last.matchedOptions()) {
            if (!option.splitRegex().isEmpty() && option.stringValues().isEmpty()) {
                throw new ParameterException(
                        last.commandSpec().commandLine(),
                        option.longestName() + ": there are commas and no value; name values, or leave it out");
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int refused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(inOneLine(words(wrong), command)));
        err.println(command.getCommandSpec().qualifiedName() + " --help explains every option");
        return ExitCode.USAGE;
    }

    /** What is wrong with arguments, for people. */
    public static String words(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            boolean isCommand = !wrong.getCommandLine().getSubcommands().isEmpty();
            CommandSpec command = wrong.getCommandLine().getCommandSpec();
            return word.startsWith("-")
                    ? "there is no option '" + word + "'"
                            + NearMatches.question(
                                    word.replaceFirst("=.*", ""),
                                    command.optionsMap().keySet())
                    : isCommand
                            ? "there is no command '" + word + "'"
                                    + NearMatches.question(
                                            word, command.subcommands().keySet())
                            : "'" + word + "' is one word too many: it belongs to no option"
                                    + (isAfterComma(word, wrong.getCommandLine())
                                            ? "; leave out the blank after the comma, or quote the whole list"
                                            : "");
        }
        Matcher choice = CHOICE.matcher(String.valueOf(wrong.getMessage()));
        if (choice.find()) {
            return choice.group(1) + "'" + choice.group(3) + "' is none of " + choices(choice.group(2));
        }
        return String.valueOf(wrong.getMessage())
                .replaceFirst("^Invalid value for positional parameter at index \\d+ \\(<?(\\w+)>?\\): ", "$1: ")
                .replaceFirst(" is not an? (?:double|float)$", " is not a number")
                .replaceFirst("(?<=%)' is not a number$", "' is not a number; write a fraction, such as 0.2 for 20%");
    }

    private static boolean isAfterComma(String word, CommandLine command) {
        ParseResult parsed = command.getParseResult();
        List<String> typed = parsed == null ? List.of() : parsed.originalArgs();
        int place = typed.lastIndexOf(word);
        return place > 0 && typed.get(place - 1).endsWith(",");
    }

    /** As they are written in the help: an enum has one name with a hyphen, and one with an underscore. */
    private static String choices(String names) {
        return Arrays.stream(names.split(", "))
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String outOfHeap() {
        return "Java's memory, " + (Runtime.getRuntime().maxMemory() >> 20) + " MB, is not enough: give it more with"
                + " JAVA_TOOL_OPTIONS=-Xmx8g in the environment, or take smaller batches or images";
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        Optional<String> message = message(failure);
        if (message.isPresent()) {
            err.println(command.getColorScheme().errorText(inOneLine(message.get(), command)));
        } else {
            err.println(command.getColorScheme()
                    .errorText("This is a fault of the program, not of what it was given. Please report it, with the"
                            + " command and these lines:"));
            failure.printStackTrace(err);
        }
        boolean isUsage = failure instanceof InvalidOptionsException || failure instanceof InvalidInputException;
        return isUsage ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** A line break in what was typed, such as the name of a file, would pass for another line of the message. */
    private static String inOneLine(String message, CommandLine command) {
        ParseResult parsed = command.getParseResult();
        if (parsed == null) {
            return message;
        }
        String words = message;
        for (String typed : parsed.originalArgs()) {
            for (String name : typed.split("[/\\\\=,]")) {
                if (!name.isBlank()) {
                    words = words.replace(name, Excerpt.inOneLine(name));
                }
            }
        }
        return words;
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
