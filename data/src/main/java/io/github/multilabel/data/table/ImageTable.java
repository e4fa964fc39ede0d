package io.github.multilabel.data.table;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.check.DataCheck;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.split.SplitFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images and a table of their labels. Each column that is added as a head becomes a
 * {@link io.github.multilabel.core.Head}. Its categories are the values in the training rows (in all rows without a
 * split), sorted by Unicode, so that the same table always gives the same heads. An empty cell is a missing label.
 *
 * <pre>{@code
 * ImageTable table = ImageTable.csv(Path.of("labels.csv"), Path.of("photos"))
 *         .addHead("brand")
 *         .addTags("tags", "|")
 *         .optValidation(0.2)
 *         .build();
 * System.out.println(table.check().table());
 * try (ImageDataset train = table.train().build();
 *         ImageDataset validation = table.validation().build()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>All data sets of a table have the same heads. Immutable.
 */
public final class ImageTable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageTable.class);

    private static final String ROWS = "one row for each image";

    private final LabelledRows rows;
    private final List<HeadLabels> labels;
    private final List<Sample> samples;
    private final Optional<DataSplit> split;
    private final List<Finding> warnings;
    private final Optional<GroupColumn> groups;
    private final ProgressListener progress;

    private ImageTable(
            LabelledRows rows,
            List<HeadLabels> labels,
            List<Sample> samples,
            Optional<DataSplit> split,
            Optional<GroupColumn> groups,
            ProgressListener progress) {
        this.rows = rows;
        this.labels = labels;
        this.samples = samples;
        this.split = split;
        this.warnings = Stream.concat(
                        TableNotes.warnings(rows, labels).stream(),
                        groups.stream().flatMap(column -> column.warnings(split).stream()))
                .toList();
        this.groups = groups;
        this.progress = progress;
    }

    static ImageTable of(
            LabelledRows rows, Optional<DataSplit> split, Optional<GroupColumn> groups, ProgressListener progress) {
        IntPredicate training = split.filter(ImageTable::trains)
                .<IntPredicate>map(parts -> row -> parts.part(row).equals(Split.TRAIN.part()))
                .orElse(row -> true);
        List<HeadLabels> labels = rows.heads(training);
        ImageTable table = new ImageTable(rows, labels, rows.samples(labels, training), split, groups, progress);
        if (Stream.concat(rows.notes().stream(), table.warnings.stream())
                .anyMatch(finding -> finding.severity() == Severity.WARNING)) {
            LOG.warn("{}", table.summary());
        } else {
            LOG.info("{}", table.summary());
        }
        return table;
    }

    static boolean trains(DataSplit split) {
        return split.parts().contains(Split.TRAIN.part());
    }

    /** A table in a file, with the paths of its images starting from a folder; see {@link TableFile} for more. */
    public static ImageTableBuilder csv(Path file, Path images) {
        return of(TableFile.of(file)
                .withImages(Given.require(images, "images", "the folder from which the paths of images start")));
    }

    /** A table in a file. */
    public static ImageTableBuilder of(TableFile file) {
        return new ImageTableBuilder(Given.require(file, "file", "e.g. TableFile.of(Path.of(\"labels.csv\"))"));
    }

    /**
     * The images of COCO's annotations, see {@link TableFile#coco}: add the head with
     * {@code addHead(HeadColumn.tags("categories"))}.
     */
    public static ImageTableBuilder coco(Path file, Path images) {
        return of(TableFile.coco(file).withImages(images));
    }

    /** The tasks that Label Studio exports, see {@link TableFile#labelStudio}. */
    public static ImageTableBuilder labelStudio(Path file, Path images) {
        return of(TableFile.labelStudio(file).withImages(images));
    }

    /**
     * Images in folders that are named after categories: {@code folders(root, "brand", "type")} reads
     * {@code root/Audi/Coupe/7.jpg}, also deeper ones. A level can be the split: {@code folders(root, "split",
     * "brand")} with {@link ImageTableBuilder#optSplitColumn}. Hidden files, and files that are no images, are passed
     * over.
     *
     * @param levels a name for each level of folders, at least one
     */
    public static ImageTableBuilder folders(Path root, String... levels) {
        Given.require(root, "root", "the folder that has the folders of images");
        if (Given.require(levels, "levels", "a name for each level of folders, e.g. \"brand\"").length == 0) {
            throw new IllegalArgumentException(
                    "name what the folders in " + root + " stand for, e.g. folders(root, \"brand\")");
        }
        return new ImageTableBuilder(new FolderRows(root, List.of(levels)));
    }

    /** Rows from code: the mapper makes a {@link TableRow} of each; they are read when the table is built. */
    public static <T> ImageTableBuilder rows(Iterable<T> rows, RowMapper<T> mapper) {
        return new ImageTableBuilder(
                CodeRows.of(Given.require(rows, "rows", ROWS).iterator(), mapper));
    }

    /** Rows from a stream, which is read once, when the table is built, and not closed. */
    public static <T> ImageTableBuilder rows(Stream<T> rows, RowMapper<T> mapper) {
        return new ImageTableBuilder(
                CodeRows.of(Given.require(rows, "rows", ROWS).iterator(), mapper));
    }

    /** The rows of a JDBC result; read to its end when the table is built, and not closed. */
    public static ImageTableBuilder query(ResultSet result, RowMapper<ResultSet> mapper) {
        return new ImageTableBuilder(CodeRows.of(Given.require(result, "result", "the result of a query"), mapper));
    }

    /** What the table is called in messages: the name of its file, or its folder. */
    public String name() {
        return rows.name();
    }

    /** The heads, in the order in which they were added. */
    public HeadSet heads() {
        return samples.get(0).labels().heads();
    }

    /** The number of rows. */
    public int size() {
        return samples.size();
    }

    /** One sample for each row, in order. */
    public List<Sample> samples() {
        return samples;
    }

    /**
     * The samples of the training, validation or test part.
     *
     * @throws IllegalArgumentException if there is no such part, or no split
     */
    public List<Sample> samples(Split part) {
        return samples(part.part());
    }

    /**
     * The samples of a part, such as a fold.
     *
     * @throws IllegalArgumentException if there is no such part, or no split
     */
    public List<Sample> samples(String part) {
        DataSplit parts = requireSplit();
        if (!parts.parts().contains(part)) {
            String how = Split.TEST.part().equals(part)
                    ? "; draw one with optTest(0.1), or name it in the split column"
                    : Split.VALIDATION.part().equals(part)
                            ? "; draw one with optValidation(0.2), or name it in the split column"
                            : "";
            throw new IllegalArgumentException(rows.name() + " has no part '" + part + "'; "
                    + NearMatches.thereAre(String.valueOf(part), parts.parts()) + how);
        }
        return parts.select(part, samples);
    }

    /** The part of each row; empty if the table is not split. */
    public Optional<DataSplit> split() {
        return split;
    }

    /**
     * Returns this table with another split, for example a stored one, or one fold against the others. The categories
     * are determined again, from its part {@code train} if it has one.
     *
     * @throws IllegalArgumentException if it has another number of rows, or nothing can be learned from its training
     *     part
     */
    public ImageTable split(DataSplit other) {
        Given.require(other, "other", "a split of these rows, e.g. of DataSplit.builder()");
        if (other.size() != size()) {
            throw new IllegalArgumentException(
                    "the split has " + other.size() + " rows, " + rows.name() + " has " + size());
        }
        return of(rows, Optional.of(other), groups, progress);
    }

    /**
     * Returns this table with the split of a file that {@link #writeSplit} wrote. Labels may have been corrected since;
     * the rows must be the same.
     *
     * @throws IOException if the file cannot be read, or has other rows than the table; the message names some
     */
    public ImageTable split(Path file) throws IOException {
        return split(SplitFile.read(Given.require(file, "file", "a file that writeSplit wrote"), rows.keys()));
    }

    /**
     * Returns this table once for each part, for cross validation: its rows are those for validation, and all others
     * train. The categories stay those of all rows, so that all models have the same heads.
     *
     * <pre>{@code
     * for (ImageTable fold : table.folds()) {
     *     ... fold.train().build(), fold.validation().build()
     * }
     * }</pre>
     *
     * @throws IllegalArgumentException if the table is not split into folds, of whatever names, but not at all or into
     *     train, validation or test; see {@link ImageTableBuilder#optFolds}
     */
    public List<ImageTable> folds() {
        DataSplit parts = requireSplit();
        if (Stream.of(Split.values()).map(Split::part).anyMatch(parts.parts()::contains)) {
            throw new IllegalArgumentException("the table is split into " + parts.parts() + ", and these are no folds,"
                    + " of which each is held out once: optFolds(5) draws such");
        }
        return parts.parts().stream().map(part -> heldOut(parts, part)).toList();
    }

    private ImageTable heldOut(DataSplit parts, String held) {
        List<String> roles = IntStream.range(0, size())
                .mapToObj(row -> parts.part(row).equals(held) ? Split.VALIDATION.part() : Split.TRAIN.part())
                .toList();
        return new ImageTable(rows, labels, samples, Optional.of(DataSplit.byName(roles)), groups, progress);
    }

    /**
     * Writes which rows are in which part, as CSV, so that the split stays the same when a label is corrected or the
     * rows are sorted: a split that is drawn anew would put other rows into validation. Rows are named by their images'
     * paths below the images folder.
     *
     * @param file an existing one is replaced; missing parent folders are made
     * @throws IllegalArgumentException if the table is not split
     * @throws IOException if the file cannot be written
     */
    public void writeSplit(Path file) throws IOException {
        SplitFile.write(Given.require(file, "file", "the CSV file to write"), requireSplit(), rows.keys());
    }

    /** Starts to build a data set of all rows, with the defaults of {@link ImageDatasetBuilder}. */
    public ImageDatasetBuilder dataset() {
        return dataset(samples, true);
    }

    /**
     * Starts to build a data set of the rows of a part, with the defaults of {@link ImageDatasetBuilder}. Only the
     * training part is shuffled.
     *
     * @throws IllegalArgumentException if there is no such part, or no split
     */
    public ImageDatasetBuilder dataset(String part) {
        return dataset(samples(part), part.equals(Split.TRAIN.part()));
    }

    private ImageDatasetBuilder dataset(List<Sample> chosen, boolean shuffle) {
        return ImageDataset.builder().setHeads(heads()).addSamples(chosen).optShuffle(shuffle);
    }

    /** The training part, see {@link #dataset(String)}. */
    public ImageDatasetBuilder train() {
        return dataset(Split.TRAIN.part());
    }

    /** The validation part, see {@link #dataset(String)}. */
    public ImageDatasetBuilder validation() {
        return dataset(Split.VALIDATION.part());
    }

    /** The test part, see {@link #dataset(String)}. */
    public ImageDatasetBuilder test() {
        return dataset(Split.TEST.part());
    }

    private DataSplit requireSplit() {
        return split.orElseThrow(
                () -> new IllegalArgumentException(rows.name() + " is not split; say how with optSplitColumn(...) or"
                        + " optValidation(0.2), or take all rows with dataset()"));
    }

    /**
     * Checks every image and label once, and reports what would stop or spoil a training. Takes about as long as an
     * epoch without training.
     */
    public DataReport check() {
        return check(ImageDecoder.strict());
    }

    /** As {@link #check()}, with the decoder of the training. */
    public DataReport check(ImageDecoder decoder) {
        DataCheck.Builder check =
                DataCheck.builder().setSamples(samples).optProgress(progress).optDecoder(decoder);
        split.ifPresent(parts -> {
            if (trains(parts)) {
                check.optSplit(parts, Split.TRAIN.part());
            } else {
                check.optSplit(parts);
            }
        });
        return check.build().run().with(TableNotes.findings(rows, labels, warnings));
    }

    /**
     * Describes what was read: the rows, the parts, and for each head its categories, missing labels, empty cells of
     * tags with their meaning, and unknown labels; then warnings, for example of a category {@code nan}, and notes.
     * Several lines, the same in every locale.
     */
    public String summary() {
        return TableNotes.summary(rows, labels, samples, split, warnings);
    }

    @Override
    public String toString() {
        return rows.name() + ": " + size() + " rows, heads " + heads().names();
    }
}
