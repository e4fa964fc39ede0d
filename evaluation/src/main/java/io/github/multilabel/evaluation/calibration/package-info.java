/**
 * Whether probabilities are right as often as they say, and what is chosen by them: {@link ReliabilityCurve},
 * {@link TemperatureScaling}, {@link RiskCoverage}, {@link TagThresholds}. All are of plain arrays; for models start at
 * {@link io.github.multilabel.evaluation.CalibratedAnswers}.
 *
 * <p>May use: core, evaluation.internal, model.heads; the JDK alone.
 */
@NullMarked
package io.github.multilabel.evaluation.calibration;

import org.jspecify.annotations.NullMarked;
