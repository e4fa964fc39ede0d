package io.github.multilabel.core.image;

/**
 * Cuts a picture to the box of what its labels speak of, so that the model sees a car and not its surroundings. The
 * same in training and evaluation; whoever predicts with such a model has to cut alike.
 *
 * <pre>{@code
 * Pixels car = BoxCrop.withMargin(0.1).apply(photo, box);
 * }</pre>
 *
 * @param margin added on each side, as a share of the box's height above and below and of its width left and right; in
 *     [0, 10]. A border of the picture ends it.
 */
public record BoxCrop(double margin) {

    /** @throws IllegalArgumentException if the margin is outside its range */
    public BoxCrop {
        if (!(margin >= 0 && margin <= 10)) {
            throw new IllegalArgumentException("the margin of a box, " + margin + ", is outside [0, 10]");
        }
    }

    /** Cuts to the box and so much around it. */
    public static BoxCrop withMargin(double margin) {
        return new BoxCrop(margin);
    }

    /** A text that checkpoints keep, such as {@code "margin 0.1"}. */
    public String describe() {
        return "margin " + margin;
    }

    /**
     * What is kept.
     *
     * @param box may reach a little over the picture's border
     * @return a part of the picture
     * @throws IllegalArgumentException if the box is empty, or most of it lies outside the picture
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
     * Cuts.
     *
     * @throws IllegalArgumentException as {@link #part}
     */
    public Pixels apply(Pixels image, Box box) {
        return image.crop(part(image, box));
    }
}
