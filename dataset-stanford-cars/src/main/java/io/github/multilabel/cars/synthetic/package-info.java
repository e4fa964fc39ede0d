/**
 * Drawings of cars, for the quick start and for tests: no photo, no download. Start at {@link SyntheticCars}:
 * {@code CarLot} decides what is drawn, {@code CarPainter} draws a car from {@code BodyShape} (type), {@code BrandFace}
 * (brand) and {@code Styling} (year), {@code Scene} is all that varies and tells nothing, {@code MatFiles} writes the
 * annotations. {@link DrawnCar} knows which pixels show a label.
 *
 * <p>May use: core.image, core.internal.files, core.internal.options; MFL.
 */
@NullMarked
package io.github.multilabel.cars.synthetic;

import org.jspecify.annotations.NullMarked;
