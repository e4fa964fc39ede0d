package io.github.multilabel.cli.program;

import ai.djl.MalformedModelException;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the models of a cross validation say of all images, of each the one that was trained without it. */
final class OutOfFoldPredictions {

    private OutOfFoldPredictions() {}

    /**
     * Joins what the trainings kept, in the order of the table; images that cannot be used have no predictions. Where a
     * training kept nothing, such as one of an earlier release, its model predicts again.
     *
     * @param trainings the folders of the folds, in the order of the parts of the split
     * @param table with its folds
     */
    static Predictions of(List<Path> trainings, ImageTable table, PhotoOptions photos)
            throws IOException, MalformedModelException {
        List<ImageTable> folds = table.folds();
        List<Predictions> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            Path kept = trainings.get(fold).resolve(RunFolder.LOGITS);
            ofFolds.add(
                    Files.exists(kept)
                            ? Predictions.read(kept)
                            : predict(trainings.get(fold).resolve(RunFolder.MODEL), folds.get(fold), photos));
        }
        return join(ofFolds, table.samples(), table.split().orElseThrow());
    }

    private static Predictions predict(Path saved, ImageTable fold, PhotoOptions photos)
            throws IOException, MalformedModelException {
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                ImageDataset heldOut =
                        photos.images(fold.dataset(Split.VALIDATION.part())).build()) {
            return Evaluator.predictions(model, heldOut);
        }
    }

    private static Predictions join(List<Predictions> ofFolds, List<Sample> samples, DataSplit split) {
        Predictions.Builder all = Predictions.builder(ofFolds.get(0).heads());
        int[] next = new int[ofFolds.size()];
        for (int row = 0; row < samples.size(); row++) {
            int fold = split.parts().indexOf(split.part(row));
            Predictions found = ofFolds.get(fold);
            if (next[fold] < found.size()
                    && found.source(next[fold]).equals(samples.get(row).image().name())) {
                all.add(found, next[fold]);
                next[fold]++;
            }
        }
        return all.build();
    }
}
