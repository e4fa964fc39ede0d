package io.github.multilabel.data.augment;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Takes a random part of the image and resizes it to the model's input: torchvision's {@code RandomResizedCrop} with
 * the arithmetic of its {@code get_params}. Cut and resize are one step, in which, as with Pillow's {@code box=}, the
 * pixels beside the part count in the filter at its border.
 *
 * <p>The aspect ratio of a part is meant relative to that of what an evaluation sees: of the input after a centre crop,
 * so that for squares it is torchvision's, and of the image where whole images are squashed or padded
 * ({@link Preprocessing.CropMode}). There a part takes the place of the whole image: it is squashed alike, and has the
 * same borders.
 *
 * <p>Immutable; threads may share it.
 */
public final class RandomResizedCrop implements AugmentationStep {

    private static final int TRIES = 10;

    /** Ten would often not be enough to meet a small box. */
    private static final int BOX_TRIES = 50;

    private final Range scale;
    private final Range ratio;
    private final Optional<Interpolation> interpolation;
    private final double boxFraction;

    private RandomResizedCrop(Range scale, Range ratio, Optional<Interpolation> interpolation, double boxFraction) {
        this.scale = scale;
        this.ratio = ratio;
        this.interpolation = interpolation;
        this.boxFraction = boxFraction;
    }

    /**
     * Takes parts whose aspect ratio is between 3:4 and 4:3.
     *
     * @param minScale the smallest fraction of the image's area, in [0, 1]; 0.08 in torchvision
     * @param maxScale the largest, in [minScale, 1]
     * @throws IllegalArgumentException if a fraction is outside its range
     */
    public static RandomResizedCrop of(double minScale, double maxScale) {
        return new RandomResizedCrop(
                Range.of("RandomResizedCrop: scale", minScale, maxScale, 0, 1),
                new Range(3.0 / 4, 4.0 / 3),
                Optional.empty(),
                0);
    }

    /**
     * The same with another range of width divided by height; its logarithm is drawn uniformly.
     *
     * @throws IllegalArgumentException unless 0.01 &lt;= min &lt;= max &lt;= 100
     */
    public RandomResizedCrop withRatio(double min, double max) {
        Range wanted = Range.of("RandomResizedCrop: ratio", min, max, 0.01, 100);
        return new RandomResizedCrop(scale, wanted, interpolation, boxFraction);
    }

    /** The same with a filter of its own; without this, it is the model's {@link Preprocessing#interpolation()}. */
    public RandomResizedCrop withInterpolation(Interpolation filter) {
        Objects.requireNonNull(filter, "interpolation");
        return new RandomResizedCrop(scale, ratio, Optional.of(filter), boxFraction);
    }

    /**
     * The same, but a part is taken only if it shows enough of the image's box, so that what the labels describe is to
     * be seen. An image without a box is cropped as without this. Where scale and ratio do not allow it, as with a box
     * that is a long strip, the whole image is taken.
     *
     * @param fraction of the box's area (of what of it lies in the image), in [0, 1]
     * @throws IllegalArgumentException if it is outside
     */
    public RandomResizedCrop keepingBox(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "RandomResizedCrop: fraction " + fraction + " of the box to keep is outside [0, 1]");
        }
        return new RandomResizedCrop(scale, ratio, interpolation, fraction);
    }

    boolean keepsBox() {
        return boxFraction > 0;
    }

    /** The input from a part of what other steps left; where the box is now, is not known. */
    @Override
    public Pixels apply(Pixels image, Draw draw) {
        Preprocessing target = draw.target();
        Box part = part(Box.of(image), Optional.empty(), target, draw.random());
        Box place = target.place(Box.of(image));
        return target.laidOut(Resizer.resize(image, part, place.height(), place.width(), filter(target)), place);
    }

    /** The input from a part of the photo, of which no more is decoded. */
    Pixels cut(Draw draw) throws ImageDecodeException {
        Preprocessing target = draw.target();
        Box part = part(draw.photo().size(), draw.box(), target, draw.random());
        Box place = target.place(draw.photo().size());
        return target.laidOut(draw.photo().resized(part, place.height(), place.width(), filter(target)), place);
    }

    private Interpolation filter(Preprocessing target) {
        return interpolation.orElseGet(target::interpolation);
    }

    private Box part(Box image, Optional<Box> box, Preprocessing target, SplittableRandom random) {
        return target.cropMode() == CropMode.CENTER
                ? relativeTo(Box.of(target.size())).part(image, box, random)
                : relativeTo(image).part(image, box, random);
    }

    /** The same, the ratios of which are meant relative to that of a shape. */
    private RandomResizedCrop relativeTo(Box shape) {
        Range relative = ratio.times((double) shape.width() / shape.height());
        return new RandomResizedCrop(scale, relative, interpolation, boxFraction);
    }

    private Box part(Box image, Optional<Box> box, SplittableRandom random) {
        return box.isPresent() && keepsBox()
                ? part(image.height(), image.width(), box.get().within(image), random)
                : part(image.height(), image.width(), random);
    }

    Box part(int height, int width, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Box> part = draw(height, width, random);
            if (part.isPresent()) {
                return part.get();
            }
        }
        return centre(height, width);
    }

    /** A part that shows enough of a box that lies in the image. */
    Box part(int height, int width, Box box, SplittableRandom random) {
        double needed = boxFraction * box.area();
        for (int i = 0; i < BOX_TRIES; i++) {
            Optional<Box> part = draw(height, width, random);
            if (part.isPresent() && shows(part.get(), box) >= needed) {
                return part.get();
            }
        }
        Box centre = centre(height, width);
        return shows(centre, box) >= needed ? centre : new Box(0, 0, height, width);
    }

    private static long shows(Box part, Box box) {
        return part.intersection(box).map(Box::area).orElse(0L);
    }

    /** One try; empty if such a part does not fit into the image. */
    private Optional<Box> draw(int height, int width, SplittableRandom random) {
        double area = scale.draw(random) * height * width;
        double aspect = ratio.drawLogarithmic(random);
        int partWidth = (int) Math.rint(Math.sqrt(area * aspect));
        int partHeight = (int) Math.rint(Math.sqrt(area / aspect));
        if (partWidth < 1 || partWidth > width || partHeight < 1 || partHeight > height) {
            return Optional.empty();
        }
        int top = random.nextInt(height - partHeight + 1);
        return Optional.of(new Box(top, random.nextInt(width - partWidth + 1), partHeight, partWidth));
    }

    /** The largest part in the middle whose ratio is allowed. */
    private Box centre(int height, int width) {
        double aspect = (double) width / height;
        int partHeight = aspect < ratio.min() ? Math.max(1, (int) Math.rint(width / ratio.min())) : height;
        int partWidth = aspect > ratio.max() ? Math.max(1, (int) Math.rint(height * ratio.max())) : width;
        return new Box((height - partHeight) / 2, (width - partWidth) / 2, partHeight, partWidth);
    }

    @Override
    public String describe() {
        String filter = interpolation
                .map(each -> ", interpolation=" + each.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String box = keepsBox() ? ", keepingBox=" + boxFraction : "";
        return "RandomResizedCrop(scale=" + scale + ", ratio=" + ratio + filter + box + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
