package io.github.multilabel.evaluation.sheet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.internal.FittingData;
import io.github.multilabel.evaluation.internal.ModelPass;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A contact sheet of labelled images with what a model predicts for them: the wrong ones first, those with the highest
 * loss in front. Each image is shown as the model sees it, cropped and resized.
 *
 * <pre>{@code
 * PredictionSheet.write(Path.of("build/validation.png"), model, validation, 24);
 * }</pre>
 */
public final class PredictionSheet {

    private static final int SIDE = 208;
    private static final int COLUMNS = 6;

    private PredictionSheet() {}

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
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        Given.require(data, "data", "a data set with labels, e.g. table.validation().build()");
        if (count < 1) {
            throw new IllegalArgumentException("a sheet of " + count + " images; needs at least 1");
        }
        FittingData.require("data", model.heads(), model.heads(), data);
        WorstFirst worst = worst(model, data, count);
        if (worst.seen() == 0) {
            throw new IOException("nothing can be drawn: none of the " + data.size() + " images can be used");
        }
        List<ContactSheet.Tile> tiles =
                worst.samples().stream().map(PredictedSample::tile).toList();
        ContactSheet.of(tiles)
                .withTitle(title(worst))
                .withColumns(Math.min(COLUMNS, tiles.size()))
                .withSide(SIDE)
                .write(file);
    }

    private static String title(WorstFirst worst) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d images have a wrong answer; %s",
                worst.wrong(),
                worst.seen(),
                worst.wrong() > worst.samples().size() ? "those with the highest loss:" : "wrong ones first:");
    }

    private static WorstFirst worst(MultiLabelModel model, MultiLabelDataset data, int count) throws IOException {
        WorstFirst worst = new WorstFirst(count);
        try (NoGradients off = NoGradients.onThisThread();
                NDManager manager = model.manager().newSubManager();
                ModelPass pass = new ModelPass(model, Precision.FLOAT32);
                Batches batches = data.batches(manager, pass.data())) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    add(batch, pass.logits(batch), model.heads(), worst);
                }
            }
        }
        return worst;
    }

    private static void add(MultiLabelBatch batch, NDList logits, HeadSet heads, WorstFirst worst) {
        float[][] ofHeads = heads.stream()
                .map(head -> logits.get(head.name()).toFloatArray())
                .toArray(float[][]::new);
        List<LabelReader> labels =
                heads.stream().map(head -> LabelReader.of(head, batch)).toList();
        for (int i = 0; i < batch.getSize(); i++) {
            List<LabelledPrediction> predictions = new ArrayList<>();
            for (int h = 0; h < labels.size(); h++) {
                Head head = labels.get(h).head();
                float[] row = Arrays.copyOfRange(ofHeads[h], i * head.size(), (i + 1) * head.size());
                predictions.add(new LabelledPrediction(
                        HeadPrediction.fromLogits(head, row), labels.get(h).of(i)));
            }
            int sample = i;
            worst.add(batch.sources().get(i), predictions, () -> pixels(batch, sample));
        }
    }

    private static Pixels pixels(MultiLabelBatch batch, int i) {
        try (NDArray image = batch.image().get(i);
                NDArray rgb = image.transpose(1, 2, 0)) {
            return new Pixels((int) rgb.getShape().get(0), (int) rgb.getShape().get(1), rgb.toByteArray());
        }
    }
}
