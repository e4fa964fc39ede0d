package io.github.multilabel.evaluation.mistakes;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The labelled images for which a model predicts something else.
 *
 * <pre>{@code
 * Mistakes mistakes = new Mistakes(predictions);
 * List<Mistake> worst = mistakes.mostConfident("brand", 12);
 * }</pre>
 *
 * <p>Nothing is kept of what is asked for: each call goes through all images. Any number of threads may ask.
 */
public final class Mistakes {

    private static final Comparator<Mistake> WORST_FIRST =
            Comparator.comparingDouble(Mistake::confidence).reversed().thenComparingInt(Mistake::row);
    private static final Comparator<FailedImage> MOST_HEADS_FIRST = Comparator.comparingInt(
                    (FailedImage image) -> image.mistakes().size())
            .reversed()
            .thenComparing(Comparator.comparingDouble(FailedImage::confidence).reversed())
            .thenComparingInt(FailedImage::row);

    private final Predictions predictions;

    /** Looks into predictions. */
    public Mistakes(Predictions predictions) {
        this.predictions = Given.require(predictions, "predictions", "e.g. Evaluator.predictions(model, data)");
    }

    /**
     * The mistake of a head on one image; empty if it is right, or its label is missing.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public Optional<Mistake> of(String head, int row) {
        return predictions.head(head).when(single -> single(single, row), multi -> multi(multi, row));
    }

    /**
     * The mistakes of which a head is most sure, the surest first; of equally sure ones in the order of the images.
     *
     * @param most how many at most, 0 or more
     * @throws IllegalArgumentException if there is no such head
     */
    public List<Mistake> mostConfident(String head, int most) {
        First<Mistake> first = new First<>(WORST_FIRST, most);
        IntStream.range(0, predictions.size()).forEach(row -> of(head, row).ifPresent(first::add));
        return first.list();
    }

    /**
     * The images on which at least two heads fail: those with most failures first, of equally many those of which the
     * model is surest.
     *
     * @param most how many at most, 0 or more
     */
    public List<FailedImage> onSeveralHeads(int most) {
        First<FailedImage> first = new First<>(MOST_HEADS_FIRST, most);
        for (int row = 0; row < predictions.size(); row++) {
            FailedImage image = image(row);
            if (image.mistakes().size() > 1) {
                first.add(image);
            }
        }
        return first.list();
    }

    /**
     * How many images have each number of failing heads, from none to all.
     *
     * @return one more than there are heads; images without any label are not counted
     */
    public long[] imagesByFailedHeads() {
        long[] images = new long[predictions.heads().size() + 1];
        for (int row = 0; row < predictions.size(); row++) {
            FailedImage image = image(row);
            images[image.mistakes().size()] += image.labelled() > 0 ? 1 : 0;
        }
        return images;
    }

    private FailedImage image(int row) {
        List<Mistake> mistakes = new ArrayList<>();
        int labelled = 0;
        for (PredictedHead head : predictions.all()) {
            labelled += head.isMissing(row) ? 0 : 1;
            of(head.head().name(), row).ifPresent(mistakes::add);
        }
        return new FailedImage(row, predictions.source(row), labelled, mistakes);
    }

    private Optional<Mistake> single(SingleLabelPredictions head, int row) {
        int best = head.best(row);
        if (head.isMissing(row) || head.isRight(row, best)) {
            return Optional.empty();
        }
        String predicted = head.head().category(best);
        return Optional.of(new Mistake(
                row,
                predictions.source(row),
                head.head(),
                List.of(head.head().category(head.label(row))),
                List.of(predicted),
                predicted,
                Math.exp(head.logProbability(row, best))));
    }

    private Optional<Mistake> multi(MultiLabelPredictions head, int row) {
        int worst = -1;
        for (int k = 0; k < head.head().size() && !head.isMissing(row); k++) {
            boolean isWrong = head.isPredicted(row, k) != head.isRight(row, k);
            if (isWrong && (worst < 0 || confidence(head, row, k) > confidence(head, row, worst))) {
                worst = k;
            }
        }
        if (worst < 0) {
            return Optional.empty();
        }
        return Optional.of(new Mistake(
                row,
                predictions.source(row),
                head.head(),
                categories(head.head(), k -> head.isRight(row, k)),
                categories(head.head(), k -> head.isPredicted(row, k)),
                head.head().category(worst),
                confidence(head, row, worst)));
    }

    private static double confidence(MultiLabelPredictions head, int row, int category) {
        double probability = head.probability(row, category);
        return head.isPredicted(row, category) ? probability : 1 - probability;
    }

    private static List<String> categories(Head head, IntPredicate which) {
        return IntStream.range(0, head.size())
                .filter(which)
                .mapToObj(head::category)
                .toList();
    }

    /** Keeps the first of very many, in their order. */
    private static final class First<T> {

        private final PriorityQueue<T> kept;
        private final Comparator<T> order;
        private final int most;

        First(Comparator<T> order, int most) {
            this.order = order;
            this.most = most;
            kept = new PriorityQueue<>(order.reversed());
        }

        void add(T one) {
            kept.add(one);
            if (kept.size() > most) {
                kept.remove();
            }
        }

        List<T> list() {
            return kept.stream().sorted(order).toList();
        }
    }
}
