package io.github.multilabel.core.image;

import io.github.multilabel.core.internal.message.Given;
import java.util.List;

/**
 * The preprocessing of images for a model: size, crop, and the mean and standard deviation that normalise them. It
 * belongs to the weights: it comes with the backbone, is passed to every data set by
 * {@link io.github.multilabel.core.DataPass}, and is saved with the model, so that prediction uses the preprocessing of
 * the training. Immutable.
 *
 * @param size height and width of the model's input in pixels
 * @param cropPct the fraction of the resized image that the centre crop keeps: the shorter side is resized to
 *     {@code floor(size / cropPct)}, as in timm (0.875 at 224 gives 256, 0.95 gives 235), 0.1 to 1; 1 for
 *     {@link CropMode#SQUASH}
 * @param cropMode whether the aspect ratio is kept
 * @param interpolation how pixels are computed when resizing, always with antialiasing
 * @param mean of each channel R, G, B on the scale 0..1, subtracted
 * @param std of each channel R, G, B on the scale 0..1, divided by
 */
public record Preprocessing(
        int size, double cropPct, CropMode cropMode, Interpolation interpolation, List<Double> mean, List<Double> std) {

    /** The statistics of ImageNet's training images, which torchvision's and most of timm's weights expect. */
    public static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);

    /** See {@link #IMAGENET_MEAN}. */
    public static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

    /** A tenth of each side is a hundredth of the image; less is a mistake, and would enlarge images beyond reason. */
    private static final double LEAST_CROP_RATIO = 0.1;

    /** Outside these limits, normalised images are not finite in float32. */
    private static final double LEAST_STD = 1e-9;

    private static final double MOST = 1e6;

    /** torchvision's. */
    private static final double USUAL_CROP_RATIO = 0.875;

    /** How an image of any shape is made square. */
    public enum CropMode {
        /** The shorter side is resized and the centre kept; the aspect ratio stays, the borders may be lost. */
        CENTER,
        /** The whole image is resized to the square; nothing is lost, the aspect ratio is. */
        SQUASH
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
        Given.require(cropMode, "cropMode", "CENTER or SQUASH");
        Given.require(interpolation, "interpolation", "BILINEAR or BICUBIC");
        Given.require(mean, "mean", "the mean of each of the three channels");
        Given.require(std, "std", "the standard deviation of each of the three channels");
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (size < 1 || size > 4096) {
            throw new IllegalArgumentException("image size " + size + " is outside [1, 4096] pixels");
        }
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

    /** Returns torchvision's usual preprocessing at a size: bilinear, centre crop of 0.875, ImageNet's statistics. */
    public static Preprocessing imageNet(int size) {
        return new Preprocessing(
                size, USUAL_CROP_RATIO, CropMode.CENTER, Interpolation.BILINEAR, IMAGENET_MEAN, IMAGENET_STD);
    }

    /** Returns this preprocessing at another size in pixels. */
    public Preprocessing withSize(int size) {
        return new Preprocessing(size, cropPct, cropMode, interpolation, mean, std);
    }

    /** Returns this preprocessing with {@link CropMode#SQUASH}. */
    public Preprocessing squashed() {
        return withCropMode(CropMode.SQUASH);
    }

    /** Returns this preprocessing with another crop mode; {@code cropPct} stays, or becomes 0.875 after squashing. */
    public Preprocessing withCropMode(CropMode cropMode) {
        double fraction =
                switch (cropMode) {
                    case SQUASH -> 1;
                    case CENTER -> this.cropMode == CropMode.CENTER ? cropPct : USUAL_CROP_RATIO;
                };
        return new Preprocessing(size, fraction, cropMode, interpolation, mean, std);
    }

    /** The length of the shorter side before the centre crop. */
    public int resizeTo() {
        return (int) Math.floor(size / cropPct);
    }

    /**
     * Resizes and crops an image, or squashes it, as {@link #cropMode} says. Equal to torchvision's {@code Resize} and
     * {@code CenterCrop} of a PIL image to the byte. An image of any shape works, also a line of one pixel.
     *
     * @return an image of {@code size} by {@code size}; not normalised yet
     */
    public Pixels apply(Pixels image) {
        return switch (cropMode) {
            case CENTER -> CenterCrop.apply(image, resizeTo(), size, interpolation);
            case SQUASH -> Resizer.resize(image, size, size, interpolation);
        };
    }
}
