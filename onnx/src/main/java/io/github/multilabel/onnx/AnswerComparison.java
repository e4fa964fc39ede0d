package io.github.multilabel.onnx;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.List;

/**
 * How near the answers of a file are to those of another, image by image.
 *
 * @param heads how often each gives the same answer
 * @param distance the mean over heads and images of half the sum of the differences of probabilities, of tags their
 *     mean: 0 where all are the same, at most 1. Where answers are few it tells two files apart better than how often
 *     they agree
 */
record AnswerComparison(List<HeadAgreement> heads, double distance) {

    private static final double HALF = 0.5;

    /**
     * Compares answers.
     *
     * @param expected of each image the prediction of each head
     * @param found the same of the other file; at least one image
     */
    static AnswerComparison of(HeadSet heads, List<List<HeadPrediction>> expected, List<List<HeadPrediction>> found) {
        List<Counts> counts = heads.stream().map(Counts::new).toList();
        for (int image = 0; image < expected.size(); image++) {
            for (int head = 0; head < counts.size(); head++) {
                counts.get(head)
                        .add(expected.get(image).get(head), found.get(image).get(head));
            }
        }
        return new AnswerComparison(
                counts.stream().map(Counts::agreement).toList(),
                counts.stream().mapToDouble(Counts::distance).average().orElse(0));
    }

    /** The smallest share of the heads. */
    double least() {
        return least(heads);
    }

    /** The smallest share of heads. */
    static double least(List<HeadAgreement> heads) {
        return heads.stream().mapToDouble(HeadAgreement::same).min().orElse(1);
    }

    /** What is known of a head. */
    private static final class Counts {

        private final Head head;
        private long answers;
        private long same;
        private long images;
        private double distances;
        private double largest;

        Counts(Head head) {
            this.head = head;
        }

        void add(HeadPrediction expected, HeadPrediction found) {
            double sum = 0;
            for (int k = 0; k < head.size(); k++) {
                double difference = Math.abs(probability(expected, k) - probability(found, k));
                sum += difference;
                largest = Math.max(largest, difference);
            }
            images++;
            switch (head.kind()) {
                case SINGLE_LABEL -> {
                    distances += sum / 2;
                    answers++;
                    if (expected.best().category().equals(found.best().category())) {
                        same++;
                    }
                }
                case MULTI_LABEL -> {
                    distances += sum / head.size();
                    answers += head.size();
                    for (int k = 0; k < head.size(); k++) {
                        if (probability(expected, k) >= HALF == probability(found, k) >= HALF) {
                            same++;
                        }
                    }
                }
            }
        }

        private static double probability(HeadPrediction prediction, int category) {
            CategoryProbability each = prediction.probabilities().get(category);
            return each.probability();
        }

        double distance() {
            return distances / images;
        }

        HeadAgreement agreement() {
            return new HeadAgreement(head.name(), (double) same / answers, largest);
        }
    }
}
