package io.github.multilabel.data.djl;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.Given;
import java.util.List;

/**
 * One image of a DJL data set and its labels as DJL has them: numbers.
 *
 * @param image to be given to {@code TableRow.of}
 * @param labels all numbers of all label arrays, in order: one for a classification, six for a captcha of six digits
 */
public record DjlImage(ImageSource image, List<Integer> labels) {

    /** Keeps the order of the labels. */
    public DjlImage {
        Given.require(image, "image", "where the image comes from, e.g. ImageSource.of(file)");
        labels = List.copyOf(Given.require(labels, "labels", "the numbers of its classes"));
    }

    /**
     * The only label.
     *
     * @throws IllegalStateException if there are none or several
     */
    public int label() {
        if (labels.size() != 1) {
            throw new IllegalStateException(image.name() + " has " + labels.size() + " labels, " + labels
                    + "; ask for them by label(0) and so on");
        }
        return labels.get(0);
    }

    /**
     * One of several labels.
     *
     * @param position from 0
     * @throws IllegalArgumentException if there is no such label
     */
    public int label(int position) {
        if (position < 0 || position >= labels.size()) {
            throw new IllegalArgumentException(
                    image.name() + " has no label " + position + "; its labels, counted from 0, are " + labels);
        }
        return labels.get(position);
    }

    /**
     * The name of the only label.
     *
     * @param classes their names by number, as {@code getClasses()} or {@code getSynset()} of the data set gives them
     * @throws IllegalArgumentException if there is no class of that number
     */
    public String category(List<String> classes) {
        int label = label();
        if (label < 0 || label >= classes.size()) {
            throw new IllegalArgumentException(
                    image.name() + " has the label " + label + "; the classes, counted from 0, are " + classes);
        }
        return classes.get(label);
    }
}
