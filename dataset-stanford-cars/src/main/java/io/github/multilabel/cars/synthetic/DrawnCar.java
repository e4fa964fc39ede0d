package io.github.multilabel.cars.synthetic;

import io.github.multilabel.core.image.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A drawn car, and which of its pixels show a label: those that would differ if the same scene had another brand, or
 * another type. So it can be measured whether a model looks there.
 */
public final class DrawnCar {

    /** What the grain of two images differs by, because light scales it, is less than that. */
    private static final int SEEN = 12;

    private final CarDesign design;
    private final long seed;
    private final BufferedImage image;

    private DrawnCar(CarDesign design, int size, long seed) {
        this.design = design;
        this.seed = seed;
        this.image = Scene.draw(design, size, new SplittableRandom(seed)).image();
    }

    /**
     * Draws cars as {@link SyntheticCars} does.
     *
     * @param size width and height in pixels
     * @param seed of everything
     */
    public static List<DrawnCar> draw(int count, int size, long seed) {
        Random random = new Random(seed);
        List<DrawnCar> cars = new ArrayList<>();
        for (CarDesign design : CarLot.draw(count, random)) {
            cars.add(new DrawnCar(design, size, random.nextLong()));
        }
        return cars;
    }

    /** The image. */
    public Pixels image() {
        return Pixels.of(image);
    }

    /** Whether each pixel, row after row, shows the brand: grille and badge. */
    public boolean[] ofBrand() {
        return differing(
                Stream.of(BrandFace.values()).map(face -> new CarDesign(face, design.shape(), design.styling())));
    }

    /** Whether each pixel, row after row, shows the type: the silhouette, within which other types would end. */
    public boolean[] ofType() {
        return differing(
                Stream.of(BodyShape.values()).map(shape -> new CarDesign(design.face(), shape, design.styling())));
    }

    private boolean[] differing(Stream<CarDesign> designs) {
        int size = image.getWidth();
        boolean[] differs = new boolean[size * size];
        designs.forEach(other -> {
            BufferedImage drawn =
                    Scene.draw(other, size, new SplittableRandom(seed)).image();
            for (int i = 0; i < differs.length; i++) {
                differs[i] |= distance(image.getRGB(i % size, i / size), drawn.getRGB(i % size, i / size)) > SEEN;
            }
        });
        return differs;
    }

    private static int distance(int a, int b) {
        int red = Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff));
        int green = Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff));
        int blue = Math.abs((a & 0xff) - (b & 0xff));
        return Math.max(red, Math.max(green, blue));
    }
}
