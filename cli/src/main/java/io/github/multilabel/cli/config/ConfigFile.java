package io.github.multilabel.cli.config;

import com.google.gson.JsonObject;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.internal.files.FileFailure;
import io.github.multilabel.core.internal.files.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A file of options, in JSON or YAML, or the {@code run.json} of a training. Its keys are the names of options without
 * dashes:
 *
 * <pre>
 * csv: cars.csv
 * head: [brand, "tags:multi=|"]
 * learning-rate: 0.003
 * fine-tune: true
 * </pre>
 *
 * Whatever a file holds, nothing but texts is made of it.
 */
public final class ConfigFile {

    /** A file of options has some hundred bytes. */
    private static final int LARGEST = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ConfigSource source;
    private final List<ConfigEntry> entries;
    private final Optional<RunFile> run;

    private ConfigFile(ConfigSource source, List<ConfigEntry> entries, Optional<RunFile> run) {
        this.source = source;
        this.entries = entries;
        this.run = run;
    }

    /**
     * Reads the file that an option names, as {@link #read} does.
     *
     * @throws InvalidInputException also if it cannot be read, naming the option
     */
    public static ConfigFile named(String option, Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            throw new InvalidInputException(option + " " + FileFailure.message(e)
                    + "; name a file of options in YAML or JSON, or the run.json of a training");
        }
    }

    /**
     * Reads a file: as JSON if its name ends in {@code .json} or its text begins with a brace, otherwise as YAML.
     *
     * @throws InvalidInputException if it is neither, is empty, or is too large for a file of options; the message
     *     names the file and, where it is known, the line
     * @throws IOException if it cannot be read
     */
    public static ConfigFile read(Path file) throws IOException {
        ConfigSource source = new ConfigSource(file.toString());
        String text = text(source, file);
        if (text.isBlank()) {
            throw source.empty();
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean isJson = name.endsWith(".json")
                || !name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{");
        return isJson
                ? ofJson(source, text)
                : new ConfigFile(source, YamlConfig.entries(source, text), Optional.empty());
    }

    private static ConfigFile ofJson(ConfigSource source, String text) {
        JsonObject json;
        try {
            json = StrictJson.object(text);
        } catch (IOException e) {
            throw source.refusal(String.valueOf(e.getMessage()));
        }
        if (!json.has(RunFile.FORMAT)) {
            return new ConfigFile(source, JsonConfig.entries(source, json), Optional.empty());
        }
        RunFile run = RunFile.parse(source, json);
        return new ConfigFile(source, JsonConfig.entries(source, run.options()), Optional.of(run));
    }

    private static String text(ConfigSource source, Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw source.refusal("it is a folder; name a file of options, such as the run.json in it");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[LARGEST + 1];
            // not readNBytes(int), which asks a pipe for its position in JDK 21
            bytes = Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
        }
        if (bytes.length > LARGEST) {
            throw source.refusal("it has more than " + (LARGEST >> 20) + " MB, too many for a file of options");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw source.refusal("it is not UTF-8 text; save it in that encoding");
        }
    }

    /** The description of a training, if the file is its {@code run.json}. */
    public Optional<RunFile> run() {
        return run;
    }

    /**
     * The arguments that say what the file says, in its order.
     *
     * @param command whose options they are
     * @throws InvalidInputException naming every key that is no option of the command, and every value that its option
     *     does not take
     */
    public List<String> arguments(CommandSpec command) {
        return new ConfigArguments(command, run.isPresent()).of(source, entries);
    }
}
