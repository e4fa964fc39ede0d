package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import io.github.multilabel.model.heads.HeadCalibration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Predictions in the forms in which those need them who choose how heads answer. */
public final class LogitRows {

    private LogitRows() {}

    /** Takes one image after the other. */
    public interface Taker {
        /**
         * Takes an image.
         *
         * @param logits of all heads, in their order; of multi-label heads none
         * @param labels of the single-label heads, at the positions of all heads
         */
        void add(float[][] logits, int[] labels);
    }

    /** Shows all images. */
    public static void show(Predictions predictions, List<? extends Taker> takers) {
        List<PredictedHead> heads = predictions.all();
        for (int i = 0; i < predictions.size(); i++) {
            int row = i;
            float[][] logits = new float[heads.size()][];
            int[] labels = new int[logits.length];
            for (int h = 0; h < logits.length; h++) {
                PredictedHead head = heads.get(h);
                logits[h] = head.when(single -> logits(single, row), multi -> new float[0]);
                labels[h] = head.when(single -> single.label(row), multi -> Labels.MISSING);
            }
            takers.forEach(taker -> taker.add(logits, labels));
        }
    }

    private static float[] logits(PredictedHead head, int row) {
        float[] logits = new float[head.head().size()];
        head.logits(row, logits);
        return logits;
    }

    /** (N, K). */
    public static float[][] logits(PredictedHead head) {
        float[][] rows = new float[head.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = logits(head, row);
        }
        return rows;
    }

    /** (N): the index of the category, or {@link Labels#MISSING}. */
    public static int[] labels(SingleLabelPredictions head) {
        int[] labels = new int[head.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = head.label(row);
        }
        return labels;
    }

    /** (N, K): 1 with the tag, 0 without, below 0 where it is missing. */
    public static float[][] labels(MultiLabelPredictions head) {
        Head ofTags = head.head();
        float[][] rows = new float[head.size()][ofTags.size()];
        for (int row = 0; row < rows.length; row++) {
            for (int k = 0; k < ofTags.size(); k++) {
                rows[row][k] = head.isMissing(row) ? Labels.MISSING : head.isRight(row, k) ? 1 : 0;
            }
        }
        return rows;
    }

    /** The same images, with calibrated logits of those heads, and no thresholds, which were for other ones. */
    public static Predictions calibrated(Predictions predictions, List<HeadCalibration> calibration) {
        Map<String, HeadCalibration> byHead =
                calibration.stream().collect(Collectors.toMap(HeadCalibration::head, Function.identity()));
        Predictions.Builder calibrated = Predictions.builder(predictions.heads());
        List<PredictedHead> heads = predictions.all();
        for (int row = 0; row < predictions.size(); row++) {
            float[][] logits = new float[heads.size()][];
            for (int h = 0; h < logits.length; h++) {
                float[] own = logits(heads.get(h), row);
                HeadCalibration of = byHead.get(heads.get(h).head().name());
                logits[h] = of == null ? own : of.apply(own);
            }
            calibrated.add(predictions.source(row), predictions.labels(row), logits);
        }
        return calibrated.build();
    }
}
