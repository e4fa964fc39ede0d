package io.github.multilabel.evaluation.labels;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.core.internal.message.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A contact sheet of the images whose labels are most doubtful, each with its label and what is suggested:
 * {@code brand: Audi? BMW 0.97}.
 *
 * <pre>{@code
 * LabelIssuesSheet.write(Path.of("label-issues.png"), issues, source -> ImageSource.of(Path.of(source)), 24);
 * }</pre>
 */
public final class LabelIssuesSheet {

    private static final int SIDE = 208;
    private static final int COLUMNS = 6;

    /** Letters that fit under an image. */
    private static final int WIDE = 30;

    private LabelIssuesSheet() {}

    /**
     * Draws the images of the first issues. An image that cannot be decoded is passed over.
     *
     * @param file the PNG to write; replaced when complete
     * @param images finds the image of a {@link LabelIssue#source}
     * @param count how many issues to draw at most, at least 1
     * @return whether there was anything to draw; if not, there is no file
     * @throws IllegalArgumentException if the count is below 1
     * @throws IOException if the sheet cannot be drawn or written
     */
    public static boolean write(Path file, LabelIssues issues, Function<String, ImageSource> images, int count)
            throws IOException {
        Given.require(file, "file", "the PNG to write");
        Given.require(issues, "issues", "e.g. LabelIssues.find(predictions)");
        Given.require(images, "images", "e.g. source -> ImageSource.of(Path.of(source))");
        if (count < 1) {
            throw new IllegalArgumentException("a sheet of " + count + " images; needs at least 1");
        }
        List<ContactSheet.Tile> tiles = new ArrayList<>();
        for (LabelIssue issue : issues.issues()) {
            if (tiles.size() < count) {
                image(images.apply(issue.source())).ifPresent(image -> tiles.add(tile(image, issue)));
            }
        }
        if (tiles.isEmpty()) {
            return false;
        }
        ContactSheet.of(tiles)
                .withTitle(String.format(
                        Locale.ROOT,
                        "labels to look at: %,d%s",
                        issues.issues().size(),
                        issues.issues().size() > tiles.size() ? "; the most doubtful:" : ""))
                .withColumns(Math.min(COLUMNS, tiles.size()))
                .withSide(SIDE)
                .write(file);
        return true;
    }

    private static Optional<Pixels> image(ImageSource source) {
        try {
            return Optional.of(ImageDecoder.lenient().open(source).within(SIDE));
        } catch (ImageDecodeException e) {
            return Optional.empty();
        }
    }

    private static ContactSheet.Tile tile(Pixels image, LabelIssue issue) {
        List<Line> caption = new ArrayList<>();
        caption.add(new Line(Canvas.fileName(issue.source()), Tone.FAINT));
        if (issue.question().length() <= WIDE) {
            caption.add(new Line(issue.question(), Tone.WRONG));
        } else {
            caption.add(new Line(issue.doubt(), Tone.WRONG));
            caption.add(new Line("    " + issue.answer(), Tone.WRONG));
        }
        return new ContactSheet.Tile(image, caption);
    }
}
