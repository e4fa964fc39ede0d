package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.model.figure.PredictionFigure;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first images that could be predicted, for a figure of them. */
public final class FigureImages {

    /** A figure of more is no longer looked at. */
    public static final int MOST = 12;

    /** Twice what the figure shows of an image, so that it stays sharp. */
    private static final int SIDE = 720;

    private final ImageDecoder decoder;
    private final List<PredictionFigure.Entry> entries = new ArrayList<>();

    /** Keeps no image yet. */
    public FigureImages(ImageDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Looks whether a figure can be written.
     *
     * @throws InvalidInputException if it cannot: by its name, or because the file is there
     */
    public static void requireWritable(Path file, boolean overwrite) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new InvalidInputException("--figure " + file + ": it is a PNG, so let its name end in .png");
        }
        NewFile.require("--figure", file, overwrite);
    }

    /** Keeps an image if there are not enough yet. */
    public void add(ImageSource image, PredictionResult result) throws IOException {
        if (entries.size() < MOST && result instanceof Prediction prediction) {
            entries.add(new PredictionFigure.Entry(small(decoder.decode(image)), prediction));
        }
    }

    static Pixels small(Pixels image) {
        return Resizer.within(image, SIDE);
    }

    /**
     * Writes the figure; nothing if no image could be predicted.
     *
     * @return how many images it shows
     */
    public int write(Path file) throws IOException {
        if (!entries.isEmpty()) {
            PredictionFigure.write(file, entries);
        }
        return entries.size();
    }
}
