package io.github.multilabel.cli.command;

import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.KeptPredictions;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.evaluation.comparison.Comparison;
import io.github.multilabel.evaluation.comparison.Condition;
import io.github.multilabel.evaluation.comparison.ConditionOutcome;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.scoring.Bootstrap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two evaluations of the same images. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares what two models say of the same images: the difference B - A of every metric with an interval, and"
                    + " McNemar's test of the answers of each head and category.",
            "A and B are folders of a training or an evaluation, or their files predictions.safetensors. Images are"
                    + " matched by their names; what only one has is left out and counted.",
            "The exit code is 0, 1 if a condition of --fail-if holds or is undefined, and 2 if A and B cannot be compared."
        },
        footer = "  multilabel compare runs/before runs/after --fail-if 'brand.accuracy < -0.01'")
public final class CompareCommand implements Callable<Integer> {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Parameters(index = "0", paramLabel = "A", description = "What B shall be better than.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "What is compared with A.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path b;

    @Option(
            names = "--head",
            paramLabel = "NAME",
            description = "Compares this head alone, such as where others have got more categories. Can be repeated.")
    private List<String> heads = List.of();

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description = {
                "A condition on the difference B - A that ends with the exit code 1: a metric, one of < <= > >=, and a"
                        + " number, such as 'brand.accuracy < -0.01', 'exact_match < 0' or 'brand[Audi].recall < -0.05'."
                        + " Can be repeated.",
                "With 'brand.accuracy significantly < 0' the whole interval has to be below 0."
            })
    private List<String> conditions = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "The file to which the comparison is written as JSON; - prints it in place of the table.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--overwrite",
            description = "Replaces the file of --json; without this option, a file that is there is refused.")
    private boolean overwrite;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            description = "How often images are drawn for the intervals (default: ${DEFAULT-VALUE}).")
    private int resamples = Bootstrap.seeded(0).resamples();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The random seed of the intervals (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        List<Condition> parsed = conditions.stream()
                .map(text -> InvalidInputException.ofOption("--fail-if", text, Condition::parse))
                .toList();
        Bootstrap bootstrap = InvalidInputException.ofOption(
                "--resamples",
                resamples,
                number -> new Bootstrap(seed, number, Bootstrap.seeded(seed).level()));
        Optional<Path> file = json.filter(path -> !path.equals(STANDARD_OUTPUT));
        if (file.isPresent()) {
            NewFile.requireNoInput(
                    "--json",
                    file.get(),
                    Stream.of(a, b).map(KeptPredictions::file).map(Path::toString));
            NewFile.require("--json", file.get(), overwrite);
        }
        Comparison comparison = compare(KeptPredictions.read(a), KeptPredictions.read(b), bootstrap);
        List<ConditionOutcome> outcomes = parsed.stream()
                .map(each -> InvalidInputException.ofOption("--fail-if", each, condition -> condition.of(comparison)))
                .toList();
        System.out.println(
                json.equals(Optional.of(STANDARD_OUTPUT))
                        ? comparison.json(outcomes)
                        : "A: " + a + System.lineSeparator() + "B: " + b + System.lineSeparator() + comparison.table());
        if (file.isPresent()) {
            byte[] text = (comparison.json(outcomes) + "\n").getBytes(StandardCharsets.UTF_8);
            AtomicOutput.file(file.get(), out -> out.write(text));
        }
        List<ConditionOutcome> failing =
                outcomes.stream().filter(ConditionOutcome::fails).toList();
        failing.forEach(each -> System.err.println("--fail-if " + each));
        return failing.isEmpty() ? 0 : 1;
    }

    private Comparison compare(Predictions ofA, Predictions ofB, Bootstrap bootstrap) {
        return InvalidInputException.check(() -> heads.isEmpty()
                ? Comparison.of(ofA, ofB, bootstrap)
                : Comparison.of(ofA.select(heads), ofB.select(heads), bootstrap));
    }
}
