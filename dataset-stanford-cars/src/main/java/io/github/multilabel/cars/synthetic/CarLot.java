package io.github.multilabel.cars.synthetic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which cars are drawn. Brand, type and year are dealt independently of each other, each in fair fractions.
 *
 * <p>Four brands have each a fraction of about 4 %, less than the 6.2 % (1,000 of 16,185) from which Stanford Cars
 * keeps a brand, so that they become Other.
 */
final class CarLot {

    private static final List<BrandFace> FREQUENT =
            List.of(BrandFace.AUDI, BrandFace.BMW, BrandFace.CHEVROLET, BrandFace.DODGE, BrandFace.FORD);

    private static final List<BrandFace> RARE =
            List.of(BrandFace.JEEP, BrandFace.LAND_ROVER, BrandFace.TOYOTA, BrandFace.VOLVO);

    /** As many of each frequent brand come on one of each rare brand. */
    private static final int RATIO = 4;

    private CarLot() {}

    /** The designs of a number of images, in random order. */
    static List<CarDesign> draw(int count, Random random) {
        List<BrandFace> faces = deal(faceCycle(), count, random);
        List<BodyShape> shapes = deal(shapeCycle(), count, random);
        List<Styling> stylings = deal(List.of(Styling.values()), count, random);
        List<CarDesign> designs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            designs.add(new CarDesign(faces.get(i), shapes.get(i), stylings.get(i)));
        }
        return designs;
    }

    private static List<BrandFace> faceCycle() {
        List<BrandFace> cycle = new ArrayList<>();
        for (int i = 0; i < RATIO; i++) {
            cycle.addAll(FREQUENT);
        }
        cycle.addAll(RARE); // last, so that a few images have no rare brand that looks frequent
        return cycle;
    }

    /** Sedan and pickup share the type Other. */
    private static List<BodyShape> shapeCycle() {
        List<BodyShape> cycle = new ArrayList<>();
        for (BodyShape shape : List.of(BodyShape.CONVERTIBLE, BodyShape.COUPE, BodyShape.SUV, BodyShape.VAN)) {
            cycle.addAll(List.of(shape, shape));
        }
        cycle.addAll(List.of(BodyShape.SEDAN, BodyShape.PICKUP));
        return cycle;
    }

    private static <T> List<T> deal(List<T> cycle, int count, Random random) {
        List<T> dealt = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dealt.add(cycle.get(i % cycle.size()));
        }
        Collections.shuffle(dealt, random);
        return dealt;
    }
}
