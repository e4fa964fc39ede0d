package io.github.multilabel.model.internal.calls;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.Distance;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.SureHeads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes predictions of what a program gives for each head, its logits or its probabilities. */
public final class HeadAnswers implements PreparedModel.Answers<Prediction> {

    private final HeadSet heads;
    private final Map<String, HeadThreshold> thresholds;
    private final List<SureHeads> sure;
    private final Optional<Combinations> combinations;
    private final Optional<UnusualThreshold> unusual;
    private final BiFunction<Head, float[], HeadPrediction> answer;

    /** Of logits. All that is given must fit the heads. */
    public HeadAnswers(
            HeadSet heads,
            List<HeadThreshold> thresholds,
            List<SureAnswers> sure,
            Optional<Combinations> combinations,
            Optional<UnusualThreshold> unusual) {
        this(heads, thresholds, sure, combinations, unusual, HeadPrediction::fromLogits);
    }

    /** @param answer makes the answer of a head of what the program gives for it */
    public HeadAnswers(
            HeadSet heads,
            List<HeadThreshold> thresholds,
            List<SureAnswers> sure,
            Optional<Combinations> combinations,
            Optional<UnusualThreshold> unusual,
            BiFunction<Head, float[], HeadPrediction> answer) {
        this.heads = heads;
        this.thresholds = thresholds.stream().collect(Collectors.toMap(HeadThreshold::head, each -> each));
        this.sure = sure.stream()
                .map(each -> new SureHeads(heads.hierarchy(), each.finest(), each.threshold()))
                .toList();
        this.combinations = combinations;
        this.unusual = unusual;
        this.answer = answer;
    }

    @Override
    public Prediction of(String name, float[][] arrays, int row) {
        List<HeadPrediction> answers = IntStream.range(0, heads.size())
                .mapToObj(i -> answer(heads.get(i), arrays[i], row))
                .toList();
        Prediction prediction = new Prediction(name, answers)
                .withSure(sure)
                .withCombination(combinations.map(each -> each.answer(answers)));
        return unusual.filter(any -> arrays.length > heads.size()) // of kept logits no distance is known
                .map(each -> prediction.withDistance(new Distance(arrays[heads.size()][row], each.distance())))
                .orElse(prediction);
    }

    private HeadPrediction answer(Head head, float[] array, int row) {
        int start = row * head.size();
        return answer.apply(head, Arrays.copyOfRange(array, start, start + head.size()))
                .withThreshold(Optional.ofNullable(thresholds.get(head.name())));
    }
}
