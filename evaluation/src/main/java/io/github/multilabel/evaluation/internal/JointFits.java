package io.github.multilabel.evaluation.internal;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.JointChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses how the heads of each hierarchy are to answer, by what each says by itself. */
public final class JointFits implements LogitRows.Taker {

    private final List<JointFit> fits = new ArrayList<>();

    /**
     * Begins without an image.
     *
     * @param heads of the model
     * @param untrained heads that have learned nothing themselves
     */
    public JointFits(HeadSet heads, Set<String> untrained) {
        Set<String> answered = new HashSet<>();
        for (String finest : heads.hierarchy().finest()) {
            List<String> parents = heads.hierarchy().parents(finest).stream()
                    .filter(parent -> untrained.contains(parent) || reachesAll(heads, finest, parent))
                    .filter(answered::add) // a head that two determine answers with the first
                    .toList();
            if (!parents.isEmpty()) {
                fits.add(new JointFit(heads, finest, parents, untrained));
            }
        }
    }

    /** Otherwise a brand of which no model is known would never be answered again. */
    private static boolean reachesAll(HeadSet heads, String finest, String parent) {
        Set<Integer> reached = new HashSet<>(heads.hierarchy().parentOf(finest, parent));
        return reached.contains(Labels.MISSING)
                || reached.size() == heads.get(parent).size();
    }

    @Override
    public void add(float[][] logits, int[] labels) {
        fits.forEach(fit -> fit.add(logits, labels));
    }

    /** For each hierarchy of which images have all labels. */
    public List<JointChoice> choices() {
        return fits.stream().map(JointFit::best).flatMap(Optional::stream).toList();
    }
}
