package io.github.multilabel.cli.command;

import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.program.DatasetName;
import io.github.multilabel.cli.program.DecodingOptions;
import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.SplitOptions;
import io.github.multilabel.cli.program.TableOptions;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.table.ImageTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            names = "--overwrite",
            description = "Replaces the file of --findings; without this option, a file that is there is refused.")
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
            requireWritable(findings.get());
        }
        ImageTable table = split.read(source, seed);
        System.out.println(Flags.of(table.summary()));
        DataReport report = table.check(decoder);
        System.out.println(Flags.of(report.table()));
        if (findings.isPresent()) {
            report.write(findings.get());
            System.out.println("all findings are in " + findings.get());
        }
        return report.isUsable() ? 0 : 1;
    }

    private void requireWritable(Path file) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|json)")) {
            throw new InvalidInputException(
                    "--findings " + file + ": its name says what is written: let it end in .csv or in .json");
        }
        NewFile.requireNoInput("--findings", file, source.files());
        NewFile.require("--findings", file, overwrite);
    }
}
