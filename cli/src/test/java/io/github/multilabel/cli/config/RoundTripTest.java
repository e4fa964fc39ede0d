package io.github.multilabel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.cli.command.TrainCommand;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.core.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code train}, also one that is added later, comes back from run.json as it was typed. */
class RoundTripTest {

    private static final List<String> NUMBERS = List.of("0.25", "1e-3", "7", "3");
    private static final List<String> TEXTS =
            List.of("a b,c=\"d\".csv", "c:\\my dir\\x", "\"quoted\"", "brand=focal", "no", "ü=1,2");
    private static final Map<Class<?>, List<String>> OF_TYPE = Map.of(
            Integer.class, List.of("7", "010"),
            int.class, List.of("7"),
            Long.class, List.of("7"),
            long.class, List.of("-9223372036854775808"),
            Double.class, NUMBERS,
            Character.class, List.of(",", ";", "\t"),
            java.nio.charset.Charset.class, List.of("windows-1252"),
            java.time.Duration.class, List.of("1h30m", "90s"),
            ImageSize.class, List.of("224", "184x272"));
    /** Of options whose converter takes some words only. */
    private static final Map<String, List<String>> OF_OPTION = Map.ofEntries(
            Map.entry("--device", List.of("gpu1")),
            Map.entry("--augmentation", List.of("strong")),
            Map.entry("--dataset", List.of("stanford-cars")),
            Map.entry("--forbid", List.of("type=Van,brand=Audi", "model=A3, 2012")),
            Map.entry("--parent", List.of("model=brand,type", "a b=c", "none")),
            Map.entry("--loss-weight", List.of("brand=0.5", "a b=2")),
            Map.entry("--loss", List.of("brand=focal", "a,b=ordinal", "focal")),
            Map.entry("--class-weights", List.of("balanced", "x=y=balanced")),
            Map.entry("--label-smoothing", List.of("0.1", "\"a\"=1e-3")),
            Map.entry("--dropout", List.of("0.1", "a b=0.5")),
            Map.entry("--hidden-units", List.of("16", "a,b=16")),
            Map.entry("--head", List.of("brand", "my, column", "tags:multi=|", "tags:multi=,")),
            Map.entry("--aspect-ratio", List.of("median", "1.5")));

    @TempDir
    Path folder;

    /** Nothing is parsed by it, so one serves all tests. */
    private static final CommandSpec TRAIN =
            Launcher.commandLine(new Multilabel()).getSubcommands().get("train").getCommandSpec();

    static Stream<String> options() {
        return TRAIN.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName)
                .filter(name -> !Set.of("--config", "--resume", "--overwrite").contains(name));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionComesBackFromRunJson(String name) throws IOException {
        for (List<String> typed : typed(TRAIN.findOption(name))) {
            CommandSpec parsed = parsed(typed);
            OptionSpec given = parsed.findOption(name);
            Path run = run(parsed);
            List<String> again = ConfigFile.read(run).arguments(TRAIN);

            assertThat(again).as("%s in %s", name, Files.readString(run)).isNotEmpty();
            assertThat(parsed(again).findOption(name).stringValues())
                    .as("%s typed as %s, again as %s", name, typed, again)
                    .isNotEmpty()
                    .isEqualTo(given.stringValues());
        }
    }

    @Test
    void whatWasNotTypedIsNotGivenAgain() throws IOException {
        assertThat(ConfigFile.read(run(parsed(List.of()))).arguments(TRAIN)).isEmpty();
    }

    private static List<List<String>> typed(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of(List.of(option.longestName()));
        }
        List<String> values = values(option);
        List<List<String>> typed = new ArrayList<>();
        OptionArgument argument = new OptionArgument(option);
        if (option.isMultiValue()) {
            typed.add(values.stream().map(argument::ofEntry).toList());
        } else {
            values.forEach(value -> typed.add(List.of(argument.ofText(value))));
        }
        return typed;
    }

    private static List<String> values(OptionSpec option) {
        if (OF_OPTION.containsKey(option.longestName())) {
            return OF_OPTION.get(option.longestName());
        }
        Class<?>[] types = option.auxiliaryTypes();
        Class<?> type = types[types.length - 1];
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return List.of(((Enum<?>) constants[constants.length - 1]).name().toLowerCase(java.util.Locale.ROOT));
        }
        return OF_TYPE.getOrDefault(type, TEXTS);
    }

    private static CommandSpec parsed(List<String> arguments) {
        CommandLine train = Launcher.commandLine(new TrainCommand());
        train.parseArgs(arguments.toArray(String[]::new));
        return train.getCommandSpec();
    }

    private Path run(CommandSpec parsed) throws IOException {
        JsonObject json = new JsonObject();
        json.add("format", new JsonPrimitive("multilabel-run"));
        json.add("formatVersion", new JsonPrimitive(1));
        json.add("options", RunWriter.options(parsed, Map.of()));
        return Files.writeString(
                folder.resolve("run.json"),
                new GsonBuilder().serializeNulls().create().toJson(json));
    }
}
