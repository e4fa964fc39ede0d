package io.github.multilabel.cars;

import io.github.multilabel.core.image.Box;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * The boxes of the annotation files: columns and rows from 1, both corners belong to the box. What they say is passed
 * on even if it makes no sense; that is an error only where the box is used.
 */
final class CarBox {

    private static final List<String> FIELDS = List.of("bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2");

    /** Beyond any image, and far from what an int can hold. */
    private static final long FAR = 1_000_000_000;

    private CarBox() {}

    /** The box in a row of annotations; empty if they have none. */
    static Optional<Box> of(MatVariable table, int row) throws IOException {
        long[] corners = new long[FIELDS.size()];
        for (int i = 0; i < corners.length; i++) {
            if (!table.has(FIELDS.get(i))) {
                return Optional.empty();
            }
            corners[i] = table.number(FIELDS.get(i), row);
        }
        return Optional.of(ofCorners(corners));
    }

    /** The box in the columns 1 to 4 of a line; empty if these are blank. */
    static Optional<Box> of(CSVRecord line, String origin) throws IOException {
        long[] corners = new long[FIELDS.size()];
        for (int i = 0; i < corners.length; i++) {
            String text = line.get(i + 1);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                corners[i] = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IOException(
                        origin + ": '" + text + "' is not a whole number of a box (x1, y1, x2, y2), nor blank", e);
            }
        }
        return Optional.of(ofCorners(corners));
    }

    /** x1, y1, x2, y2, from 1 and inclusive. */
    private static Box ofCorners(long[] corners) {
        int left = near(corners[0] - 1);
        int top = near(corners[1] - 1);
        return new Box(top, left, near(corners[3]) - top, near(corners[2]) - left);
    }

    private static int near(long place) {
        return (int) Math.max(-FAR, Math.min(FAR, place));
    }
}
