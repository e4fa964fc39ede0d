package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Predicts images a few at a time, and counts those that could not be read. Any thread may stop it. */
public final class PredictionRun {

    /** Images of one call, so that the lines of many appear as they are ready, and memory stays as it is. */
    private static final int CHUNK = 64;

    private final List<ImageSource> images;
    private final Optional<FigureImages> figure;
    private final ProgressListener progress;
    private int failed;
    /** What is wrong with the first image that could not be read. */
    private String problem = "";

    private volatile boolean stopped;

    /**
     * Nothing is read yet.
     *
     * @param figure gets the first images that could be read
     */
    public PredictionRun(List<ImageSource> images, Optional<FigureImages> figure, ProgressListener progress) {
        this.images = images;
        this.figure = figure;
        this.progress = progress;
    }

    /**
     * Predicts all images.
     *
     * @param text to which the lines go
     * @throws InterruptedIOException if it was stopped
     */
    public void write(ImagePredictor predictor, PredictionFile.Lines lines, Flushable text) throws IOException {
        for (int start = 0; start < images.size(); start += CHUNK) {
            if (stopped) {
                throw new InterruptedIOException("stopped after " + start + " images");
            }
            int end = Math.min(start + CHUNK, images.size());
            List<ImageSource> chunk = images.subList(start, end);
            List<PredictionResult> results = predictor.predictAll(chunk).stream()
                    .map(PredictionRun::inWordsOfTheCommand)
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                lines.add(results.get(i));
                count(chunk.get(i), results.get(i));
                if (figure.isPresent()) {
                    figure.get().add(chunk.get(i), results.get(i));
                }
            }
            text.flush();
            progress.onProgress("predicting images", end, images.size());
        }
    }

    private static PredictionResult inWordsOfTheCommand(PredictionResult result) {
        return result instanceof PredictionFailure failure
                ? new PredictionFailure(failure.source(), Flags.of(failure.reason()))
                : result;
    }

    private void count(ImageSource image, PredictionResult result) {
        if (result instanceof PredictionFailure failure) {
            if (failed == 0) {
                String place = image instanceof NamedImage named ? named.image().name() : image.name();
                problem = "'" + place + "': " + failure.reason();
            }
            failed++;
        }
    }

    /** Ends {@link #write} after the images that are being predicted. */
    public void stop() {
        stopped = true;
    }

    /** Whether somebody has stopped it. */
    public boolean isStopped() {
        return stopped;
    }

    /** Whether every image could be read. */
    public boolean isComplete() {
        return failed == 0;
    }

    /** Whether there was nothing to predict. */
    public boolean isEmpty() {
        return failed == images.size();
    }

    /** What is wrong with the first image that could not be read; empty if all could. */
    public String problem() {
        return problem;
    }

    /** For example {@code 3 images: 2 predicted, 1 could not be read}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d %s: %,d predicted, %,d could not be read",
                images.size(),
                images.size() == 1 ? "image" : "images",
                images.size() - failed,
                failed);
    }
}
