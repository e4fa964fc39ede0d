package io.github.multilabel.cli.program;

import io.github.multilabel.cars.download.StanfordCarsDownload;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of Stanford Cars: where the photos come from. */
@Section("Images and labels")
public final class CarOptions {

    /** The heads that are trained if none is named. */
    public static final List<String> HEADS = List.of("brand", "type", "year");

    private static final int SAMPLE_TRAIN = 3_000;
    private static final int SAMPLE_TEST = 400;
    private static final int SAMPLE_SIZE = 128;

    @Option(
            names = "--data",
            paramLabel = "sample|download|DIR",
            description =
                    "Where Stanford Cars is: sample draws synthetic cars, download fetches it (2 GB, once), DIR is a"
                            + " folder that has it in any usual layout (default: ${DEFAULT-VALUE}).")
    private String data = "sample";

    /** Whether the images are drawings. */
    public boolean isSample() {
        return data.equalsIgnoreCase("sample");
    }

    private boolean isDownload() {
        return data.equalsIgnoreCase("download");
    }

    /**
     * The folder with the photos: drawn, downloaded, or as named.
     *
     * @param output where drawings go, in {@code sample/stanford_cars}
     */
    public Path folder(Path output) throws IOException {
        if (isDownload()) {
            return StanfordCarsDownload.builder()
                    .optProgress(TerminalProgress.listener())
                    .build()
                    .fetch();
        }
        if (!isSample()) {
            return PathName.of("--data", data);
        }
        Path sample = output.resolve("sample");
        Path drawings = sample.resolve("stanford_cars");
        if (!Files.exists(drawings)) {
            AtomicOutput.makeFolder(sample);
            try (ProcessLock lock = ProcessLock.await(sample.resolve(".lock"))) {
                if (!Files.exists(drawings)) { // another may have been faster
                    return draw(drawings);
                }
            }
        }
        System.out.println("using the synthetic cars in " + drawings);
        return drawings;
    }

    private static Path draw(Path drawings) throws IOException {
        System.out.printf(Locale.ROOT, "drawing %,d synthetic cars into %s%n", SAMPLE_TRAIN + SAMPLE_TEST, drawings);
        return SyntheticCars.builder()
                .optTrain(SAMPLE_TRAIN)
                .optTest(SAMPLE_TEST)
                .optImageSize(SAMPLE_SIZE)
                .build()
                .writeTo(drawings);
    }
}
