package io.github.multilabel.training.mix;

import java.util.SplittableRandom;

/**
 * The distribution Beta(alpha, alpha), by two gamma variates (Marsaglia and Tsang 2000). They are kept as logarithms:
 * with a small alpha both are often too small for a double.
 *
 * @param alpha above 0
 */
record Beta(double alpha) {

    Beta {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not a finite number above 0");
        }
    }

    /** In [0, 1]. */
    double draw(SplittableRandom random) {
        double own = logGamma(random);
        double other = logGamma(random);
        return 1 / (1 + Math.exp(other - own));
    }

    /** The logarithm of a variate of Gamma(alpha): one of Gamma(alpha + 1) times a power of a uniform one. */
    private double logGamma(SplittableRandom random) {
        double d = alpha + 1 - 1.0 / 3;
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            double u = 1 - random.nextDouble();
            if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return Math.log(d * v) + Math.log(1 - random.nextDouble()) / alpha;
            }
        }
    }
}
