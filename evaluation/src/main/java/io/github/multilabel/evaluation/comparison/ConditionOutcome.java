package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.evaluation.scoring.Interval;

/**
 * A condition that was checked.
 *
 * @param condition as it was given
 * @param a the metric of A; NaN if it is undefined
 * @param b the metric of B; NaN if it is undefined
 * @param difference {@code b - a}, whose bounds are NaN of a category
 * @param outcome what came of it
 */
public record ConditionOutcome(String condition, double a, double b, Interval difference, Condition.Outcome outcome) {

    /** Whether a build shall stop: if the condition holds, and if what it asks for is undefined. */
    public boolean fails() {
        return outcome != Condition.Outcome.DOES_NOT_HOLD;
    }

    /** For example {@code brand.accuracy < -0.01 holds: 0.912 in A, 0.878 in B, B - A is -0.034 [-0.050, -0.018]}. */
    @Override
    public String toString() {
        return condition + " " + outcome + ": " + ComparisonTable.number(a) + " in A, " + ComparisonTable.number(b)
                + " in B, B - A is " + ComparisonTable.signed(difference.value())
                + (Double.isNaN(difference.low()) ? "" : " " + ComparisonTable.bounds(difference));
    }
}
