package io.github.multilabel.cli.command;

import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.program.DatasetName;
import io.github.multilabel.cli.program.DecodingOptions;
import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.SplitOptions;
import io.github.multilabel.cli.program.TableOptions;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.check.page.DataPage;
import io.github.multilabel.data.table.ImageTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks labelled images before a training. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks labelled images before a training.",
            "It reads every image and label of a table (--csv) or of folders named after categories (--folders) once, and"
                    + " reports what would stop or spoil a training: images that are missing, damaged or there twice,"
                    + " labels that contradict each other, parts of a split that share images, and more.",
            "The exit code is 0 only if a training could run."
        },
        footer = "  multilabel check --csv labels.csv --images photos --head brand")
public final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final TableOptions source = new TableOptions();

    @Mixin
    private final SplitOptions split = new SplitOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The random seed of the split, if one is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description =
                    "The file to which all findings are written with their images: JSON if its name ends in .json, CSV"
                            + " if in .csv.")
    private Optional<Path> findings = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = {
                "The file to which a page is written, to look at the data: how many images have each category and how"
                        + " many none, what goes together, sizes and formats, and the first findings of each kind with"
                        + " their images.",
                "It stands alone: a browser needs no network for it."
            })
    private Optional<Path> page = Optional.empty();

    @Option(
            names = "--overwrite",
            description =
                    "Replaces the files of --findings and --report; without this option, a file that is there is refused.")
    private boolean overwrite;

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    /** Told of, because other commands have it. */
    @Option(names = "--dataset", hidden = true)
    private Optional<DatasetName> dataset = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (dataset.isPresent()) {
            throw new InvalidInputException("check reads tables (--csv) and folders (--folders), and --dataset "
                    + dataset.get()
                    + " is neither: train counts its photos and names those that are missing or damaged,"
                    + " and --on-bad-image skip leaves them out");
        }
        ImageDecoder decoder = decoding.decoder();
        if (findings.isPresent()) {
            requireWritable("--findings", findings.get(), List.of(".csv", ".json"));
        }
        if (page.isPresent()) {
            requireWritable("--report", page.get(), List.of(".html", ".htm"));
        }
        ImageTable table = split.read(source, seed);
        System.out.println(Flags.of(table.summary()));
        DataReport report = table.check(decoder);
        System.out.println(Flags.of(report.table()));
        if (findings.isPresent()) {
            report.write(findings.get());
            System.out.println("all findings are in " + findings.get());
        }
        if (page.isPresent()) {
            DataPage.of(inTheWordsOfTheCommand(report))
                    .withTitle(table.name())
                    .withDecoder(decoder)
                    .write(page.get());
            System.out.println("a page to look at is in " + page.get());
        }
        if (table.split().isPresent() && split.folds().isEmpty()) {
            TableParts.evaluated(table.split());
        }
        return report.isUsable() ? 0 : 1;
    }

    private static DataReport inTheWordsOfTheCommand(DataReport report) {
        List<Finding> findings = report.findings().stream()
                .map(finding ->
                        new Finding(finding.kind(), finding.severity(), finding.rows(), Flags.of(finding.message())))
                .toList();
        return new DataReport(report.samples(), report.split(), findings, report.images());
    }

    private void requireWritable(String option, Path file, List<String> endings) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (endings.stream().noneMatch(name::endsWith)) {
            throw new InvalidInputException(option + " " + file + ": its name says what is written: let it end in "
                    + String.join(" or in ", endings));
        }
        NewFile.requireNoInput(option, file, Stream.concat(source.files(), split.files()));
        NewFile.require(option, file, overwrite);
    }
}
