package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.internal.counts.EvaluationCounts;
import io.github.multilabel.evaluation.internal.counts.HeadCounts;
import io.github.multilabel.evaluation.internal.counts.SparseCounts;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Metrics of predictions, without the loss. */
final class CountedPredictions {

    private CountedPredictions() {}

    static Evaluation evaluation(Predictions predictions) {
        Mistakes mistakes = new Mistakes(predictions);
        long complete = 0;
        long exact = 0;
        for (int i = 0; i < predictions.size(); i++) {
            int row = i;
            if (predictions.all().stream().noneMatch(head -> head.isMissing(row))) {
                complete++;
                exact += predictions.heads().names().stream()
                                .allMatch(head -> mistakes.of(head, row).isEmpty())
                        ? 1
                        : 0;
            }
        }
        List<HeadCounts> counts = new ArrayList<>();
        for (PredictedHead head : predictions.all()) {
            counts.add(head.when(CountedPredictions::single, CountedPredictions::multi));
        }
        return Evaluation.of(new EvaluationCounts(
                predictions.heads(), counts, Double.NaN, predictions.size(), complete, exact, List.of()));
    }

    private static HeadCounts single(SingleLabelPredictions head) {
        SparseCounts cells = new SparseCounts();
        int[] labelled = labelled(head);
        cells.add(IntStream.of(labelled)
                .mapToLong(row -> HeadCounts.Confusion.cell(head.head(), head.label(row), head.best(row)))
                .toArray());
        long top = IntStream.of(labelled)
                .filter(row -> head.rank(row, head.label(row)) < HeadCounts.Confusion.TOP)
                .count();
        return new HeadCounts.Confusion(head.head(), Double.NaN, cells, top);
    }

    private static HeadCounts multi(MultiLabelPredictions head) {
        int[] labelled = labelled(head);
        List<HeadCounts.Tag> tags = IntStream.range(0, head.head().size())
                .mapToObj(k -> new HeadCounts.Tag(
                        IntStream.of(labelled)
                                .filter(row -> head.isRight(row, k) && head.logit(row, k) > 0)
                                .count(),
                        IntStream.of(labelled)
                                .filter(row -> head.isRight(row, k))
                                .count(),
                        IntStream.of(labelled)
                                .filter(row -> head.logit(row, k) > 0)
                                .count()))
                .toList();
        long right = IntStream.of(labelled)
                .filter(row -> IntStream.range(0, head.head().size())
                        .allMatch(k -> head.isRight(row, k) == head.logit(row, k) > 0))
                .count();
        double accuracy = labelled.length == 0 ? Double.NaN : (double) right / labelled.length;
        return new HeadCounts.Tags(head.head(), Double.NaN, accuracy, labelled.length, 0, tags);
    }

    private static int[] labelled(PredictedHead head) {
        return IntStream.range(0, head.size())
                .filter(row -> !head.isMissing(row))
                .toArray();
    }
}
