/**
 * What a training does when: {@link Phase} is a stretch of epochs in which the same parts learn,
 * {@link LearningRateSchedule} how the learning rate goes in it.
 *
 * <p>May use: no other package; the JDK alone.
 */
@NullMarked
package io.github.multilabel.training.schedule;

import org.jspecify.annotations.NullMarked;
