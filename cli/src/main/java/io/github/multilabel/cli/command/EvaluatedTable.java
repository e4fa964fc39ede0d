package io.github.multilabel.cli.command;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.cli.program.ImagesByName;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TableOptions;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.table.ImageTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images of a table or of folders.
 *
 * @param splits none for the test images of a table that is split, the validation images where it has none, and all of
 *     a table without a split
 * @param splitFile what a training left of its split
 */
record EvaluatedTable(TableOptions source, List<Split> splits, Optional<Path> splitFile, PhotoOptions photos)
        implements Evaluated {

    /** In place of the names of parts, where there is no split. */
    static final List<String> ALL = List.of("all rows");

    @Override
    public Images images(HeadSet heads) throws IOException {
        return InvalidInputException.check(() -> {
            ImageTable table = source.table(heads).build();
            if (splitFile.isPresent()) {
                table = table.split(splitFile.get());
            }
            System.out.println(Flags.of(table.summary()));
            List<String> parts = parts(table.split());
            return new Images(dataset(table, parts), parts.isEmpty() ? ALL : parts, ImagesByName.of(table.samples()));
        });
    }

    private ImageDataset dataset(ImageTable table, List<String> parts) throws IOException {
        List<Sample> samples = parts.isEmpty()
                ? table.samples()
                : parts.stream().flatMap(part -> table.samples(part).stream()).toList();
        return photos.images(ImageDataset.builder()
                        .setHeads(table.heads())
                        .setSamples(samples)
                        .optShuffle(false))
                .build();
    }

    /** Those to evaluate; none for all rows. */
    private List<String> parts(Optional<DataSplit> split) {
        if (!splits.isEmpty()) {
            if (split.isEmpty()) {
                throw new InvalidInputException("--split needs to know which rows are in which part: --split-column"
                        + " names a column that says so, --split-file a file that a training left");
            }
            return splits.stream().map(Split::part).toList();
        }
        return split.map(DataSplit::parts).stream()
                .flatMap(parts -> Stream.of(Split.TEST, Split.VALIDATION)
                        .map(Split::part)
                        .filter(parts::contains)
                        .limit(1))
                .toList();
    }
}
