package io.github.multilabel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.core.RowFingerprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** The sample is never changed: files like it are repeated for ever. */
class RunFormatTest {

    private static final Path SAMPLE = Path.of("src/test/resources/formats/run/run.json");

    private static CommandSpec train() {
        return Launcher.commandLine(new Multilabel())
                .getSubcommands()
                .get("train")
                .getCommandSpec();
    }

    @Test
    void theSampleIsReadAsItWasMeant() throws IOException {
        List<String> arguments = ConfigFile.read(SAMPLE).arguments(train());

        assertThat(arguments)
                .contains(
                        "--csv=my cars.csv",
                        "--head=brand",
                        "--head=tags:multi=|",
                        "--validation=0.2",
                        "--loss-weight=brand=2",
                        "--progressive-resizing=128",
                        "--fine-tune=true",
                        "--delimiter=;",
                        "--output=runs/first")
                .as("a new training replaces and continues none unless somebody types so")
                .noneMatch(argument -> argument.matches("--(overwrite|resume|config).*"))
                .as("options for other images are not given")
                .noneMatch(argument -> argument.matches("--(dataset|data|box-crop)=.*"));
    }

    @Test
    void everyOptionOfTheSampleIsStillOne() throws IOException {
        JsonObject options = ConfigFile.read(SAMPLE).run().orElseThrow().options();

        assertThat(RunWriter.options(train(), Map.of()).keySet()).containsAll(options.keySet());
    }

    @Test
    void dataIsComparedByNumberLabelsAndLengths() {
        JsonObject three = of(new int[] {1, 2, 3}, new int[] {10, 10, 10});

        assertThat(RunData.differences(three, three)).isEmpty();
        assertThat(RunData.differences(three, new JsonObject())).isEmpty();
        assertThat(RunData.differences(three, of(new int[] {1, 2}, new int[0])))
                .containsExactly("3 training images in place of 2");
        assertThat(RunData.differences(three, of(new int[] {1, 2, 4}, new int[] {10, 10, 11})))
                .containsExactly(
                        "the labels of the training images", "the lengths of the files of the training images");
        assertThat(RunData.differences(three, of(new int[] {1, 2, 3}, new int[0])))
                .as("a data set whose files are not known")
                .isEmpty();
    }

    private static JsonObject of(int[] labels, int[] lengths) {
        JsonObject data = new JsonObject();
        data.add("training", RunData.json(new RowFingerprints(labels, lengths, new int[0])));
        return data;
    }
}
