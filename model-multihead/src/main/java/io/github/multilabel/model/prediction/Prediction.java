package io.github.multilabel.model.prediction;

import io.github.multilabel.core.internal.message.NearMatches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The prediction of all heads for one image. Immutable, with nothing to close.
 *
 * <pre>{@code
 * Prediction car = predictor.predict(Path.of("car.jpg"));
 * car.head("type").best();           // SUV 0.97
 * car.head("brand").top(3);          // [Audi 0.81, BMW 0.12, Ford 0.04]
 * car.head("features").above(0.5);   // [sunroof 0.93]
 * car.combination();                 // what the heads most probably are together, if the model says so
 * }</pre>
 *
 * @param source the name of the image, for example its file
 * @param heads the prediction of each head, in the order of the model
 * @param sure of which heads of a hierarchy it is sure, the most specific first, and perhaps of none: with the type
 *     alone in it, the car is at least an SUV; no list at all from a model that does not tell
 * @param combination the answer of all single-label heads together; empty unless the model knows which categories go
 *     together
 * @param distance how far the image is from those that the model has learned from; empty unless the model tells. If it
 *     is unusual, all heads answer "unknown", it is sure of nothing, and there is no combination
 */
public record Prediction(
        String source,
        List<HeadPrediction> heads,
        Optional<List<HeadPrediction>> sure,
        Optional<Combination> combination,
        Optional<Distance> distance)
        implements PredictionResult {

    /** Keeps the order of the heads. */
    public Prediction {
        heads = List.copyOf(heads);
        sure = sure.map(List::copyOf);
    }

    /** A prediction of each head for itself. */
    public Prediction(String source, List<HeadPrediction> heads) {
        this(source, heads, Optional.empty(), Optional.empty());
    }

    /** A prediction that does not tell whether the image is unusual. */
    public Prediction(
            String source,
            List<HeadPrediction> heads,
            Optional<List<HeadPrediction>> sure,
            Optional<Combination> combination) {
        this(source, heads, sure, combination, Optional.empty());
    }

    /** The same, and of which heads it is sure; unchanged if there is no hierarchy. */
    public Prediction withSure(List<SureHeads> hierarchies) {
        return hierarchies.isEmpty()
                ? this
                : new Prediction(
                        source,
                        heads,
                        Optional.of(hierarchies.stream()
                                .flatMap(each -> each.of(this).stream())
                                .distinct()
                                .toList()),
                        combination,
                        distance);
    }

    /** The same, with an answer of all single-label heads together. */
    public Prediction withCombination(Optional<Combination> combination) {
        return new Prediction(source, heads, sure, combination, distance);
    }

    /** The same of an image at some distance; if that is unusual, all heads answer "unknown". */
    public Prediction withDistance(Distance distance) {
        return distance.isUnusual()
                ? new Prediction(
                        source,
                        heads.stream().map(HeadPrediction::asUnknown).toList(),
                        sure.map(any -> List.of()),
                        Optional.empty(),
                        Optional.of(distance))
                : new Prediction(source, heads, sure, combination, Optional.of(distance));
    }

    /** Whether the image is unlike those that the model has learned from; false if the model does not tell. */
    public boolean isUnusual() {
        return distance.map(Distance::isUnusual).orElse(false);
    }

    /**
     * Returns the prediction of a head.
     *
     * @param name the name of a head of the model
     * @throws IllegalArgumentException if the model has no such head; the message names similar ones
     */
    public HeadPrediction head(String name) {
        return heads.stream()
                .filter(prediction -> prediction.head().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no head '" + name + "'; "
                        + NearMatches.thereAre(
                                name,
                                heads.stream()
                                        .map(prediction -> prediction.head().name())
                                        .toList())));
    }

    @Override
    public <R> R when(Function<Prediction, R> prediction, Function<PredictionFailure, R> failure) {
        return prediction.apply(this);
    }

    @Override
    public String toJson() {
        return PredictionJson.write(this);
    }

    @Override
    public String toJson(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("toJson(" + k + "): at least 1");
        }
        return PredictionJson.write(this, head -> head.top(k));
    }

    /**
     * For example {@code car.jpg: brand=Audi 0.81, type=SUV 0.97}; with {@code ; together brand=BMW 0.55} if another
     * answer is more probable for all heads together, and {@code ; unusual} if the image is.
     */
    @Override
    public String toString() {
        return source + ": " + heads.stream().map(HeadPrediction::toString).collect(Collectors.joining(", "))
                + combination.map(this::together).orElse("")
                + (isUnusual() ? "; unusual" : "");
    }

    private String together(Combination combined) {
        List<HeadPrediction> changed = combined.changed(heads);
        return changed.isEmpty()
                ? ""
                : "; together "
                        + changed.stream()
                                .map(head -> head.name() + "="
                                        + combined.categories().get(head.name()))
                                .collect(Collectors.joining(", "))
                        + String.format(Locale.ROOT, " %.2f", combined.probability());
    }
}
