package io.github.multilabel.cli.config;

import com.google.gson.JsonPrimitive;
import io.github.multilabel.cli.config.ConfigEntry.Named;
import io.github.multilabel.cli.config.ConfigEntry.Nothing;
import io.github.multilabel.cli.config.ConfigEntry.One;
import io.github.multilabel.cli.config.ConfigEntry.Several;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Makes arguments of the entries of a file, and checks each as if it had been typed. */
final class ConfigArguments {

    /** The option that names the file. */
    private static final String CONFIG = "config";

    /**
     * What a description of a training has, and a new training does not take over: the training that is described may
     * be finished, and is neither replaced nor continued unless somebody types so.
     */
    private static final Set<String> NOT_REPEATED = Set.of("resume", "overwrite", CONFIG);

    /** What means no value in YAML, and is a text here like any other. */
    private static final Set<String> NOTHING = Set.of("null", "Null", "NULL", "~");

    private static final Pattern WRONG_VALUE = Pattern.compile("^Invalid value for option '[^']*'(?: \\([^)]*\\))?: ");

    private final CommandSpec command;
    private final boolean isRun;
    /** By the names that a file may use. */
    private final Map<String, OptionSpec> options = new LinkedHashMap<>();

    /** @param isRun whether the entries describe a training */
    ConfigArguments(CommandSpec command, boolean isRun) {
        this.command = command;
        this.isRun = isRun;
        for (OptionSpec option : command.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                for (String name : option.names()) {
                    if (name.startsWith("--")) {
                        options.put(name.substring(2), option);
                    }
                }
            }
        }
    }

    List<String> of(ConfigSource source, List<ConfigEntry> entries) {
        List<String> arguments = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Map<OptionSpec, ConfigEntry> seen = new HashMap<>();
        for (ConfigEntry entry : entries) {
            if (entry.value() instanceof Nothing || isRun && NOT_REPEATED.contains(entry.key())) {
                continue;
            }
            OptionSpec option = options.get(entry.key());
            if (isRun && option != null && isDefault(option, entry.value())) {
                continue; // an option of other images, such as of tables where there is none, must not be given
            }
            ConfigEntry before = option == null ? null : seen.put(option, entry);
            try {
                if (option == null || entry.key().equals(CONFIG)) {
                    throw unknown(entry.key());
                }
                if (before != null) {
                    throw new InvalidInputException("it appears twice; the first is at " + before.place());
                }
                arguments.addAll(checked(option, entry.value()));
            } catch (InvalidInputException e) {
                wrong.add(entry.place() + ": '" + Excerpt.of(entry.key()) + "': " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInputException(
                    wrong.size() == 1
                            ? wrong.get(0)
                            : "these options in " + source.at() + " cannot be used:" + Excerpt.lines(wrong));
        }
        return arguments;
    }

    private static boolean isDefault(OptionSpec option, ConfigEntry.Value value) {
        return value instanceof One one
                && OptionValue.ofDefault(option) instanceof JsonPrimitive usual
                && usual.getAsString().equals(one.text());
    }

    private InvalidInputException unknown(String key) {
        if (key.equals(CONFIG)) {
            return new InvalidInputException("a file of options cannot name another one; type --config");
        }
        return new InvalidInputException(
                "'" + command.name() + "' has no such option; keys are the names of its options" + " without dashes"
                        + NearMatches.question(key, options.keySet()));
    }

    private List<String> checked(OptionSpec option, ConfigEntry.Value value) {
        List<String> arguments = arguments(option, value);
        OptionSpec alone = OptionSpec.builder(option)
                .required(false)
                .getter(new Tried())
                .setter(new Tried())
                .build();
        CommandSpec scratch = CommandSpec.create().addOption(alone);
        scratch.parser(command.parser());
        try {
            Launcher.withConverters(new CommandLine(scratch))
                    .setCaseInsensitiveEnumValuesAllowed(command.parser().caseInsensitiveEnumValuesAllowed())
                    .parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InvalidInputException(
                    WRONG_VALUE.matcher(Launcher.words(e)).replaceFirst("")
                            + (value instanceof One one && NOTHING.contains(one.text())
                                    ? "; leave the key out for the default"
                                    : ""));
        }
        return arguments;
    }

    /** Where a value goes that is only tried. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's interfaces
    private static final class Tried implements IGetter, ISetter {

        @Override
        public <T> @Nullable T get() {
            return null;
        }

        @Override
        public <T> T set(T value) {
            return value;
        }
    }

    private List<String> arguments(OptionSpec option, ConfigEntry.Value value) {
        OptionArgument argument = new OptionArgument(option);
        if (value instanceof One one) {
            return List.of(one(argument, one.text()));
        }
        if (value instanceof Several several) {
            requireRepeatable(option, value);
            require(!several.texts().isEmpty(), "the list is empty; leave the key out");
            return several.texts().stream()
                    .map(this::readable)
                    .map(argument::ofEntry)
                    .toList();
        }
        Named named = (Named) value;
        if (!argument.takesNames()) {
            throw new InvalidInputException(takes(option) + ", got " + value.describe());
        }
        require(!named.texts().isEmpty(), "the map is empty; leave the key out");
        return named.texts().entrySet().stream()
                .map(entry -> argument.ofNamed(entry.getKey(), readable(entry.getValue())))
                .toList();
    }

    private String one(OptionArgument argument, String text) {
        if (!argument.isFlag()) {
            return argument.ofText(readable(text));
        }
        require(text.equals("true") || text.equals("false"), "it is true or false, got '" + Excerpt.of(text) + "'");
        return argument.ofFlag(text);
    }

    private String readable(String text) {
        require(
                !isRun || !Secrets.isMasked(text),
                "its password is not in the file, and has to be typed: give the option on the command line");
        return text;
    }

    private static void requireRepeatable(OptionSpec option, ConfigEntry.Value value) {
        require(option.isMultiValue(), takes(option) + ", got " + value.describe());
    }

    private static String takes(OptionSpec option) {
        return option.arity().max() == 0
                ? "it is true or false"
                : option.isMultiValue() ? "it takes one value or a list" : "it takes one value";
    }

    private static void require(boolean fits, String message) {
        if (!fits) {
            throw new InvalidInputException(message);
        }
    }
}
