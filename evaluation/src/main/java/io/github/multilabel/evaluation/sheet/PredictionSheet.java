package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A contact sheet of labelled images with what a model predicts for them: the wrong ones first, those with the highest
 * loss in front. Each image is shown as the model sees it, cropped and resized.
 *
 * <pre>{@code
 * PredictionSheet.write(Path.of("build/validation.png"), model, validation, 24);
 * }</pre>
 *
 * <p>An instance sees the images of a pass that has other purposes too, {@link #predict}, and draws them then. For one
 * thread.
 */
public final class PredictionSheet {

    private static final int SIDE = 208;
    private static final int COLUMNS = 6;

    private final WorstFirst worst;

    /**
     * A sheet that has seen no image.
     *
     * @param count how many images to draw at most, at least 1
     * @throws IllegalArgumentException if the count is below 1
     */
    public PredictionSheet(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a sheet of " + count + " images; needs at least 1");
        }
        worst = new WorstFirst(count);
    }

    /**
     * Predicts all images of a data set, in float32, keeps those that are to be drawn, and the predictions of all.
     *
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads; not closed. Images that cannot be used are treated as it says
     * @throws IllegalArgumentException if the data has other heads or no images
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, or none of its images can be used
     */
    public Predictions predict(MultiLabelModel model, MultiLabelDataset data) throws IOException {
        return LabelledPass.run(model, data, worst);
    }

    /**
     * Predicts all images of a data set, in float32, and draws some. Only the images that are drawn are kept in memory.
     *
     * @param file the PNG to write; replaced when complete
     * @param model neither changed nor closed
     * @param data labelled images with the model's heads; not closed. Images that cannot be used are treated as it says
     * @param count how many images to draw at most, at least 1
     * @throws IllegalArgumentException if the data has other heads or no images, or the count is below 1
     * @throws IllegalStateException if a logit is not finite
     * @throws IOException if the data cannot be read, none of its images can be used, or the sheet cannot be drawn or
     *     written
     */
    public static void write(Path file, MultiLabelModel model, MultiLabelDataset data, int count) throws IOException {
        Given.require(file, "file", "the PNG to write");
        PredictionSheet sheet = new PredictionSheet(count);
        var unused = sheet.predict(model, data);
        sheet.write(file);
    }

    /**
     * Draws the images that it has seen.
     *
     * @param file the PNG to write; replaced when complete
     * @throws IllegalStateException if it has seen none
     * @throws IOException if the sheet cannot be drawn or written
     */
    public void write(Path file) throws IOException {
        Given.require(file, "file", "the PNG to write");
        if (worst.seen() == 0) {
            throw new IllegalStateException("nothing can be drawn: no image was shown to this sheet");
        }
        List<ContactSheet.Tile> tiles =
                worst.samples().stream().map(PredictedSample::tile).toList();
        ContactSheet.of(tiles)
                .withTitle(title())
                .withColumns(Math.min(COLUMNS, tiles.size()))
                .withSide(SIDE)
                .write(file);
    }

    private String title() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d images have a wrong answer; %s",
                worst.wrong(),
                worst.seen(),
                worst.wrong() > worst.samples().size() ? "those with the highest loss:" : "wrong ones first:");
    }
}
