package io.github.multilabel.model.djl;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.Prediction;
import java.util.List;
import java.util.function.Function;

/**
 * Predicts by the predictor of this library: DJL is given no arrays, and so passes over the block.
 *
 * @param answer what the application wants of a prediction
 */
record PredictionTranslator<O>(MultiLabelPredictor predictor, Function<Prediction, O> answer)
        implements Translator<Image, O> {

    private static final String IMAGES = "images";

    @Override
    public NDList processInput(TranslatorContext context, Image image) {
        return batchProcessInput(context, List.of(image));
    }

    @Override
    public O processOutput(TranslatorContext context, NDList none) {
        return batchProcessOutput(context, none).get(0);
    }

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Image> images) {
        context.setAttachment(IMAGES, images);
        return new NDList();
    }

    @Override
    @SuppressWarnings("unchecked") // as it was attached
    public List<O> batchProcessOutput(TranslatorContext context, NDList none) {
        return predictor.predictImages((List<Image>) context.getAttachment(IMAGES)).stream()
                .map(answer)
                .toList();
    }
}
