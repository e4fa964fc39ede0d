package io.github.multilabel.training;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.training.event.TrainingResult;
import java.util.List;
import java.util.Optional;

/**
 * What a report tells of the training before it.
 *
 * @param labels of the training images
 * @param result how it went
 * @param validation the images that chose the best epoch; not closed
 */
record LastFit(List<LabelCounts> labels, TrainingResult result, Optional<MultiLabelDataset> validation) {

    static LastFit of(
            HeadSet heads, MultiLabelDataset training, TrainingResult result, Optional<MultiLabelDataset> validation) {
        return new LastFit(
                heads.stream().map(head -> LabelCounts.of(head, training)).toList(), result, validation);
    }

    void addTo(EvaluationReport.Builder report) {
        report.addLabels("training", labels);
        if (!result.history().isEmpty()) {
            HistoryCurves.of(result.history()).forEach(report::addCurve);
            report.addEnvironment("epoch of the weights", Integer.toString(result.bestEpoch()));
        }
    }
}
