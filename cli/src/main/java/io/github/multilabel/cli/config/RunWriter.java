package io.github.multilabel.cli.config;

import ai.djl.Device;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.machine.Machine;
import io.github.multilabel.cli.machine.Versions;
import io.github.multilabel.cli.program.StartedTraining;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes {@code run.json} when a training begins: enough to repeat it, and to know later what it was. If its options
 * came from such a file, a warning says how the images differ from those of that file.
 */
public final class RunWriter implements StartedTraining.Writer {

    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

    private final CommandSpec command;
    private final List<String> typed;
    private final Map<String, List<String>> resolved;
    private final Optional<RunFile> repeated;

    /**
     * For one training.
     *
     * @param command that has parsed its arguments
     * @param typed what the user typed, without what came from files and defaults
     * @param resolved values of options that were not given, by their names without dashes, beside those of
     *     {@link StartedTraining}
     * @param repeated the description of the training that is repeated, if one is
     */
    public RunWriter(
            CommandSpec command, List<String> typed, Map<String, List<String>> resolved, Optional<RunFile> repeated) {
        this.command = command;
        this.typed = List.copyOf(typed);
        this.resolved = Map.copyOf(resolved);
        this.repeated = repeated;
    }

    @Override
    public void write(Path file, StartedTraining training) throws IOException {
        JsonObject data = RunData.json(training);
        warnOfDifferences(data);
        Map<String, List<String>> defaults = new LinkedHashMap<>(training.resolved());
        defaults.putAll(resolved);

        JsonObject json = new JsonObject();
        json.addProperty(RunFile.FORMAT, RunFile.THIS_FORMAT);
        json.addProperty(RunFile.VERSION, RunFile.NEWEST);
        json.addProperty(RunFile.COMMAND, command.name());
        JsonArray arguments = new JsonArray();
        typed.forEach(word -> arguments.add(Secrets.masked(word)));
        json.add(RunFile.ARGUMENTS, arguments);
        json.add(RunFile.OPTIONS, options(command, defaults));
        training.timed().ifPresent(timed -> json.add(RunFile.TIME_LIMIT, timed(timed)));
        json.add(RunFile.DATA, data);
        json.add(RunFile.VERSIONS, versions());
        json.add(RunFile.MACHINE, machine(training));
        json.addProperty(
                RunFile.STARTED,
                training.started().truncatedTo(ChronoUnit.SECONDS).toString());
        String text = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(json)
                + "\n";
        AtomicOutput.file(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void warnOfDifferences(JsonObject data) {
        List<String> differences = repeated.flatMap(RunFile::data)
                .map(before -> RunData.differences(data, before))
                .orElse(List.of());
        if (!differences.isEmpty()) {
            LOG.warn(
                    "the images are not those of the {} that --config names, so the numbers will differ: {}",
                    StartedTraining.FILE,
                    String.join("; ", differences));
        }
    }

    /** By the options that repeat the training without its limit. */
    private static JsonObject timed(TrainingEvent.TimePlanned planned) {
        JsonObject json = new JsonObject();
        json.addProperty(
                "epochs", planned.phases().stream().mapToInt(Phase::epochs).sum());
        json.addProperty(
                "freeze-epochs",
                planned.phases().stream()
                        .filter(phase -> phase.part() == Phase.Part.HEADS)
                        .mapToInt(Phase::epochs)
                        .sum());
        json.addProperty("wholeEpochs", planned.isWhole());
        return json;
    }

    /** Every option of a command that has parsed its arguments. */
    static JsonObject options(CommandSpec command, Map<String, List<String>> defaults) {
        JsonObject options = new JsonObject();
        for (OptionSpec option : command.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                String name = option.longestName().substring(2);
                options.add(name, OptionValue.of(option, defaults.getOrDefault(name, List.of())));
            }
        }
        return options;
    }

    private static JsonObject versions() {
        Versions versions = Versions.here();
        JsonObject json = new JsonObject();
        json.addProperty("multilabel", versions.multilabel());
        json.addProperty("djl", versions.djl());
        json.addProperty("pytorch", TorchEngine.get().getVersion());
        json.addProperty("java", versions.java());
        return json;
    }

    /** As {@code --device} takes it. */
    private static String name(Device device) {
        return device.getDeviceType() + (device.getDeviceId() < 0 ? "" : Integer.toString(device.getDeviceId()));
    }

    private static JsonObject machine(StartedTraining training) {
        Machine machine = Machine.here();
        JsonObject json = new JsonObject();
        json.addProperty("os", machine.os());
        json.addProperty("arch", machine.arch());
        json.addProperty("processors", machine.processors());
        machine.cpu().ifPresent(cpu -> json.addProperty("cpu", cpu));
        JsonArray instructions = new JsonArray();
        machine.instructions().forEach(instructions::add);
        json.add("instructions", instructions);
        json.addProperty("nativeThreads", TorchEngine.threads());
        json.addProperty("device", name(training.settings().optimisation().device()));
        json.addProperty(
                "precision",
                training.settings().optimisation().precision().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
