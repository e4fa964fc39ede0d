package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.internal.page.Figures;
import io.github.multilabel.evaluation.internal.page.Gallery;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.mistakes.FailedImage;
import io.github.multilabel.evaluation.mistakes.Mistakes;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images on which several heads fail. */
final class SeveralHeadsSection {

    private static final int SHOWN = 24;
    /** Heads of an image that are told. */
    private static final int HEADS = 8;

    private SeveralHeadsSection() {}

    static Optional<Section> of(Predictions predictions, Mistakes mistakes, Pictures pictures) {
        List<FailedImage> images = mistakes.onSeveralHeads(SHOWN);
        if (images.isEmpty() || predictions.heads().size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Section(
                "Several heads wrong",
                List.of(new Gallery(
                        "Images on which most heads are wrong",
                        "Look here for images that show something else, or are labelled as another.",
                        images.stream()
                                .map(image -> pictures.image(image.row(), image.source(), lines(image)))
                                .toList()))));
    }

    private static List<String> lines(FailedImage image) {
        List<String> lines = new ArrayList<>();
        lines.add(Figures.count(image.mistakes().size()) + " of " + Figures.count(image.labelled(), "head") + " wrong");
        image.mistakes().stream().limit(HEADS).map(Saying::line).forEach(lines::add);
        if (image.mistakes().size() > HEADS) {
            lines.add("and " + Figures.count(image.mistakes().size() - HEADS) + " more");
        }
        return lines;
    }
}
