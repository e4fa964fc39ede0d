package io.github.multilabel.core.image;

import java.util.SplittableRandom;

/** See {@link Augmentation#light()}; the arithmetic of torchvision's {@code RandomResizedCrop.get_params}. */
final class LightAugmentation implements Augmentation {

    private static final double SMALLEST = 0.35;
    private static final double NARROWEST = 3.0 / 4;
    private static final double WIDEST = 4.0 / 3;
    private static final int TRIES = 10;

    @Override
    public Pixels apply(Pixels image, Preprocessing target, SplittableRandom random) {
        Box box = part(image.height(), image.width(), random);
        Pixels square = Resizer.resize(image, box, target.size(), target.size(), target.interpolation());
        return random.nextBoolean() ? square.mirrored() : square;
    }

    static Box part(int height, int width, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double area = uniform(random, SMALLEST, 1) * height * width;
            double ratio = Math.exp(uniform(random, Math.log(NARROWEST), Math.log(WIDEST)));
            int boxWidth = (int) Math.rint(Math.sqrt(area * ratio));
            int boxHeight = (int) Math.rint(Math.sqrt(area / ratio));
            if (boxWidth > 0 && boxWidth <= width && boxHeight > 0 && boxHeight <= height) {
                int top = random.nextInt(height - boxHeight + 1);
                return new Box(top, random.nextInt(width - boxWidth + 1), boxHeight, boxWidth);
            }
        }
        return centre(height, width);
    }

    /** The largest part in the middle whose ratio is allowed. */
    private static Box centre(int height, int width) {
        double ratio = (double) width / height;
        int boxHeight = ratio < NARROWEST ? Math.max(1, (int) Math.rint(width / NARROWEST)) : height;
        int boxWidth = ratio > WIDEST ? Math.max(1, (int) Math.rint(height * WIDEST)) : width;
        return new Box((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }

    private static double uniform(SplittableRandom random, double from, double to) {
        return from + random.nextDouble() * (to - from);
    }
}
