package io.github.multilabel.cars.synthetic;

/**
 * What a drawing shows and its labels say.
 *
 * @param face shows the brand
 * @param shape shows the type
 * @param styling shows the cohort
 */
record CarDesign(BrandFace face, BodyShape shape, Styling styling) {

    /** A name of the grammar of Stanford Cars, such as {@code "Land Rover Discovery SUV 2012"}. */
    String name() {
        return face.brand() + " " + face.model() + " " + shape.body() + " " + styling.year();
    }
}
