package io.github.multilabel.serving;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ModelPredictor;
import io.github.multilabel.model.drift.AnswerDrift;
import io.github.multilabel.model.internal.calls.ImageLoading;
import io.github.multilabel.model.internal.calls.ImageLoading.Loaded;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is done to images by a model, with whoever counts.
 *
 * @param predictor closed by its owner
 * @param loading of images for this predictor, closed by its owner
 * @param meters told of all answers
 * @param drift told of predictions, if it is watched
 */
record ImageWork(ModelPredictor predictor, ImageLoading loading, ServiceMeters meters, Optional<AnswerDrift> drift)
        implements BatchQueue.Work {

    @Override
    public CompletableFuture<Loaded> decode(ImageSource image) {
        return loading.start(image);
    }

    @Override
    public PredictionResult refuse(Loaded failed) {
        PredictionFailure answer = new PredictionFailure(failed.source(), failed.problem());
        meters.onAnswer(answer);
        return answer;
    }

    @Override
    public List<Prediction> compute(List<Loaded> images) {
        List<Prediction> answers = predictor.predictReady(
                images.stream().map(Loaded::source).toList(),
                images.stream().flatMap(image -> image.pixels().stream()).toList());
        answers.forEach(meters::onAnswer);
        drift.ifPresent(counts -> answers.forEach(counts::add));
        return answers;
    }
}
