/**
 * Stanford Cars as a data set with the heads brand, type, year and model. Start at
 * {@link io.github.multilabel.cars.StanfordCars}; {@link io.github.multilabel.cars.CarName} says what is read from a
 * name.
 *
 * <p>From files to samples: {@code CarLayouts} finds out the layout and gives {@code CarFiles}, {@code CarHeads} makes
 * the heads and labels of it, {@code CarSelection} is what is in use.
 *
 * <p>May use: core, {@code cars.download}. Knows nothing of: models, training.
 */
package io.github.multilabel.cars;
