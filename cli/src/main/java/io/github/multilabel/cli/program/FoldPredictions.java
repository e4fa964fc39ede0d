package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The predictions of a cross validation, in which each image is predicted by the model that did not see it. */
final class FoldPredictions {

    private FoldPredictions() {}

    /**
     * The lines of all folds in the order of the table; images that could not be used have none.
     *
     * @param trainings their folders, in the order of the parts of the split
     */
    static String join(List<Path> trainings, List<Sample> samples, DataSplit split) throws IOException {
        List<CsvRecords> left = new ArrayList<>();
        for (Path training : trainings) {
            left.add(new CsvRecords(Files.readString(training.resolve(RunFolder.PREDICTIONS))));
        }
        List<String> lines = new ArrayList<>();
        left.forEach(records -> {
            String header = records.next();
            if (lines.isEmpty()) {
                lines.add(header);
            }
        });
        for (int row = 0; row < samples.size(); row++) {
            CsvRecords records = left.get(split.parts().indexOf(split.part(row)));
            String source = CsvLine.of(List.of(samples.get(row).image().name()));
            if (records.peek().startsWith(source + ",")) {
                lines.add(records.next());
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }
}
