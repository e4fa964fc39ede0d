/**
 * Stanford Cars as a data set with the heads brand, type, year and model. Start at {@link StanfordCars};
 * {@link CarName} says what is read from a name.
 *
 * <p>From files to samples: {@code CarLayouts} finds out the layout and gives {@code CarFiles}, {@code CarHeads} makes
 * the heads and labels of it, {@code CarSelection} is what is in use.
 *
 * <p>May use: cars.download, core, core.image, core.image.decode, core.internal.message, core.internal.options, data,
 * data.augment; Commons CSV, DJL, MFL, SLF4J.
 */
@NullMarked
package io.github.multilabel.cars;

import org.jspecify.annotations.NullMarked;
