package io.github.multilabel.data.check;

import java.util.List;

/** What is left out of an image at its edges, as parts of its height and width. */
record Margins(double top, double bottom, double left, double right) {

    static final Margins NONE = all(0);

    /** As people cut images: a little from every side, or a strip from one. Smaller and larger cuts are near one. */
    static final List<Margins> CUTS = List.of(
            NONE,
            all(0.025),
            all(0.05),
            all(0.075),
            all(0.1),
            new Margins(0.06, 0, 0, 0),
            new Margins(0, 0.06, 0, 0),
            new Margins(0, 0, 0.06, 0),
            new Margins(0, 0, 0, 0.06));

    static Margins all(double part) {
        return new Margins(part, part, part, part);
    }
}
