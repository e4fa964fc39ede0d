package io.github.multilabel.cars;

import java.io.IOException;

/** The class numbers of the annotation files, which count from 1. */
final class ClassNumber {

    private ClassNumber() {}

    /**
     * The category, counted from 0.
     *
     * @throws IOException naming the row if there is no such class
     */
    static int toCategory(long number, int classes, String origin) throws IOException {
        if (number < 1 || number > classes) {
            throw new IOException(origin + ": class number " + number + " is outside [1, " + classes
                    + "]; the annotations do not belong to these class names");
        }
        return (int) number - 1;
    }
}
