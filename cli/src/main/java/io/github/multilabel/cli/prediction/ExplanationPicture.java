package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.image.sheet.ContactSheet.Line;
import io.github.multilabel.core.image.sheet.ContactSheet.Tile;
import io.github.multilabel.core.image.sheet.ContactSheet.Tone;
import io.github.multilabel.core.internal.drawing.Canvas;
import io.github.multilabel.model.explain.Explanation;
import io.github.multilabel.model.explain.HeatMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A photo beside its heat maps.
 *
 * @param heads that were asked for
 * @param compared the names of two heads whose maps are shown together; empty for none
 */
public record ExplanationPicture(List<String> heads, List<String> compared) {

    private static final int SIDE = 320;

    /** Writes a PNG, with the folders above it. */
    void write(Path file, String name, Pixels photo, Explanation explanation) throws IOException {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(photo, List.of(new Line(Canvas.fileName(name), Tone.FAINT))));
        for (String head : heads) {
            List<HeatMap> maps = explanation.of(head);
            maps.forEach(map -> tiles.add(tile(map, explanation, photo)));
            if (maps.isEmpty()) {
                tiles.add(Tile.of(photo, List.of(head + ": nothing predicted")));
            }
        }
        if (!compared.isEmpty()) {
            comparison(explanation, photo).ifPresent(tiles::add);
        }
        ContactSheet.of(tiles).withSide(SIDE).write(file);
    }

    private static Tile tile(HeatMap map, Explanation explanation, Pixels photo) {
        List<Line> caption = new ArrayList<>();
        caption.add(new Line(map.toString(), Tone.PLAIN));
        if (map.isBlank()) {
            caption.add(new Line("nothing in the image speaks for it", Tone.WRONG));
        } else {
            mostAlike(map, explanation)
                    .ifPresent(other -> caption.add(new Line(
                            "most alike: " + other.head() + " " + other.category() + ", "
                                    + percent(map.agreement(other)) + " the same",
                            Tone.FAINT)));
        }
        return new Tile(map.over(photo), caption);
    }

    private static Optional<HeatMap> mostAlike(HeatMap map, Explanation explanation) {
        return explanation.maps().stream()
                .filter(other -> other != map && !other.isBlank())
                .max(Comparator.comparingDouble(map::agreement));
    }

    private Optional<Tile> comparison(Explanation explanation, Pixels photo) {
        List<HeatMap> first = explanation.of(compared.get(0));
        List<HeatMap> second = explanation.of(compared.get(1));
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        HeatMap one = first.get(0);
        HeatMap other = second.get(0);
        double agreement = one.agreement(other);
        return Optional.of(Tile.of(
                one.comparedWith(other, photo),
                List.of(
                        "orange " + compared.get(0) + ", blue " + compared.get(1) + ", violet both",
                        Double.isNaN(agreement) ? "both maps are blank" : percent(agreement) + " the same")));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }
}
