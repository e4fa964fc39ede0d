package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The predictions of a cross validation, in which each image is predicted by the model that did not see it. */
final class FoldPredictions {

    /** Stands first. */
    private static final String SOURCE = "source";
    /** Stands last. */
    private static final String PROBLEM = "problem";

    private FoldPredictions() {}

    /**
     * The lines of all folds in the order of the table; images that could not be used have none. A column that the
     * model of one fold has alone, such as one that may answer "unknown", is empty in the lines of others.
     *
     * @param trainings their folders, in the order of the parts of the split
     */
    static String join(List<Path> trainings, List<Sample> samples, DataSplit split) throws IOException {
        List<Queue<CSVRecord>> left = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>(List.of(SOURCE));
        for (Path training : trainings) {
            try (CSVParser table = CSVParser.parse(
                    training.resolve(RunFolder.PREDICTIONS),
                    StandardCharsets.UTF_8,
                    CSVFormat.RFC4180
                            .builder()
                            .setHeader()
                            .setSkipHeaderRecord(true)
                            .get())) {
                all.addAll(table.getHeaderNames());
                left.add(new ArrayDeque<>(table.getRecords()));
            }
        }
        all.remove(PROBLEM);
        List<String> columns = new ArrayList<>(all);
        columns.add(PROBLEM);
        StringBuilder text = new StringBuilder();
        append(text, columns);
        for (int row = 0; row < samples.size(); row++) {
            Queue<CSVRecord> records = left.get(split.parts().indexOf(split.part(row)));
            CSVRecord next = records.peek();
            if (next != null && next.get(SOURCE).equals(samples.get(row).image().name())) {
                append(
                        text,
                        columns.stream()
                                .map(column -> next.isMapped(column) ? next.get(column) : "")
                                .toList());
                records.remove();
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells) {
        text.append(CsvLine.of(cells)).append("\r\n");
    }
}
