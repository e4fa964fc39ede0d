package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.evaluation.metrics.SureChoice;
import java.util.List;
import java.util.Optional;

/** Chooses from which probability on each hierarchy is sure, by what a model answers. */
public final class SureFits implements LogitRows.Taker {

    private final List<SureFit> fits;

    /**
     * Begins without an image.
     *
     * @param heads of the model
     */
    public SureFits(HeadSet heads) {
        fits = heads.hierarchy().finest().stream()
                .map(finest -> new SureFit(heads, finest))
                .toList();
    }

    @Override
    public void add(float[][] logits, int[] labels) {
        fits.forEach(fit -> fit.add(logits, labels));
    }

    /**
     * Chooses.
     *
     * @param precision that is wished, in (0, 1)
     * @return for each hierarchy; none for one of which no threshold keeps it for certain
     */
    public List<SureChoice> choices(double precision) {
        return fits.stream()
                .map(fit -> fit.best(precision))
                .flatMap(Optional::stream)
                .toList();
    }
}
