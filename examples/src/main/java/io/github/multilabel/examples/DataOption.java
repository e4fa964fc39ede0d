package io.github.multilabel.examples;

import io.github.multilabel.cars.download.StanfordCarsDownload;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The value of {@code --data}: {@code sample}, {@code download} or a folder. */
record DataOption(String value) {

    private static final int SAMPLE_TRAIN = 3_000;
    private static final int SAMPLE_TEST = 400;
    private static final int SAMPLE_SIZE = 128;

    boolean isSample() {
        return value.toLowerCase(Locale.ROOT).equals("sample");
    }

    private boolean isDownload() {
        return value.toLowerCase(Locale.ROOT).equals("download");
    }

    /**
     * The folder with the photos: drawn, downloaded, or as named.
     *
     * @param output where drawings go, in {@code sample/stanford_cars}
     */
    Path folder(Path output) throws IOException {
        if (isDownload()) {
            return StanfordCarsDownload.builder().build().fetch();
        }
        if (!isSample()) {
            return Path.of(value);
        }
        Path drawings = output.resolve("sample").resolve("stanford_cars");
        if (Files.exists(drawings)) {
            System.out.println("using the synthetic cars in " + drawings);
            return drawings;
        }
        System.out.printf(Locale.ROOT, "drawing %,d synthetic cars into %s%n", SAMPLE_TRAIN + SAMPLE_TEST, drawings);
        return SyntheticCars.builder()
                .optTrain(SAMPLE_TRAIN)
                .optTest(SAMPLE_TEST)
                .optImageSize(SAMPLE_SIZE)
                .build()
                .writeTo(drawings);
    }
}
