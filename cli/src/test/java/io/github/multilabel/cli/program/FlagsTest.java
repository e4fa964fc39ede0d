package io.github.multilabel.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.table.HeadColumn;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.data.table.TableFile;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.http.PredictionServer;
import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.Monitor;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlagsTest {

    /** What takes code, or what programs decide themselves. */
    private static final Set<String> WITHOUT_FLAG = Set.of(
            "in",
            "keepLastWeights",
            "of",
            "standard",
            "addListener",
            "addModel",
            "addPhase",
            "addSample",
            "addSamples",
            "optAccessLog",
            "optBodyMemory",
            "optBrandThreshold",
            "optBrands",
            "optDecoder",
            "optDownload",
            "optDuplicatesTogether",
            "optFeatureCache",
            "optFraction",
            "optMeters",
            "optGroup",
            "optNonFiniteLimit",
            "optPreprocessing",
            "optProgress",
            "optShuffle",
            "optTest",
            "optThreads",
            "optToken",
            "optTypeRule",
            "optUnknownLabels",
            "optUsage",
            "setSamples");

    private static Set<String> methods(String names, Class<?>... types) {
        return Stream.of(types)
                .flatMap(type -> Stream.of(type.getMethods()))
                .map(Method::getName)
                .filter(name -> name.matches(names))
                .collect(Collectors.toSet());
    }

    @Test
    void everyFlagOfTheTableIsOneOfAProgram() {
        Set<String> flags = new CommandLine(new Multilabel())
                .getSubcommands().values().stream()
                        .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                        .collect(Collectors.toSet());
        assertThat(flags).containsAll(Flags.OF_OPTION.values());
    }

    @Test
    void everyOptionOfABuilderHasAFlagOrIsKnownToHaveNone() {
        Set<String> options = methods(
                "(opt|set|add)[A-Z].*",
                MultiLabelTrainerBuilder.class,
                ImageTableBuilder.class,
                ImageDatasetBuilder.class,
                StanfordCarsBuilder.class,
                PredictionService.Builder.class,
                PredictionServer.Builder.class);
        options.addAll(changes(HeadOptions.class));
        options.addAll(changes(Monitor.class));
        options.addAll(changes(CheckpointOptions.class));
        options.add("minDelta"); // of optEarlyStopping
        options.add("tagPerRow"); // of HeadColumn
        options.add("optInt8"); // of OnnxExport

        assertThat(options)
                .containsAll(WITHOUT_FLAG)
                .filteredOn(option -> !WITHOUT_FLAG.contains(option))
                .containsExactlyInAnyOrderElementsOf(Flags.OF_OPTION.keySet().stream()
                        .filter(option -> !option.startsWith("with"))
                        .toList());
        assertThat(methods("with(out)?[A-Z].*", TableFile.class, HeadColumn.class, ImageDecoder.class))
                .containsAll(Flags.OF_OPTION.keySet().stream()
                        .filter(option -> option.startsWith("with"))
                        .toList());
    }

    /** The methods that make such options, or others of them. */
    private static Set<String> changes(Class<?> options) {
        return Stream.of(options.getMethods())
                .filter(method -> method.getReturnType().equals(options))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void wrongOptionsAreNamedByTheirFlags() {
        InvalidOptionsException wrong = new InvalidOptionsException(
                "build MultiLabelTrainer",
                List.of(
                        new Problem("optBatchSize", Optional.of("0"), "at least 1 image per batch"),
                        new Problem("lossWeight", Optional.of("\"brand\", -1.0"), "at least 0"),
                        new Problem("optDropout", Optional.of(""), "no head 'brnd'"),
                        new Problem(
                                "",
                                Optional.of(""),
                                "CheckpointOptions.resume() goes without CheckpointOptions.overwrite()")));

        assertThat(Flags.of(wrong))
                .isEqualTo("these options cannot be used:\n"
                        + "- --batch-size 0: at least 1 image per batch\n"
                        + "- --loss-weight brand=-1: at least 0\n"
                        + "- --dropout: no head 'brnd'\n"
                        + "- --resume goes without --overwrite");
    }

    @Test
    void sentencesOfTheLibraryGetTheFlags() {
        assertThat(Flags.of("say how with optSplitColumn(...) or optValidation(0.2)"))
                .isEqualTo("say how with --split-column or --validation 0.2");
        assertThat(Flags.of("optGroupColumn(\"car\") has no effect")).isEqualTo("--group-column car has no effect");
        assertThat(Flags.of("leave such images out with optBadImages(BadImages.SKIP)"))
                .isEqualTo("leave such images out with --on-bad-image skip");
        assertThat(Flags.of("optMissingValues(\"nan\") or optUsualMissingValues()"))
                .isEqualTo("--na-values nan or --usual-na-values");
        assertThat(Flags.of("use addHead(HeadColumn.multiLabel(\"my (tags)\", \"|\").withEmptyTags(EmptyTags.NONE))"))
                .isEqualTo("use --empty-tags none");
        assertThat(Flags.of("ask with optCombinations(), or give rules with optCombinations"))
                .isEqualTo("ask with --combinations, or give rules with --forbid");
        assertThat(Flags.of("or name the file itself with pretrained(Path)"))
                .isEqualTo("or name the file itself with --weights FILE");
        assertThat(Flags.of("raise the limit with ImageDecoder.withPixelLimit"))
                .isEqualTo("raise the limit with --pixel-limit");
        assertThat(Flags.of("say what stands between them, such as addTags(\"tags\", \"|\")"))
                .isEqualTo("say what stands between them, such as --head 'tags:multi=|'");
        assertThat(Flags.of("[a.png]; if the table was split again because labels changed, keep the split with"
                        + " ImageTable.writeSplit(file) and take it with table.split(file)\nSet them as they were"))
                .isEqualTo("[a.png]\nSet them as they were");
    }

    @Test
    void theLogSpeaksAsTheProgramDoes() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream err = new WordedLog(printed, StandardCharsets.UTF_8)) {
            err.println("WARN Precision.BFLOAT16 is not native to cpu:\nuse Precision.FLOAT32");
            err.println("WARN random weights: give it weights with pretrained()");
            err.println("what a program prints itself names Precision.FLOAT32 as it likes");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "WARN --precision bfloat16 is not native to cpu:",
                        "use --precision float32",
                        "WARN random weights: give it weights with --weights",
                        "what a program prints itself names Precision.FLOAT32 as it likes");
    }

    @Test
    void whatNoProgramOffersIsSaidToBeOfTheLibrary() {
        assertThat(Flags.of("switch the cache off by optFeatureCache(false), or take Precision.FLOAT32"))
                .isEqualTo("switch the cache off by optFeatureCache(false), or take --precision float32\n"
                        + "(optFeatureCache: an option of the library's builders, for which this program has no flag)");
    }
}
