package io.github.multilabel.evaluation.loss;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.internal.heads.Formula;
import java.util.List;
import java.util.Locale;

/**
 * The losses of this library, for the options of a head:
 *
 * <pre>{@code
 * builder.addHeadOptions("tags", HeadOptions.loss(Losses.asymmetric()))
 *         .addHeadOptions("year", HeadOptions.loss(Losses.ordinal()));
 * }</pre>
 *
 * <p>Each can also be called directly, as part of a {@link HeadLoss} of your own. Immutable; threads may share them.
 *
 * <p>Each loss is a mean over the labelled images. The divisor is the sum of the class weights of their categories for
 * single-label heads, and the number of labelled images times the number of categories for multi-label heads. A class
 * weight multiplies what an image of the category adds; for a multi-label head, what the category adds to images that
 * have it. Losses and gradients are finite for all logits that training can reach.
 */
public final class Losses {

    private Losses() {}

    /**
     * The default loss of a head: {@link #crossEntropy()} for a single-label head, {@link #binaryCrossEntropy()} for a
     * multi-label head.
     */
    public static HeadLoss standard(Head head) {
        Given.require(head, "head", "a head, e.g. heads.get(\"type\")");
        return head.kind() == Head.Kind.SINGLE_LABEL ? crossEntropy() : binaryCrossEntropy();
    }

    /** {@link #crossEntropy(double)} without label smoothing: the default loss of single-label heads. */
    public static HeadLoss crossEntropy() {
        return crossEntropy(0);
    }

    /**
     * The softmax cross entropy of single-label heads with label smoothing (Szegedy et al. 2016), as PyTorch's
     * {@code cross_entropy(label_smoothing=...)}: the target is {@code 1 - smoothing + smoothing / K} for the label and
     * {@code smoothing / K} for each other of the K categories.
     *
     * @param smoothing in [0, 1); 0.05 to 0.1 is usual
     * @throws IllegalArgumentException if it is outside its range
     */
    public static HeadLoss crossEntropy(double smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing " + smoothing + " is outside [0, 1)");
        }
        return new StandardLoss(
                named("cross entropy with label smoothing %s", smoothing),
                List.of(Formula.CROSS_ENTROPY),
                List.of(smoothing));
    }

    /**
     * The binary cross entropy of multi-label heads over each category, as PyTorch's
     * {@code binary_cross_entropy_with_logits}: their default loss.
     */
    public static HeadLoss binaryCrossEntropy() {
        return new StandardLoss("binary cross entropy", List.of(Formula.BINARY_CROSS_ENTROPY), List.of());
    }

    /**
     * The focal loss (Lin et al. 2017) for either kind of head. Images that the model already predicts well count less,
     * by the factor {@code (1 - p)^gamma}, where p is the predicted probability of the label. For imbalanced categories
     * see {@link ClassWeights}.
     *
     * @param gamma at least 0, where 0 is cross entropy; 2 is usual
     * @throws IllegalArgumentException if it is outside its range
     */
    public static HeadLoss focal(double gamma) {
        return new StandardLoss(
                named("focal loss with gamma %s", notNegative("gamma", gamma)),
                List.of(Formula.FOCAL, Formula.BINARY_FOCAL),
                List.of(gamma, -1.0));
    }

    /**
     * The focal loss of multi-label heads, as torchvision's {@code sigmoid_focal_loss}. For single-label heads use
     * {@link #focal(double)} with class weights instead of alpha.
     *
     * @param alpha in [0, 1]: the weight of a category for images that have it; {@code 1 - alpha} for the others. The
     *     authors use 0.25
     * @param gamma at least 0; the authors use 2
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static HeadLoss focal(double alpha, double gamma) {
        return new StandardLoss(
                named("focal loss with alpha %s and gamma %s", fraction("alpha", alpha), notNegative("gamma", gamma)),
                List.of(Formula.BINARY_FOCAL),
                List.of(gamma, alpha));
    }

    /** {@link #asymmetric(double, double, double)} with the authors' 4, 1 and 0.05. */
    public static HeadLoss asymmetric() {
        return asymmetric(4, 1, 0.05);
    }

    /**
     * The asymmetric loss of multi-label heads (Ridnik et al. 2021), for heads with many categories of which few apply
     * to an image. Easy negatives count less than positives, and very easy ones not at all. As in the authors' code,
     * the focusing weight has no gradient; the sum there is a mean here.
     *
     * @param gammaNegative focusing of categories that an image does not have, at least 0; higher values make easy ones
     *     count less
     * @param gammaPositive focusing of categories that an image has, at least 0
     * @param clip probability below which a category that an image does not have counts nothing, in [0, 1)
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static HeadLoss asymmetric(double gammaNegative, double gammaPositive, double clip) {
        if (!(clip >= 0 && clip < 1)) {
            throw new IllegalArgumentException("clip " + clip + " is outside [0, 1)");
        }
        return new StandardLoss(
                named(
                        "asymmetric loss with gamma %s and %s and clip %s",
                        notNegative("gammaNegative", gammaNegative), notNegative("gammaPositive", gammaPositive), clip),
                List.of(Formula.ASYMMETRIC),
                List.of(gammaNegative, gammaPositive, clip));
    }

    /** {@link #ordinal(double)} with distance 1, so that both parts have the same weight. */
    public static HeadLoss ordinal() {
        return ordinal(1);
    }

    /**
     * A loss for single-label heads with ordered categories, such as years: the further a prediction is from the label,
     * the more it costs. {@code -log p[y] + distance * sum over k of (P(category <= k) - [y <= k])^2}: cross entropy,
     * and the squared earth mover's distance that Hou et al. 2017 add to it.
     *
     * <p>Unlike CORAL or CORN (Shi et al. 2021), which need K - 1 logits of another meaning, the head keeps K logits
     * and a softmax, so prediction, metrics and export are those of any single-label head. Both parts are proper
     * scoring rules: their expectation is smallest for the true probabilities. The cross entropy keeps a gradient where
     * the model is confident and wrong; the distance alone has none there.
     *
     * @param distance the weight of the distance, at least 0
     * @throws IllegalArgumentException if it is outside its range
     */
    public static HeadLoss ordinal(double distance) {
        return new StandardLoss(
                named("ordinal loss with distance %s", notNegative("distance", distance)),
                List.of(Formula.ORDINAL),
                List.of(distance));
    }

    private static String named(String format, Object... constants) {
        return String.format(Locale.ROOT, format, constants);
    }

    private static double notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number of at least 0");
        }
        return value;
    }

    private static double fraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1]");
        }
        return value;
    }
}
