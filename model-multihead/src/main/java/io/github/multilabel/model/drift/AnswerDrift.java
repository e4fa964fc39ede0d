package io.github.multilabel.model.drift;

import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.model.prediction.Prediction;
import java.util.List;

/**
 * Compares what a model answers now with what it answered on the images that it was judged by. It counts the last
 * predictions, 10,000 unless another number is asked for, in memory that does not grow: about 28 bytes for each and
 * each head. Any number of threads may use it.
 *
 * <pre>{@code
 * AnswerDrift drift = AnswerDrift.of(model.answerReference().orElseThrow());
 * drift.add(predictor.predict(image)); // again and again
 * drift.heads().forEach(System.out::println); // brand: categories 0.031, confidence 0.284 (10000 images)
 * }</pre>
 */
public final class AnswerDrift {

    /** The images, now and in the reference, that an index needs at least. */
    public static final int FEWEST = 100;

    /** The predictions that are counted where nothing else is asked for. */
    public static final int USUAL_WINDOW = 10_000;

    private static final int WIDEST_WINDOW = 10_000_000;

    private final List<HeadWindow> windows;

    private AnswerDrift(List<HeadWindow> windows) {
        this.windows = windows;
    }

    /** Starts to count the last 10,000 predictions. */
    public static AnswerDrift of(AnswerReference reference) {
        return of(reference, USUAL_WINDOW);
    }

    /**
     * Starts to count.
     *
     * @param reference of the model that predicts
     * @param window how many of the last predictions are counted, 100 to 10,000,000
     * @throws IllegalArgumentException if the number is outside its range
     */
    public static AnswerDrift of(AnswerReference reference, int window) {
        Given.require(reference, "reference", "e.g. model.answerReference().orElseThrow()");
        if (window < FEWEST || window > WIDEST_WINDOW) {
            throw new IllegalArgumentException(
                    "window " + window + ": at least " + FEWEST + ", at most " + WIDEST_WINDOW + " predictions");
        }
        return new AnswerDrift(reference.heads().stream()
                .map(head -> new HeadWindow(head, window))
                .toList());
    }

    /**
     * Counts a prediction; the oldest is forgotten if there are as many as the window has.
     *
     * @param prediction of the model that the reference is of; heads that the reference has not are passed over
     * @throws IllegalArgumentException if a head of the reference is missing; the message names similar ones
     */
    public void add(Prediction prediction) {
        Given.require(prediction, "prediction", "what a predictor said of an image");
        List<HeadWindow.Answer> answers = windows.stream()
                .map(window -> window.answer(prediction.head(window.name())))
                .toList(); // all of them, before anything is counted
        synchronized (this) {
            for (int i = 0; i < answers.size(); i++) {
                windows.get(i).add(answers.get(i));
            }
        }
    }

    /** How far each head is from the reference now, in its order. */
    public synchronized List<HeadDrift> heads() {
        return windows.stream().map(HeadWindow::drift).toList();
    }

    /**
     * How far one head is from the reference now.
     *
     * @throws IllegalArgumentException if the reference has no such head; the message names similar ones
     */
    public HeadDrift head(String name) {
        return heads().stream()
                .filter(each -> each.head().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no head '" + name + "' in the reference; "
                        + NearMatches.thereAre(
                                name, windows.stream().map(HeadWindow::name).toList())));
    }
}
