package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.SureHeads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes predictions of logits, one array for each head. */
public final class HeadAnswers implements PreparedModel.Answers<Prediction> {

    private final HeadSet heads;
    private final Map<String, HeadThreshold> thresholds;
    private final List<SureHeads> sure;
    private final Optional<Combinations> combinations;

    /** All that is given must fit the heads. */
    public HeadAnswers(
            HeadSet heads,
            List<HeadThreshold> thresholds,
            List<SureAnswers> sure,
            Optional<Combinations> combinations) {
        this.heads = heads;
        this.thresholds = thresholds.stream().collect(Collectors.toMap(HeadThreshold::head, each -> each));
        this.sure = sure.stream()
                .map(each -> new SureHeads(heads.hierarchy(), each.finest(), each.threshold()))
                .toList();
        this.combinations = combinations;
    }

    @Override
    public Prediction of(String name, float[][] logits, int row) {
        List<HeadPrediction> answers = IntStream.range(0, heads.size())
                .mapToObj(i -> answer(heads.get(i), logits[i], row))
                .toList();
        return new Prediction(name, answers)
                .withSure(sure)
                .withCombination(combinations.map(each -> each.answer(answers)));
    }

    private HeadPrediction answer(Head head, float[] logits, int row) {
        int start = row * head.size();
        return HeadPrediction.fromLogits(head, Arrays.copyOfRange(logits, start, start + head.size()))
                .withThreshold(Optional.ofNullable(thresholds.get(head.name())));
    }
}
