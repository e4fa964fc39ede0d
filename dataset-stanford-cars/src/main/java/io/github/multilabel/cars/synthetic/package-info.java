/**
 * Drawings of cars, for the quick start and for tests: no photo, no download. Start at
 * {@link io.github.multilabel.cars.synthetic.SyntheticCars}: {@code CarLot} decides what is drawn, {@code CarPainter}
 * draws a car from {@code BodyShape} (type), {@code BrandFace} (brand) and {@code Styling} (year), {@code Scene} is all
 * that varies and tells nothing, {@code MatFiles} writes the annotations.
 *
 * <p>May use: Java2D, MAT files, {@code core.files}. Knows nothing of: how the data is read.
 */
package io.github.multilabel.cars.synthetic;
