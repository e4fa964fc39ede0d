package io.github.multilabel.cars.synthetic;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.options.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Draws cars and writes them as Stanford Cars is laid out, so that {@code StanfordCars} reads them: for trying out,
 * teaching and tests, without a download. These are drawings; what a model learns of them says nothing about photos.
 *
 * <pre>{@code
 * Path cars = SyntheticCars.builder().optTrain(1_000).optTest(200).build().writeTo(Path.of("build/cars"));
 * }</pre>
 *
 * <p>Every label can be seen: the brand in grille and badge, the type in the silhouette, the year in styling, lights
 * and wheels. Colour, size, place, direction, surroundings, light and noise vary and mean nothing; brand, type and year
 * are independent of each other. The same seed gives the same files.
 *
 * <p>Immutable; threads may share it.
 */
public final class SyntheticCars {

    private final long seed;
    private final int train;
    private final int test;
    private final int imageSize;

    private SyntheticCars(Builder builder) {
        seed = builder.seed;
        train = builder.train;
        test = builder.test;
        imageSize = builder.imageSize;
    }

    /** Starts with 1,000 images for training, 200 for testing, of 128 by 128 pixels, and seed 0. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Draws and writes everything: {@code cars_train/00001.jpg}, {@code cars_test/00001.jpg}, {@code devkit/} and
     * {@code cars_test_annos_withlabels.mat}. The folder appears when it is complete.
     *
     * @param folder to be written; must not exist, or be empty
     * @return {@code folder}
     * @throws IOException if it cannot be written, or there is something in it already
     */
    public Path writeTo(Path folder) throws IOException {
        requireEmpty(folder);
        List<Drawing> training = cars(train, "train");
        List<Drawing> testing = cars(test, "test");
        List<String> names = Stream.concat(training.stream(), testing.stream())
                .map(car -> car.design().name())
                .distinct()
                .sorted()
                .toList();
        AtomicOutput.folder(folder, root -> {
            requireEmpty(folder); // another may have drawn meanwhile
            Path devkit = Files.createDirectory(root.resolve("devkit"));
            MatFiles.writeClassNames(devkit.resolve("cars_meta.mat"), names);
            List<MatFiles.Annotation> annotations = draw(root.resolve("cars_train"), training, names);
            MatFiles.writeAnnotations(devkit.resolve("cars_train_annos.mat"), annotations, true);
            annotations = draw(root.resolve("cars_test"), testing, names);
            MatFiles.writeAnnotations(devkit.resolve("cars_test_annos.mat"), annotations, false);
            MatFiles.writeAnnotations(root.resolve("cars_test_annos_withlabels.mat"), annotations, true);
        });
        return folder;
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw new IOException(folder.toAbsolutePath()
                    + ": is not empty and is not overwritten; name another folder, or delete it first");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private record Drawing(CarDesign design, long seed) {}

    private List<Drawing> cars(int count, String split) {
        Random random = new Random(31 * seed + split.hashCode());
        List<Drawing> cars = new ArrayList<>();
        for (CarDesign design : CarLot.draw(count, random)) {
            cars.add(new Drawing(design, random.nextLong()));
        }
        return cars;
    }

    private List<MatFiles.Annotation> draw(Path folder, List<Drawing> cars, List<String> names) throws IOException {
        Files.createDirectory(folder);
        List<MatFiles.Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < cars.size(); i++) {
            Drawing car = cars.get(i);
            String file = String.format(Locale.ROOT, "%05d.jpg", i + 1);
            Scene scene = Scene.draw(car.design(), imageSize, new SplittableRandom(car.seed()));
            JpegFile.write(folder.resolve(file), scene.image());
            annotations.add(new MatFiles.Annotation(
                    file, scene.box(), names.indexOf(car.design().name())));
        }
        return annotations;
    }

    /** Says how many images, how large, and of which seed. */
    public static final class Builder {

        private static final int SMALLEST = 32;
        private static final int LARGEST = 1024;
        private static final int MOST = 99_999;

        private long seed;
        private int train = 1_000;
        private int test = 200;
        private int imageSize = 128;

        private Builder() {}

        /** The seed of everything; the default is 0. */
        public Builder optSeed(long value) {
            seed = value;
            return this;
        }

        /** The number of images in {@code cars_train}, 1 to 99,999; from about 50 on every category occurs. */
        public Builder optTrain(int images) {
            train = images;
            return this;
        }

        /** The number of images in {@code cars_test}, 1 to 99,999. */
        public Builder optTest(int images) {
            test = images;
            return this;
        }

        /** Width and height in pixels, 32 to 1,024. From 64 on all cues can be seen. */
        public Builder optImageSize(int pixels) {
            imageSize = pixels;
            return this;
        }

        /**
         * Makes the generator; draws nothing.
         *
         * @throws IllegalArgumentException listing every option that is out of range
         */
        public SyntheticCars build() {
            Problems problems = new Problems("build SyntheticCars");
            require(problems, "optTrain", train, 1, MOST);
            require(problems, "optTest", test, 1, MOST);
            require(problems, "optImageSize", imageSize, SMALLEST, LARGEST);
            problems.throwIfAny();
            return new SyntheticCars(this);
        }

        private static void require(Problems problems, String option, int value, int least, int most) {
            problems.require(value >= least && value <= most, option, value, "outside [" + least + ", " + most + "]");
        }
    }
}
