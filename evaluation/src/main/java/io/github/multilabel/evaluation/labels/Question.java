package io.github.multilabel.evaluation.labels;

import io.github.multilabel.evaluation.predictions.MultiLabelPredictions;
import io.github.multilabel.evaluation.predictions.SingleLabelPredictions;

/** What is asked of each image and has exactly one answer: a single-label head, or whether an image has a tag. */
interface Question {

    /** The number of possible answers. */
    int answers();

    /** The number of images, labelled or not. */
    int size();

    /** The answer that the label of an image gives, or -1 if it is missing. */
    int label(int row);

    /** What the model says of each answer; their sum is 1. */
    double[] probabilities(int row);

    /** Which category a single-label head's image is of. */
    static Question of(SingleLabelPredictions head) {
        return new Question() {
            @Override
            public int answers() {
                return head.head().size();
            }

            @Override
            public int size() {
                return head.size();
            }

            @Override
            public int label(int row) {
                return head.label(row);
            }

            @Override
            public double[] probabilities(int row) {
                return head.probabilities(row);
            }
        };
    }

    /** Whether an image has a tag: answer 1 is yes, answer 0 no. */
    static Question of(MultiLabelPredictions head, int tag) {
        return new Question() {
            @Override
            public int answers() {
                return 2;
            }

            @Override
            public int size() {
                return head.size();
            }

            @Override
            public int label(int row) {
                return head.isMissing(row) ? -1 : head.isRight(row, tag) ? 1 : 0;
            }

            @Override
            public double[] probabilities(int row) {
                double yes = head.probability(row, tag);
                return new double[] {1 - yes, yes};
            }
        };
    }
}
