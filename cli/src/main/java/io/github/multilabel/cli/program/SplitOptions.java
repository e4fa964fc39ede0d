package io.github.multilabel.cli.program;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.data.table.UnknownLabels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of a table to learn from: how its rows are split, and which categories come of it. */
@Section("Split of a table")
public final class SplitOptions {

    private static final double USUAL = 0.2;

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "The fraction of the rows for validation, drawn at random so that every category is on both"
                    + " sides (default: 0.2, or as the split column says).")
    private Optional<Double> validation = Optional.empty();

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "Cross validation: draws K equal parts, trains K models, each without one of them, and"
                            + " evaluates each on its own. Every training has a folder in --output, which gets folds.json with the"
                            + " mean and the deviation of every metric, and predictions.csv of all rows (default: one training).")
    private Optional<Integer> folds = Optional.empty();

    @Option(
            names = "--label-issues",
            description =
                    "With --folds: writes the labels that are probably wrong into label-issues.csv, for somebody who"
                            + " corrects them (--corrections takes them), and draws the most doubtful as label-issues.png. Each label is"
                            + " judged by the model that was trained without its image.")
    private boolean labelIssues;

    @Option(
            names = "--split-file",
            paramLabel = "FILE",
            description = "Takes the split that an earlier training left as split.csv. Rows that the file lacks go to"
                    + " training, rows that the table lacks are passed over; both are told of.")
    private Optional<Path> splitFile = Optional.empty();

    @Option(
            names = "--group-column",
            paramLabel = "COLUMN",
            description = "Rows with the same value in this column stay on one side of the split, such as all photos of"
                    + " one car; a split column is checked for that.")
    private Optional<String> groupColumn = Optional.empty();

    @Option(
            names = "--keep-similar-together",
            description =
                    "Images that look the same stay on one side of the split, also where they were resized, cut or"
                            + " compressed again; files of the same bytes do in any case. All images are decoded once for it.")
    private boolean similarTogether;

    @Option(
            names = "--split",
            paramLabel = "stratified|hash",
            description =
                    "How the rows for validation are found: drawn so that every category is on both sides, or by a"
                            + " hash of each path, so that no row moves when labels are corrected or rows come and go (default:"
                            + " ${DEFAULT-VALUE}).")
    private Method method = Method.STRATIFIED;

    /** How rows are split. */
    enum Method {
        STRATIFIED,
        HASH;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--min-frequency",
            paramLabel = "N",
            description = "Categories with fewer training images become one, Other (default: ${DEFAULT-VALUE}, none).")
    private int minFrequency;

    /** The fraction that is drawn for validation; 0 if the table or a file says the split. */
    public double drawn(TableOptions options) {
        if (folds.isPresent()) {
            if (validation.isPresent() || splitFile.isPresent() || options.saysSplit()) {
                throw new InvalidInputException("--folds draws all parts of the table: leave out "
                        + (validation.isPresent()
                                ? "--validation"
                                : splitFile.isPresent() ? "--split-file" : "--split-column and folders of a split"));
            }
            return 0;
        }
        if (method == Method.HASH && (splitFile.isPresent() || options.saysSplit())) {
            throw new InvalidInputException("--split hash finds the rows for validation itself: leave out "
                    + (splitFile.isPresent() ? "--split-file" : "--split-column and folders of a split"));
        }
        return validation.orElse(splitFile.isPresent() || options.saysSplit() ? 0 : USUAL);
    }

    /**
     * Whether the labels that are probably wrong are wanted.
     *
     * @throws InvalidInputException if they are, and there are no folds
     */
    public boolean labelIssues() {
        if (labelIssues && folds.isEmpty()) {
            throw new InvalidInputException(
                    "--label-issues needs --folds, such as --folds 5: a model does not doubt the"
                            + " labels that it was trained on (evaluate --label-issues judges images that were held out)");
        }
        return labelIssues;
    }

    /** How many models are trained, each without another part of the rows; empty for one. */
    public Optional<Integer> folds() {
        return folds;
    }

    /** The file that is read for the split, which must not be written over; none if there is none. */
    public Stream<String> files() {
        return splitFile.stream().map(Path::toString);
    }

    /**
     * Reads a table, and splits it.
     *
     * @param seed of the split, if one is drawn
     */
    public ImageTable read(TableOptions options, long seed) throws IOException {
        return read(options, () -> options.table(head -> head.withMinFrequency(minFrequency)), seed);
    }

    /**
     * Reads a table for a training that goes on with a model, and splits it.
     *
     * @param known the heads of the model, whose categories come first
     * @param seed of the split, if one is drawn
     */
    public ImageTable read(TableOptions options, HeadSet known, long seed) throws IOException {
        return read(options, () -> options.tableToGoOn(known).optUnknownLabels(UnknownLabels.ADD), seed);
    }

    private ImageTable read(
            TableOptions options, InvalidInputException.Work<ImageTableBuilder, IOException> table, long seed)
            throws IOException {
        return InvalidInputException.check(() -> {
            ImageTableBuilder builder = table.run();
            double drawn = drawn(options);
            if (drawn != 0 || folds.isPresent()) {
                folds.ifPresentOrElse(builder::optFolds, () -> builder.optValidation(drawn));
                builder.optSeed(seed);
                if (method == Method.HASH) {
                    builder.optHashedSplit();
                }
            }
            if (similarTogether) {
                builder.optSimilarTogether();
            }
            splitFile.ifPresent(builder::optSplitFile);
            groupColumn.ifPresent(builder::optGroupColumn);
            return builder.build();
        });
    }
}
