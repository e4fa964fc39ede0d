package io.github.multilabel.model.explain;

import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.model.prediction.Prediction;
import java.util.List;

/**
 * Where a model looks in an image.
 *
 * @param prediction of the image, from which predicted categories were taken
 * @param maps in the order in which they were asked for; those of the predicted tags of a head the most probable first
 */
public record Explanation(Prediction prediction, List<HeatMap> maps) {

    /** Copies the list. */
    public Explanation {
        maps = List.copyOf(maps);
    }

    /** Returns the maps of a head; none if it predicts no tag, or was not asked for. */
    public List<HeatMap> of(String head) {
        prediction.head(head); // refuses an unknown name
        return maps.stream().filter(map -> map.head().equals(head)).toList();
    }

    /**
     * Returns the first map of a head: that of its category, or of its most probable tag.
     *
     * @throws IllegalArgumentException if there is none; the message names the heads that have one
     */
    public HeatMap first(String head) {
        return of(head).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("head '" + head
                        + "' has no heat map: it was not asked for, or predicts no tag; of the heads that have one "
                        + NearMatches.thereAre(
                                head,
                                maps.stream().map(HeatMap::head).distinct().toList())));
    }
}
