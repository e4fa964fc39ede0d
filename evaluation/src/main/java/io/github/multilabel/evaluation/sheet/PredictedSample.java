package io.github.multilabel.evaluation.sheet;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import io.github.multilabel.core.internal.drawing.Canvas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An image with the predictions of all heads. */
record PredictedSample(String source, List<LabelledPrediction> predictions, Pixels image) {

    /** More would make the sheet a page of text. */
    private static final int HEADS = 6;

    ContactSheet.Tile tile() {
        List<Line> caption = new ArrayList<>();
        caption.add(new Line(Canvas.fileName(source), Tone.FAINT));
        boolean isShort = predictions.size() <= HEADS;
        // of many heads the wrong ones
        predictions.stream()
                .sorted(Comparator.comparing((LabelledPrediction one) -> !isShort && !one.isWrong()))
                .limit(isShort ? HEADS : HEADS - 1)
                .forEach(one -> caption.addAll(one.lines()));
        if (!isShort) {
            caption.add(new Line("and " + (predictions.size() - HEADS + 1) + " more heads", Tone.FAINT));
        }
        return new ContactSheet.Tile(image, caption);
    }
}
