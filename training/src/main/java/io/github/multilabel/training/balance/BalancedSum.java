package io.github.multilabel.training.balance;

import ai.djl.ndarray.NDArray;
import io.github.multilabel.evaluation.loss.BatchLoss;

/** The sum of the losses, each times its fixed weight and its balance. */
final class BalancedSum {

    private BalancedSum() {}

    static NDArray of(BatchLoss loss, double... balance) {
        float[] factors = new float[balance.length];
        for (int h = 0; h < factors.length; h++) {
            factors[h] = (float) balance[h];
        }
        NDArray weighted = loss.losses().mul(loss.weights());
        return weighted.mul(weighted.getManager().create(factors)).sum();
    }
}
