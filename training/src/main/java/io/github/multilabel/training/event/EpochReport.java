package io.github.multilabel.training.event;

import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.HeadMetrics;
import java.util.Locale;
import java.util.Optional;

/**
 * What one epoch did.
 *
 * @param epoch its number, from 1
 * @param learningRate of its last step
 * @param training losses and metrics of the training images while the model was learning from them: each batch is
 *     evaluated with the weights before its step, on augmented images
 * @param validation losses and metrics of the validation images after the epoch; empty if none were given
 * @param imagesPerSecond training images per second, without validation
 * @param skippedBatches batches that were left out because their loss or gradient was not finite; in float16 also
 *     because the gradient overflowed, which a smaller loss scale mends
 */
public record EpochReport(
        int epoch,
        double learningRate,
        Evaluation training,
        Optional<Evaluation> validation,
        double imagesPerSecond,
        int skippedBatches) {

    /** The same with what validation found. */
    public EpochReport with(Evaluation validation) {
        return new EpochReport(epoch, learningRate, training, Optional.of(validation), imagesPerSecond, skippedBatches);
    }

    /** What the history keeps of it when it is neither the best nor the last: nothing of single categories if many. */
    public EpochReport withoutManyCategories() {
        return new EpochReport(
                epoch,
                learningRate,
                training.withoutManyCategories(),
                validation.map(Evaluation::withoutManyCategories),
                imagesPerSecond,
                skippedBatches);
    }

    /** One line: loss and accuracy per head, of the validation images where there are some. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "epoch %d: training loss %.4f", epoch, training.loss()));
        validation.ifPresent(v -> text.append(String.format(Locale.ROOT, ", validation loss %.4f", v.loss())));
        Evaluation shown = validation.orElse(training);
        text.append(validation.isPresent() ? ", validation accuracy" : ", training accuracy");
        for (HeadMetrics head : shown.heads()) {
            text.append(String.format(Locale.ROOT, " %s %.4f", head.head().name(), head.accuracy()));
        }
        text.append(String.format(Locale.ROOT, ", rate %.3g, %.1f images/s", learningRate, imagesPerSecond));
        return skippedBatches == 0
                ? text.toString()
                : text.append(", ")
                        .append(skippedBatches)
                        .append(" batches skipped")
                        .toString();
    }
}
