package io.github.multilabel.training;

import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of one head:
 *
 * <pre>{@code
 * builder.addHeadOptions("tags", HeadOptions.loss(Losses.focal(2)).lossWeight(0.5).hiddenUnits(256))
 *         .addHeadOptions("model", HeadOptions.standard().auxiliary());
 * }</pre>
 *
 * <p>Each method returns new options. Values are checked by {@link MultiLabelTrainerBuilder#build}. Immutable.
 */
public final class HeadOptions {

    static final String LOSS = "loss";
    static final String LOSS_WEIGHT = "lossWeight";
    static final String CLASS_WEIGHTS = "classWeights";
    static final String LABEL_SMOOTHING = "labelSmoothing";
    static final String DROPOUT = "dropout";
    static final String HIDDEN_UNITS = "hiddenUnits";
    static final String AUXILIARY = "auxiliary";

    private static final HeadOptions STANDARD = new HeadOptions(Map.of());

    /** By the names above; a value that was given as null is null. */
    private final Map<String, @Nullable Object> given;

    private HeadOptions(Map<String, @Nullable Object> given) {
        this.given = given;
    }

    /** The options of a head that is given none: its standard loss with a weight of 1, and one linear layer. */
    public static HeadOptions standard() {
        return STANDARD;
    }

    /**
     * Standard options, but for the loss.
     *
     * @param loss in place of cross entropy or binary cross entropy: one of {@link Losses}, or your own
     */
    public static HeadOptions loss(HeadLoss loss) {
        return STANDARD.with(LOSS, loss);
    }

    /**
     * Sets the factor of the head's loss in the sum of all losses; 1 by default.
     *
     * @param weight a finite number of at least 0; a head of weight 0 is evaluated, but does not learn
     */
    public HeadOptions lossWeight(double weight) {
        return with(LOSS_WEIGHT, weight);
    }

    /** Weights the categories of the head in its loss; all count alike by default. */
    public HeadOptions classWeights(ClassWeights weights) {
        return with(CLASS_WEIGHTS, weights);
    }

    /**
     * Softens the targets of a single-label head whose loss is the standard one, whatever
     * {@link MultiLabelTrainerBuilder#optLabelSmoothing} says; see {@link Losses#crossEntropy(double)}.
     *
     * @param smoothing in [0, 1); 0.05 to 0.1 is usual
     */
    public HeadOptions labelSmoothing(double smoothing) {
        return with(LABEL_SMOOTHING, smoothing);
    }

    /**
     * Sets the dropout before the head's last layer, whatever {@link MultiLabelTrainerBuilder#optDropout} says.
     *
     * @param rate in [0, 1); 0.2 is usual, 0.5 much
     */
    public HeadOptions dropout(double rate) {
        return with(DROPOUT, rate);
    }

    /**
     * Gives the head a hidden layer: linear, ReLU, dropout if there is some, linear. By default there is none. It lets
     * the head combine features in ways that the backbone does not, above all while that is frozen; fastai's heads have
     * one of 512 units, those of timm and torchvision mostly none.
     *
     * @param units at least 1
     */
    public HeadOptions hiddenUnits(int units) {
        return with(HIDDEN_UNITS, units);
    }

    /**
     * Makes the head auxiliary: it only helps the backbone to learn, such as the exact model of a car where brand and
     * type are asked. Its loss is part of the training, but it is not evaluated, does not choose the best epoch, and is
     * not in the trained model. Validation images may be without labels for it.
     */
    public HeadOptions auxiliary() {
        return with(AUXILIARY, true);
    }

    private HeadOptions with(String option, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(given);
        more.put(option, value);
        return new HeadOptions(Collections.unmodifiableMap(more));
    }

    /** The options that were given, in order. */
    Map<String, @Nullable Object> given() {
        return given;
    }

    /** Whether an option was given, be it null. */
    boolean has(String option) {
        return given.containsKey(option);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadOptions options && options.given.equals(given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    /** A text for people: {@code {lossWeight=0.5, hiddenUnits=256}}. */
    @Override
    public String toString() {
        return given.toString();
    }
}
