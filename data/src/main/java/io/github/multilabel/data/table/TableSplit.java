package io.github.multilabel.data.table;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.check.SimilarImages;
import io.github.multilabel.data.internal.ContentHash;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.split.SplitBuilder;
import io.github.multilabel.data.split.SplitFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Describes how rows are to be split.
 *
 * @param column that has the part of each row; empty to draw the parts
 * @param file that has the part of each row, as {@link SplitFile} writes it; empty to draw the parts
 * @param validation the fraction to draw, or 0
 * @param test the fraction to draw, or 0
 * @param folds how many equal parts to draw in place of these, or 0
 * @param groups whose rows stay together
 * @param hashed whether rows go where the hash of their key says, and are not drawn
 * @param duplicatesTogether whether images of the same bytes stay together
 * @param similarTogether whether images that look the same stay together, and those of the same bytes
 * @param seed of the draw
 * @param progress receives how many images are read and rows are split
 */
record TableSplit(
        Optional<String> column,
        Optional<Path> file,
        double validation,
        double test,
        int folds,
        Optional<GroupColumn> groups,
        boolean hashed,
        boolean duplicatesTogether,
        boolean similarTogether,
        long seed,
        ProgressListener progress) {

    /**
     * The split; empty if none is wanted.
     *
     * @param notes receives what its user should know
     */
    Optional<DataSplit> of(LabelledRows table, Consumer<Finding> notes) throws IOException {
        if (file.isPresent()) {
            DataSplit kept = SplitFile.read(file.get(), table.keys(), Split.TRAIN.part());
            kept.warnings().forEach(notes);
            return Optional.of(kept);
        }
        if (column.isPresent()) {
            return Optional.of(fromColumn(table, column.get()));
        }
        return validation == 0 && test == 0 && folds == 0 ? Optional.empty() : Optional.of(draw(table, notes));
    }

    private DataSplit fromColumn(LabelledRows table, String column) {
        List<String> parts = new ArrayList<>();
        for (TableRow row : table.rows()) {
            String part = PartName.of(row.text(column));
            if (part.isEmpty()) {
                throw new IllegalArgumentException(row.origin() + ": the cell of the split column '" + column
                        + "' is empty; every row needs a part, such as train or validation");
            }
            parts.add(part);
        }
        return DataSplit.byName(parts);
    }

    /** Over the categories of all rows: which of them train is not known yet. */
    private DataSplit draw(LabelledRows table, Consumer<Finding> notes) {
        SplitBuilder split = DataSplit.builder()
                .setLabels(table.labels(table.heads(row -> true)))
                .optSeed(seed)
                .optProgress(progress);
        if (folds > 0) {
            split.optFolds(folds);
        } else {
            split.addPart(Split.TRAIN, 1 - validation - test);
        }
        if (validation > 0) {
            split.addPart(Split.VALIDATION, validation);
        }
        if (test > 0) {
            split.addPart(Split.TEST, test);
        }
        if (hashed) {
            split.optHashed(table.rows().stream().map(table.source()::key).toList());
        }
        groups.ifPresent(each -> split.addGroups(each.words(), each.groups()));
        List<ImageSource> images = table.rows().stream().map(TableRow::image).toList();
        if (similarTogether) {
            SimilarImages similar = SimilarImages.among(images, ImageDecoder.strict(), progress);
            unread(table, similar.unread()).ifPresent(notes);
            split.addGroups("similar images", similar.groups());
        } else if (duplicatesTogether) {
            List<@Nullable String> hashes = ContentHash.of(images, progress);
            unread(
                            table,
                            IntStream.range(0, hashes.size())
                                    .filter(row -> hashes.get(row) == null)
                                    .boxed()
                                    .toList())
                    .ifPresent(notes);
            split.addGroups("file content", hashes);
        }
        return split.build();
    }

    /** Copies of such an image are strangers to it now, and its relatives once it can be read. */
    private static Optional<Finding> unread(LabelledRows table, List<Integer> unread) {
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                TableNotes.warning(unread.size() + " of " + table.rows().size()
                        + " images could not be read, the first is "
                        + table.rows().get(unread.get(0))
                        + ": their copies were not looked for, and once they can be read the same seed may give another split;"
                        + " optSplitFile keeps this one"));
    }
}
