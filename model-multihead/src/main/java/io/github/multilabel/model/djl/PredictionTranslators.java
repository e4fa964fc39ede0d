package io.github.multilabel.model.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.translate.ArgumentsUtil;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the translators of one model, which share a predictor. */
final class PredictionTranslators implements TranslatorFactory, AutoCloseable {

    private static final String HEAD = "head";

    private final MultiLabelModel model;
    private @Nullable MultiLabelPredictor predictor;

    PredictionTranslators(MultiLabelModel model) {
        this.model = model;
    }

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(new Pair<>(Image.class, Prediction.class), new Pair<>(Image.class, Classifications.class));
    }

    @Override
    @SuppressWarnings("unchecked") // isSupported, which was asked, compares the types
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model ofDjl, Map<String, ?> arguments)
            throws TranslateException {
        if (output == Prediction.class) {
            return (Translator<I, O>) new PredictionTranslator<>(shared(), prediction -> prediction);
        }
        String head = head(model.heads(), ArgumentsUtil.stringValue(arguments, HEAD));
        return (Translator<I, O>)
                new PredictionTranslator<>(shared(), prediction -> classifications(prediction.head(head)));
    }

    private MultiLabelPredictor shared() {
        MultiLabelPredictor made = predictor;
        if (made == null) {
            made = model.newPredictor();
            predictor = made;
        }
        return made;
    }

    private static String head(HeadSet heads, @Nullable String wanted) throws TranslateException {
        if (wanted == null && heads.size() > 1) {
            throw new TranslateException("the model has the heads " + heads.names()
                    + "; name one with optArgument(\"head\", \"" + heads.names().get(0) + "\")");
        }
        try {
            return heads.get(wanted == null ? heads.names().get(0) : wanted).name();
        } catch (IllegalArgumentException e) {
            throw new TranslateException(e.getMessage(), e);
        }
    }

    private static Classifications classifications(HeadPrediction head) {
        return new Classifications(
                head.head().categories(),
                head.probabilities().stream()
                        .map(CategoryProbability::probability)
                        .toList());
    }

    @Override
    public void close() {
        if (predictor != null) {
            predictor.close();
        }
    }
}
