package io.github.multilabel.core.image;

import io.github.multilabel.core.internal.message.Given;
import java.util.List;

/**
 * The preprocessing of images for a model: size, crop, and the mean and standard deviation that normalise them. It
 * belongs to the weights: it comes with the backbone, is passed to every data set by
 * {@link io.github.multilabel.core.DataPass}, and is saved with the model, so that prediction uses the preprocessing of
 * the training. Immutable.
 *
 * @param size height and width of the model's input, each at most 4096 pixels
 * @param cropPct the fraction of the resized image that the centre crop keeps: the image is resized to cover
 *     {@code floor(size / cropPct)}, as in timm (0.875 at 224 gives 256, 0.95 gives 235), 0.1 to 1; 1 for
 *     {@link CropMode#SQUASH} and {@link CropMode#PAD}
 * @param cropMode how an image of another shape becomes the input
 * @param interpolation how pixels are computed when resizing, always with antialiasing
 * @param mean of each channel R, G, B on the scale 0..1, subtracted
 * @param std of each channel R, G, B on the scale 0..1, divided by
 */
public record Preprocessing(
        ImageSize size,
        double cropPct,
        CropMode cropMode,
        Interpolation interpolation,
        List<Double> mean,
        List<Double> std) {

    /** The statistics of ImageNet's training images, which torchvision's and most of timm's weights expect. */
    public static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);

    /** See {@link #IMAGENET_MEAN}. */
    public static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

    private static final int LARGEST = 4096;

    /** A tenth of each side is a hundredth of the image; less is a mistake, and would enlarge images beyond reason. */
    private static final double LEAST_CROP_RATIO = 0.1;

    /** Outside these limits, normalised images are not finite in float32. */
    private static final double LEAST_STD = 1e-9;

    private static final double MOST = 1e6;

    /** torchvision's. */
    private static final double USUAL_CROP_RATIO = 0.875;

    /** How an image of any shape becomes the input of the model. */
    public enum CropMode {
        /** The image is resized to cover the input and the centre kept; the aspect ratio stays, borders may be lost. */
        CENTER,
        /** The whole image is resized to the input; nothing is lost, the aspect ratio is. */
        SQUASH,
        /**
         * The whole image is resized to lie within the input (letterbox); nothing is lost and the aspect ratio stays,
         * but a part of the input is border, in the colour that is 0 after normalisation.
         */
        PAD
    }

    /** The filter of a resize. */
    public enum Interpolation {
        /** Triangle filter. */
        BILINEAR,
        /** Cubic filter with a = -0.5, as Pillow's. */
        BICUBIC
    }

    /** @throws IllegalArgumentException if a value is outside its range */
    public Preprocessing {
        Given.require(size, "size", "e.g. ImageSize.square(224)");
        Given.require(cropMode, "cropMode", "CENTER, SQUASH or PAD");
        Given.require(interpolation, "interpolation", "BILINEAR or BICUBIC");
        Given.require(mean, "mean", "the mean of each of the three channels");
        Given.require(std, "std", "the standard deviation of each of the three channels");
        if (Math.max(size.height(), size.width()) > LARGEST) {
            throw new IllegalArgumentException("image size " + size + " is outside [1, " + LARGEST + "] pixels");
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (!(cropPct >= LEAST_CROP_RATIO && cropPct <= 1)) {
            throw new IllegalArgumentException("crop ratio " + cropPct + " is outside [" + LEAST_CROP_RATIO
                    + ", 1]: it is the fraction of the resized side that is kept, such as 0.875");
        }
        if (mean.size() != Pixels.CHANNELS || std.size() != Pixels.CHANNELS) {
            throw new IllegalArgumentException(
                    "mean and std need a value for each of R, G, B, got mean " + mean + ", std " + std);
        }
        if (std.stream().anyMatch(s -> !(s >= LEAST_STD && s <= MOST))
                || mean.stream().anyMatch(m -> !(Math.abs(m) <= MOST))) {
            throw new IllegalArgumentException("mean must be finite and std above 0, both at most " + MOST
                    + " and std at least " + LEAST_STD + ", for values of 0 to 1; got mean " + mean + ", std " + std);
        }
    }

    /** The preprocessing for a square input of {@code side} pixels. */
    public Preprocessing(
            int side,
            double cropPct,
            CropMode cropMode,
            Interpolation interpolation,
            List<Double> mean,
            List<Double> std) {
        this(ImageSize.square(side), cropPct, cropMode, interpolation, mean, std);
    }

    /** Returns torchvision's usual preprocessing at a size: bilinear, centre crop of 0.875, ImageNet's statistics. */
    public static Preprocessing imageNet(int size) {
        return new Preprocessing(
                size, USUAL_CROP_RATIO, CropMode.CENTER, Interpolation.BILINEAR, IMAGENET_MEAN, IMAGENET_STD);
    }

    /** Returns this preprocessing for a square of another size in pixels. */
    public Preprocessing withSize(int side) {
        return withSize(ImageSize.square(side));
    }

    /** Returns this preprocessing at another size. */
    public Preprocessing withSize(ImageSize size) {
        return new Preprocessing(size, cropPct, cropMode, interpolation, mean, std);
    }

    /** Returns this preprocessing with {@link CropMode#SQUASH}. */
    public Preprocessing squashed() {
        return withCropMode(CropMode.SQUASH);
    }

    /** Returns this preprocessing with another crop mode; {@code cropPct} stays, or is 0.875 if there was none. */
    public Preprocessing withCropMode(CropMode cropMode) {
        double fraction =
                switch (cropMode) {
                    case SQUASH, PAD -> 1;
                    case CENTER -> this.cropMode == CropMode.CENTER ? cropPct : USUAL_CROP_RATIO;
                };
        return new Preprocessing(size, fraction, cropMode, interpolation, mean, std);
    }

    /** The size that an image is resized to cover before the centre crop. */
    public ImageSize resizeTo() {
        return new ImageSize((int) Math.floor(size.height() / cropPct), (int) Math.floor(size.width() / cropPct));
    }

    /**
     * Resizes and crops an image, squashes it, or pads it, as {@link #cropMode} says. To the byte equal to transforms
     * of PIL images: for squares to torchvision's {@code Resize} and {@code CenterCrop}, else to timm's
     * {@code ResizeKeepRatio} with {@code CenterCrop} or {@code CenterCropOrPad}. An image of any shape works, also a
     * line of one pixel.
     *
     * @return an image of {@link #size}; not normalised yet
     */
    public Pixels apply(Pixels image) {
        return switch (cropMode) {
            case CENTER -> CenterCrop.apply(image, resizeTo(), size, interpolation);
            case SQUASH -> Resizer.resize(image, size.height(), size.width(), interpolation);
            case PAD -> Letterbox.apply(image, size, interpolation, mean);
        };
    }

    /**
     * Where in an image the input lies that {@link #apply} makes of it.
     *
     * @param image the whole image, as {@link Box#of(Pixels)} gives it
     */
    public InputArea area(Box image) {
        return switch (cropMode) {
            case CENTER -> CenterCrop.area(image, resizeTo(), size);
            case SQUASH -> InputArea.WHOLE;
            case PAD -> Letterbox.area(image, size);
        };
    }

    /**
     * Where in the input a whole image lies that is resized without a crop: in all of it, or with {@link CropMode#PAD}
     * in what is not border.
     *
     * @param image height and width
     */
    public Box place(Box image) {
        return cropMode == CropMode.PAD ? Letterbox.place(image, size) : Box.of(size);
    }

    /**
     * Lays the pixels of a {@link #place} into the input, whose border has the colour that is 0 after normalisation.
     *
     * @throws IllegalArgumentException if the place is not a part of the input, or the pixels are of another size
     */
    public Pixels laidOut(Pixels pixels, Box place) {
        place.requireWithin(Box.of(size));
        if (pixels.height() != place.height() || pixels.width() != place.width()) {
            throw new IllegalArgumentException(
                    "pixels of height " + pixels.height() + ", width " + pixels.width() + " do not fit into " + place);
        }
        return Letterbox.pad(pixels, place.top(), place.left(), size, Letterbox.colour(mean));
    }
}
