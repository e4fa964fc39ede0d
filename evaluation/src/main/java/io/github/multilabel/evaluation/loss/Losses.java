package io.github.multilabel.evaluation.loss;

import io.github.multilabel.core.Head;
import io.github.multilabel.evaluation.internal.heads.Formula;
import java.util.List;
import java.util.Locale;

/**
 * The losses on offer, for {@code HeadOptions.loss}:
 *
 * <pre>{@code
 * builder.addHeadOptions("tags", HeadOptions.loss(Losses.asymmetric())).addHeadOptions("year", HeadOptions.loss(Losses.ordinal()));
 * }</pre>
 *
 * <p>Each may also be called by itself, as a part of a {@link HeadLoss} of one's own. Immutable; any number of threads
 * may use one.
 *
 * <p>Each is finite, with finite gradients, for logits of any size that training can reach, and a mean over the
 * labelled images: its divisor is the sum of the class weights of their categories for single-label heads, the number
 * of known answers for multi-label heads. Class weights multiply what an image of a category adds; of a multi-label
 * head, what a category adds where it applies.
 */
public final class Losses {

    private Losses() {}

    /**
     * The loss of a head that is given none: {@link #crossEntropy()} for a single-label head,
     * {@link #binaryCrossEntropy()} for a multi-label head.
     */
    public static HeadLoss standard(Head head) {
        return head.kind() == Head.Kind.SINGLE_LABEL ? crossEntropy() : binaryCrossEntropy();
    }

    /** {@link #crossEntropy(double)} without smoothing: the standard of single-label heads. */
    public static HeadLoss crossEntropy() {
        return crossEntropy(0);
    }

    /**
     * The softmax cross entropy of single-label heads, as PyTorch's {@code cross_entropy} with {@code label_smoothing}
     * (Szegedy et al. 2016): the target is {@code 1 - smoothing + smoothing / K} for the label and {@code smoothing /
     * K} for each other of the K categories.
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
     * One yes-or-no question per category, PyTorch's {@code binary_cross_entropy_with_logits}: for multi-label heads.
     */
    public static HeadLoss binaryCrossEntropy() {
        return new StandardLoss("binary cross entropy", List.of(Formula.BINARY_CROSS_ENTROPY), List.of());
    }

    /**
     * The focal loss (Lin et al. 2017) of either kind of head: what the model already knows counts less, by the factor
     * {@code (1 - p)^gamma}, p being the probability of the right answer. For skewed categories see class weights.
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
     * The focal loss of multi-label heads, as torchvision's {@code sigmoid_focal_loss}. Of a single-label head alpha is
     * its class weights.
     *
     * @param alpha in [0, 1]: what a category counts where it applies; where it does not, {@code 1 - alpha}. The
     *     authors take 0.25
     * @param gamma at least 0; the authors take 2
     * @throws IllegalArgumentException if a value is outside its range
     */
    public static HeadLoss focal(double alpha, double gamma) {
        return new StandardLoss(
                named("focal loss with alpha %s and gamma %s", share("alpha", alpha), notNegative("gamma", gamma)),
                List.of(Formula.BINARY_FOCAL),
                List.of(gamma, alpha));
    }

    /** {@link #asymmetric(double, double, double)} with the authors' 4, 1 and 0.05. */
    public static HeadLoss asymmetric() {
        return asymmetric(4, 1, 0.05);
    }

    /**
     * The asymmetric loss of multi-label heads (Ridnik et al. 2021), for many tags of which few apply: easy tags that
     * do not apply count less than those that do, and very easy ones nothing. As in the authors' code the focusing
     * weight has no gradient; their sum is a mean here.
     *
     * @param gammaNegative how little an easy tag counts that does not apply, at least 0
     * @param gammaPositive the same of a tag that applies, at least 0
     * @param clip a tag that does not apply counts nothing below this probability, in [0, 1)
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

    /** {@link #ordinal(double)} in which both parts count alike. */
    public static HeadLoss ordinal() {
        return ordinal(1);
    }

    /**
     * For single-label heads whose categories have an order, such as years: a far answer costs more than a near one.
     * {@code -log p[y] + distance * sum over k of (P(category <= k) - [y <= k])^2}: cross entropy, and the squared
     * earth mover's distance that Hou et al. 2017 add to it.
     *
     * <p>Why not CORAL or CORN (Shi et al. 2021): they need K - 1 logits with a meaning of their own; here the head
     * stays K logits and a softmax, so prediction, metrics and export know nothing of the order. Both parts are
     * smallest in expectation where the probabilities are the true ones. The cross entropy keeps a slope where the
     * model is sure and wrong; that of the distance alone vanishes there.
     *
     * @param distance what the distance counts, at least 0
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

    private static double share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1]");
        }
        return value;
    }
}
