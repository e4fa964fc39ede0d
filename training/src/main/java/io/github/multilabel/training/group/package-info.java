/**
 * Trainings of one model that run side by side, each on its share of the images:
 * {@link io.github.multilabel.training.group.TrainingGroup}, {@link io.github.multilabel.training.group.DatasetShare}.
 *
 * <p>May use: core; DJL.
 */
@NullMarked
package io.github.multilabel.training.group;

import org.jspecify.annotations.NullMarked;
