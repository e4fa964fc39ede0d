package io.github.multilabel.core.image;

/**
 * Crops an image to the annotated box of the labelled object, so that the model sees a car and not its surroundings.
 * Use the same crop in training, evaluation and prediction.
 *
 * <pre>{@code
 * Pixels car = BoxCrop.withMargin(0.1).apply(photo, box);
 * }</pre>
 *
 * @param margin added on each side, as a fraction of the box's height above and below and of its width left and right;
 *     in [0, 10]. The crop ends at the border of the image.
 */
public record BoxCrop(double margin) {

    /** @throws IllegalArgumentException if the margin is outside its range */
    public BoxCrop {
        if (!(margin >= 0 && margin <= 10)) {
            throw new IllegalArgumentException("the margin of a box, " + margin + ", is outside [0, 10]");
        }
    }

    /**
     * Returns a crop to the box with a margin.
     *
     * @param margin as a fraction of the box's height and width, in [0, 10]
     */
    public static BoxCrop withMargin(double margin) {
        return new BoxCrop(margin);
    }

    /** A text that checkpoints keep, such as {@code "margin 0.1"}. */
    public String describe() {
        return "margin " + margin;
    }

    /**
     * Returns the part of the image that is kept.
     *
     * @param box may reach a little over the image's border
     * @return a part of the image
     * @throws IllegalArgumentException if the box is empty, or most of it lies outside the image
     */
    public Box part(Pixels image, Box box) {
        Box inside = box.within(image);
        int above = (int) Math.rint(margin * inside.height());
        int beside = (int) Math.rint(margin * inside.width());
        return new Box(
                        inside.top() - above,
                        inside.left() - beside,
                        inside.height() + 2 * above,
                        inside.width() + 2 * beside)
                .intersection(Box.of(image))
                .orElseThrow();
    }

    /**
     * Crops an image.
     *
     * @throws IllegalArgumentException as {@link #part}
     */
    public Pixels apply(Pixels image, Box box) {
        return image.crop(part(image, box));
    }
}
