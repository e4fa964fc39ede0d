package io.github.multilabel.examples.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.examples.TrainFromTable;
import io.github.multilabel.examples.TrainStanfordCars;
import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlagsTest {

    @Test
    void everyFlagOfTheTableIsOneOfAProgram() {
        Set<String> flags = Stream.of(new TrainFromTable(), new TrainStanfordCars())
                .flatMap(program -> new CommandLine(program).getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(flags).containsAll(Flags.OF_OPTION.values());
    }

    @Test
    void everyOptionOfTheTableIsOneOfABuilder() {
        Set<String> options = Stream.of(
                        MultiLabelTrainerBuilder.class,
                        HeadOptions.class,
                        CheckpointOptions.class,
                        ImageTableBuilder.class,
                        ImageDataset.Builder.class,
                        StanfordCars.Builder.class)
                .flatMap(builder -> Stream.of(builder.getMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(options).containsAll(Flags.OF_OPTION.keySet());
    }

    @Test
    void wrongOptionsAreNamedByTheirFlags() {
        InvalidOptionsException wrong = new InvalidOptionsException(
                "build MultiLabelTrainer",
                List.of(
                        new Problem("setSampling", Optional.of("0, true"), "at least 1 image per batch"),
                        new Problem("lossWeight", Optional.of("\"brand\", -1.0"), "at least 0"),
                        new Problem("optDropout", Optional.of(""), "no head 'brnd'"),
                        new Problem(
                                "",
                                Optional.of(""),
                                "CheckpointOptions.resume() goes without CheckpointOptions.overwrite()")));

        assertThat(Flags.of(wrong))
                .isEqualTo("these options cannot be used:\n"
                        + "- --batch-size 0: at least 1 image per batch\n"
                        + "- --loss-weight brand=-1.0: at least 0\n"
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
                .isEqualTo("--na-values 'nan' or --usual-na-values");
    }

    @Test
    void whatNoProgramOffersIsSaidToBeOfTheLibrary() {
        assertThat(Flags.of("Try a limit for the gradient (optGradientClipNorm), or Precision.FLOAT32."))
                .isEqualTo(
                        "Try a limit for the gradient (optGradientClipNorm), or --precision float32.\n(optGradientClipNorm: an option of the library's"
                                + " builders, for which this program has no flag)");
    }
}
