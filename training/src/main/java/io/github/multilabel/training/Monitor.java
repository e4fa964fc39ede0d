package io.github.multilabel.training;

/**
 * The metric that chooses the best epoch, as Keras' {@code monitor}:
 *
 * <pre>{@code
 * builder.optMonitor(Monitor.of("brand_macro_f1").keepLastWeights());
 * }</pre>
 *
 * <p>By default it is {@code mean_accuracy}, and the model ends with the weights of the best epoch. Values are checked
 * by {@link MultiLabelTrainerBuilder#build}. Immutable.
 *
 * @param metric {@code mean_accuracy}, {@code exact_match}, {@code loss}, or of a head {@code brand_accuracy},
 *     {@code brand_macro_f1}, {@code brand_loss} and others, see
 *     {@link io.github.multilabel.evaluation.metrics.Metric}. It is computed on the validation images, or on those of
 *     the prefix {@code train_} or {@code validation_}
 * @param restoresBestWeights whether the model ends with the weights of the best epoch, as Keras'
 *     {@code restore_best_weights}
 */
public record Monitor(String metric, boolean restoresBestWeights) {

    static final String DEFAULT_METRIC = "mean_accuracy";

    /**
     * Chooses the best epoch by a metric, and restores its weights at the end.
     *
     * @param metric such as {@code brand_macro_f1} or {@code train_loss}
     */
    public static Monitor of(String metric) {
        return new Monitor(metric, true);
    }

    /** The same for a model that ends with the weights of the last epoch. */
    public Monitor keepLastWeights() {
        return new Monitor(metric, false);
    }
}
