package io.github.multilabel.data.augment;

import java.util.SplittableRandom;

/** How often a step does what it does. */
final class Chance {

    private Chance() {}

    /** @throws IllegalArgumentException if the probability is outside [0, 1] */
    static void require(String step, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(step + ": probability " + p + " is outside [0, 1]");
        }
    }

    /** Never for 0, always for 1. */
    static boolean happens(double p, SplittableRandom random) {
        return random.nextDouble() < p;
    }

    /** The numbers below a count, each order as likely as any other: Fisher and Yates. */
    static int[] order(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
