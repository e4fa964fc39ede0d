package io.github.multilabel.evaluation.internal.heads;

import io.github.multilabel.core.Head;

/**
 * The formulas of the standard losses as program text. Each has a method {@code rows} that gives what every image adds
 * to the numerator of each head's mean.
 *
 * <p>Of single-label heads {@code rows(x, label, absent, weights, c)}: x the logarithms of the softmax (N, H, K), -inf
 * where a head has no such category; label (N, H, 1), 0 where missing; weights (N, H, K), what each category counts; c
 * (C, H) the constants. It returns (N, H).
 *
 * <p>Of multi-label heads {@code rows(x, y, weights, c)}: x the logits (N, H, K), y 0 or 1, weights (1, H, K), what a
 * category counts where it applies; c (C, 1, H, 1). It returns (N, H, K).
 */
public enum Formula {
    /** PyTorch's {@code cross_entropy} with {@code weight} and {@code label_smoothing}, the one constant. */
    CROSS_ENTROPY(
            Head.Kind.SINGLE_LABEL,
            """
            def rows(self, x: Tensor, label: Tensor, absent: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              hard = torch.mul((self).picked(x, label), (self).picked(weights, label))
              even = torch.sum(torch.mul(torch.masked_fill(x, absent, 0.), weights), [2])
              share = torch.div(c[0], torch.sum(torch.logical_not(absent), [2]))
              return torch.neg(torch.add(torch.mul(hard, torch.rsub(c[0], 1)), torch.mul(even, share)))
            """),
    /**
     * {@code -(1 - p)^gamma log p}. The power is taken of the logarithm of 1 - p, which is the sum over the other
     * categories, so that no gamma has an infinite slope where p is 1.
     */
    FOCAL(
            Head.Kind.SINGLE_LABEL,
            """
            def rows(self, x: Tensor, label: Tensor, absent: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              rest = torch.logsumexp(torch.scatter(x, 2, label, -inf), [2])
              hard = torch.mul((self).picked(x, label), (self).picked(weights, label))
              return torch.neg(torch.mul(torch.exp(torch.mul(rest, c[0])), hard))
            """),
    /** Cross entropy and, times the one constant, the squared distance of the cumulated probabilities. */
    ORDINAL(
            Head.Kind.SINGLE_LABEL,
            """
            def rows(self, x: Tensor, label: Tensor, absent: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              ranks = torch.sub(torch.cumsum(torch.ones_like(x), 2), 1)
              distance = torch.sub(torch.cumsum(torch.exp(x), 2), torch.to(torch.ge(ranks, label), 6))
              far = torch.mul(torch.sum(torch.mul(distance, distance), [2]), c[0])
              return torch.mul(torch.sub(far, (self).picked(x, label)), (self).picked(weights, label))
            """),
    /** PyTorch's {@code binary_cross_entropy_with_logits} with {@code pos_weight}. */
    BINARY_CROSS_ENTROPY(
            Head.Kind.MULTI_LABEL,
            """
            def rows(self, x: Tensor, y: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              return torch.binary_cross_entropy_with_logits(x, y, None, weights, 0)
            """),
    /** torchvision's {@code sigmoid_focal_loss}; constants gamma and alpha, which is negative for none. */
    BINARY_FOCAL(
            Head.Kind.MULTI_LABEL,
            """
            def rows(self, x: Tensor, y: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              right = torch.mul(x, torch.sub(torch.mul(y, 2), 1))
              focus = torch.exp(torch.mul(torch.log_sigmoid(torch.neg(right)), c[0]))
              surprise = torch.mul(torch.neg(torch.log_sigmoid(right)), focus)
              balance = torch.add(torch.mul(c[1], y), torch.mul(torch.rsub(c[1], 1), torch.rsub(y, 1)))
              balanced = torch.where(torch.lt(c[1], 0), torch.ones_like(balance), balance)
              return torch.mul(torch.mul(surprise, balanced), torch.where(torch.gt(y, 0), weights, torch.ones_like(y)))
            """),
    /**
     * Equations 5 and 7 of Ridnik et al. 2021; constants gamma of what does not apply, gamma of what does, and the
     * shift. Logarithms are taken of logits, where the authors' code cuts probabilities at 1e-8; as there, the focusing
     * weight has no gradient.
     */
    ASYMMETRIC(
            Head.Kind.MULTI_LABEL,
            """
            def rows(self, x: Tensor, y: Tensor, weights: Tensor, c: Tensor) -> Tensor:
              applies = torch.log_sigmoid(x)
              absent = torch.clamp_max(torch.logaddexp(torch.log_sigmoid(torch.neg(x)), torch.log(c[2])), 0)
              p = torch.detach(torch.sigmoid(x))
              p1 = torch.mul(torch.pow(torch.rsub(p, 1), c[1]), weights)
              p0 = torch.pow(torch.clamp_min(torch.sub(p, c[2]), 0), c[0])
              return torch.neg(torch.where(torch.gt(y, 0), torch.mul(applies, p1), torch.mul(absent, p0)))
            """);

    private final Head.Kind kind;
    private final String text;

    Formula(Head.Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** The heads that it is for. */
    public Head.Kind kind() {
        return kind;
    }

    /** The method {@code rows}. */
    String text() {
        return text;
    }
}
