package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.internal.calls.HeadAnswers;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of images whose logits are known, such as kept ones: what its predictors say. Nothing is computed
 * by the model, which is not kept and may be closed. Immutable; any number of threads may use it.
 *
 * <pre>{@code
 * Prediction car = ModelAnswers.of(model).prediction("car.jpg", brandLogits, typeLogits);
 * }</pre>
 */
public final class ModelAnswers {

    private final HeadSet heads;
    private final List<HeadThreshold> thresholds;
    private final List<SureAnswers> sure;
    private final Optional<Combinations> combinations;
    private final boolean tellsDistance;
    private final HeadAnswers answers;

    private ModelAnswers(
            HeadSet heads,
            List<HeadThreshold> thresholds,
            List<SureAnswers> sure,
            Optional<Combinations> combinations,
            boolean tellsDistance) {
        this.heads = heads;
        this.thresholds = thresholds;
        this.sure = sure;
        this.combinations = combinations;
        this.tellsDistance = tellsDistance;
        answers = new HeadAnswers(heads, thresholds, sure, combinations, Optional.empty());
    }

    /** How a model answers now. */
    public static ModelAnswers of(MultiLabelModel model) {
        Given.require(model, "model", "e.g. MultiLabelModel.load(folder)");
        return new ModelAnswers(
                model.heads(),
                List.copyOf(model.thresholds()),
                model.sureAnswers(),
                model.combinations(),
                model.unusualThreshold().isPresent());
    }

    /**
     * How a saved model answers, read without PyTorch and without its weights.
     *
     * @param folder of the model
     * @throws MalformedModelException if the folder is not that of a model that this release reads, or its description
     *     is damaged
     * @throws IOException if it cannot be read
     */
    public static ModelAnswers read(Path folder) throws IOException, MalformedModelException {
        ModelDescription description = new ModelFolder(folder).read().description();
        Answering answering = description.answering();
        return of(description.heads(), answering.thresholds(), answering.sure(), answering.combinations())
                .withDistance(answering.unusual().isPresent());
    }

    /**
     * How heads answer of which this is known.
     *
     * @param thresholds from which probability on they answer, of some
     * @param sure from which on they are sure, of hierarchies
     * @param combinations which categories go together, if that is answered
     * @throws IllegalArgumentException if something is for other heads
     */
    public static ModelAnswers of(
            HeadSet heads,
            List<HeadThreshold> thresholds,
            List<SureAnswers> sure,
            Optional<Combinations> combinations) {
        thresholds.forEach(each -> each.requireFit(heads));
        sure.forEach(each -> each.requireFit(heads));
        return new ModelAnswers(heads, List.copyOf(thresholds), List.copyOf(sure), combinations, false);
    }

    /** The same of a model whose predictions tell how far an image is from usual ones; kept logits do not. */
    public ModelAnswers withDistance(boolean tellsDistance) {
        return new ModelAnswers(heads, thresholds, sure, combinations, tellsDistance);
    }

    /**
     * How heads answer of which no more is known.
     *
     * @param thresholds from which probability on they answer, of some
     * @throws IllegalArgumentException if a threshold is for another head
     */
    public static ModelAnswers of(HeadSet heads, List<HeadThreshold> thresholds) {
        return of(heads, thresholds, List.of(), Optional.empty());
    }

    /** The heads, in the order of their logits. */
    public HeadSet heads() {
        return heads;
    }

    /** From which probability on they answer, of some. */
    public List<HeadThreshold> thresholds() {
        return thresholds;
    }

    /**
     * What it says of an image.
     *
     * @param source the name of the image
     * @param logits of each head, in the order of the heads, and of each category; calibrated and answered jointly
     *     where the model does so, as predictions keep them
     */
    public Prediction prediction(String source, float[]... logits) {
        return answers.of(source, logits, 0);
    }

    /**
     * The columns of a table of what it says.
     *
     * @param labelled whether there are columns of labels
     * @param ranks how many categories of a single-label head stand side by side, at least 1
     * @param allProbabilities whether there are those of all categories
     */
    public PredictionColumns columns(boolean labelled, int ranks, boolean allProbabilities) {
        return new PredictionColumns(
                heads,
                labelled,
                ranks,
                allProbabilities,
                !sure.isEmpty(),
                combinations.map(each -> each.heads().names()).orElse(List.of()),
                tellsDistance ? heads.names() : HeadThreshold.unknown(thresholds),
                tellsDistance);
    }
}
