package io.github.multilabel.cli.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Arguments that count only for options that were not typed: those of a main for one task, or of a file of settings.
 * Where several are applied one after the other, the first one wins, and what was typed wins over all.
 */
public final class DefaultArguments {

    private final Supplier<Callable<Integer>> command;

    /**
     * For a command.
     *
     * @param command makes it; called for each look at what was typed
     */
    public DefaultArguments(Supplier<Callable<Integer>> command) {
        this.command = command;
    }

    /**
     * Adds to what was typed.
     *
     * @param defaults perhaps first the name of the subcommand, which then is not typed; then options, each with its
     *     values in the same word ({@code --output=build}) or in the next ones, if these do not begin with a hyphen
     * @param typed any arguments, also wrong ones, which stay as they are
     * @return the arguments to run
     */
    public List<String> under(List<String> defaults, List<String> typed) {
        if (defaults.isEmpty()) {
            return typed; // without a look, which costs more than all else that reads arguments
        }
        int options = 0;
        while (options < defaults.size() && !isOption(defaults.get(options))) {
            options++;
        }
        List<String> arguments = new ArrayList<>(defaults.subList(0, options));
        arguments.addAll(typed);
        ParseResult given = look(arguments);
        arguments.addAll(afterSubcommand(given, arguments), untyped(defaults.subList(options, defaults.size()), given));
        return arguments;
    }

    /**
     * The value of an option, if it was typed.
     *
     * @param option such as {@code --config}
     */
    public Optional<String> typed(String option, List<String> typed) {
        ParseResult given = look(typed);
        return given.hasMatchedOption(option)
                ? given.matchedOption(option).stringValues().stream().findFirst()
                : Optional.empty();
    }

    /** What was given to the innermost subcommand; what is wrong with it is told later. */
    private ParseResult look(List<String> arguments) {
        CommandLine line = Launcher.commandLine(command.get());
        lenient(line);
        ParseResult given = line.parseArgs(arguments.toArray(String[]::new));
        while (given.hasSubcommand()) {
            given = given.subcommand();
        }
        return given;
    }

    private static void lenient(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(DefaultArguments::lenient);
    }

    private static int afterSubcommand(ParseResult given, List<String> arguments) {
        List<String> names = new ArrayList<>(List.of(given.commandSpec().aliases()));
        names.add(given.commandSpec().name());
        int at = 0;
        while (at < arguments.size() && !names.contains(arguments.get(at))) {
            at++;
        }
        return at == arguments.size() ? 0 : at + 1;
    }

    private static List<String> untyped(List<String> defaults, ParseResult given) {
        List<String> left = new ArrayList<>();
        boolean isTyped = false;
        for (String word : defaults) {
            if (isOption(word)) {
                int equals = word.indexOf('=');
                isTyped = given.hasMatchedOption(equals < 0 ? word : word.substring(0, equals));
            }
            if (!isTyped) {
                left.add(word);
            }
        }
        return left;
    }

    private static boolean isOption(String word) {
        return word.startsWith("-");
    }
}
