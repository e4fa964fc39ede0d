package io.github.multilabel.model;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.prediction.Prediction;
import java.util.List;
import java.util.Optional;

/**
 * A predictor of a trained model, whatever engine computes: besides predictions it gives logits, by which models are
 * evaluated. Any number of threads may use it.
 */
public interface ModelPredictor extends ImagePredictor {

    /** The heads, in the order of each prediction. */
    default HeadSet heads() {
        return answers().heads();
    }

    /** What the model says of images whose logits are known, such as those of {@link #logits}. */
    ModelAnswers answers();

    /** What the model answered on validation images; empty of models that were trained before this was kept. */
    Optional<AnswerReference> answerReference();

    /** How images are made ready for the model. */
    Preprocessing preprocessing();

    /** The name of the engine that computes, such as {@code pytorch}. */
    String engine();

    /**
     * Computes the logits of images, in float32 averaged over mirror images, answered jointly and calibrated where the
     * model is.
     *
     * @param images at least one, as {@link Preprocessing#apply} of {@link #preprocessing} gives them; all run at once
     * @return for each head, in order, (N, K): a logit for each category of each image, row after row
     * @throws IllegalArgumentException if there is no image, or one is not of the size of the preprocessing
     * @throws IllegalStateException if the predictor is closed
     */
    float[][] logits(List<Pixels> images);

    /**
     * Predicts images that are ready for the model, for callers that decode by themselves.
     *
     * @param names of the images, one for each
     * @param images as {@link Preprocessing#apply} of {@link #preprocessing} gives them, perhaps none; all run at once
     * @return one prediction per image, in the same order
     * @throws IllegalArgumentException if there are not as many names, or an image is not of the size of the
     *     preprocessing
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    List<Prediction> predictReady(List<String> names, List<Pixels> images);

    /**
     * Runs once on a grey image, so that the first real call does not wait for memory and kernels.
     *
     * @throws IllegalStateException if the predictor is closed, or the model's weights are not finite
     */
    void warmUp();
}
