package io.github.multilabel.cli.command;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.split.DataSplit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a training needs of the split of a table. */
final class TableParts {

    private TableParts() {}

    /**
     * The part that evaluates the model: validation, or test where the table has none.
     *
     * @throws InvalidInputException if no rows are there to train or to evaluate
     */
    static String evaluated(Optional<DataSplit> split) {
        List<String> parts = split.orElseThrow(
                        () -> new InvalidInputException("--validation 0 leaves no rows for evaluation: name a fraction"
                                + " above 0, such as 0.2, or a --split-column whose rows say validation"))
                .parts();
        if (!parts.contains(Split.TRAIN.part())) {
            throw new InvalidInputException(
                    "the table is split into " + parts + ", but no rows are there to train on: rows must say train");
        }
        return Stream.of(Split.VALIDATION.part(), Split.TEST.part())
                .filter(parts::contains)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("the table is split into " + parts
                        + ", but no rows are there for evaluation: rows must say validation or test"));
    }
}
