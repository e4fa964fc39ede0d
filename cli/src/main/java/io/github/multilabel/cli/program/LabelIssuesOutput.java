package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.labels.LabelIssuesCsv;
import io.github.multilabel.evaluation.labels.LabelIssuesSheet;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The labels that are probably wrong, in a folder of results: label-issues.csv and label-issues.png. */
final class LabelIssuesOutput {

    static final String CSV = "label-issues.csv";
    static final String SHEET = "label-issues.png";

    /** Issues that are printed. */
    private static final int PRINTED = 5;

    /** Images on the sheet. */
    private static final int DRAWN = 48;

    private LabelIssuesOutput() {}

    /**
     * Finds them, writes the files, and prints the first ones.
     *
     * @param predictions of models that were not trained on these images
     * @param images finds an image by its name
     */
    static void write(Path folder, Predictions predictions, Function<String, ImageSource> images) throws IOException {
        LabelIssues issues = LabelIssues.find(predictions);
        System.out.println(issues.text(PRINTED));
        LabelIssuesCsv.write(folder.resolve(CSV), issues);
        boolean isDrawn = !issues.issues().isEmpty()
                && Decoration.isMade(SHEET, () -> LabelIssuesSheet.write(folder.resolve(SHEET), issues, images, DRAWN));
        System.out.println(CSV
                + (isDrawn ? " and " + SHEET + " are in " : " is in ")
                + folder
                + (issues.issues().isEmpty()
                        ? ""
                        : "; what is filled into the column 'corrected' of a copy is taken by --corrections"));
    }
}
