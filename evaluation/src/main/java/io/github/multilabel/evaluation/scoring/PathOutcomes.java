package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.internal.counts.HierarchyCounts;
import java.util.List;

/** How a finest head and its parents are answered together, unit by unit. */
final class PathOutcomes {

    private static final int LABELLED = 0;
    private static final int RIGHT = 1;
    private static final int BROKEN = 2;
    private static final int MISTAKES = 3;
    private static final int WRONG = 4;

    private final String finest;
    private final CellCounts counts;

    /**
     * Counts.
     *
     * @param outcomes of all heads, in their order
     */
    PathOutcomes(HeadSet heads, List<HeadOutcomes> outcomes, String finest, int images, Units units) {
        this.finest = finest;
        SingleLabelOutcomes child = single(heads, outcomes, finest);
        List<Parent> parents = heads.hierarchy().parents(finest).stream()
                .map(parent -> new Parent(
                        single(heads, outcomes, parent), heads.hierarchy().parentOf(finest, parent)))
                .toList();
        CellCounts.Builder cells = new CellCounts.Builder(units.size());
        for (int row = 0; row < images; row++) {
            int unit = units.of(row);
            int image = row;
            int label = child.label(row);
            int answer = child.best(row);
            boolean isLabelled =
                    label != Labels.MISSING && parents.stream().noneMatch(parent -> parent.isMissing(image));
            if (isLabelled) {
                cells.add(unit, LABELLED);
            }
            if (isLabelled && label == answer && parents.stream().allMatch(parent -> parent.isCorrect(image))) {
                cells.add(unit, RIGHT);
            }
            if (parents.stream().anyMatch(parent -> parent.contradicts(image, answer))) {
                cells.add(unit, BROKEN);
            }
            if (label != Labels.MISSING && label != answer) {
                cells.add(unit, MISTAKES);
                cells.add(unit, WRONG);
                parents.stream()
                        .filter(parent -> parent.differs(label, answer))
                        .forEach(parent -> cells.add(unit, WRONG));
            }
        }
        counts = cells.build();
    }

    private static SingleLabelOutcomes single(HeadSet heads, List<HeadOutcomes> outcomes, String name) {
        return (SingleLabelOutcomes) outcomes.get(heads.indexOf(name)); // a hierarchy has no other heads
    }

    HierarchyCounts under(int... weights) {
        CellCounts.Counted found = counts.under(weights);
        return new HierarchyCounts(
                finest, found.of(LABELLED), found.of(RIGHT), found.of(BROKEN), found.of(MISTAKES), found.of(WRONG));
    }

    /** A head that the finest one determines. */
    private record Parent(SingleLabelOutcomes outcomes, List<Integer> ofFinest) {

        boolean isMissing(int row) {
            return outcomes.isMissing(row);
        }

        boolean isCorrect(int row) {
            return outcomes.isCorrect(row);
        }

        boolean contradicts(int row, int answer) {
            int determined = ofFinest.get(answer);
            return determined != Labels.MISSING && determined != outcomes.best(row);
        }

        boolean differs(int label, int answer) {
            int due = ofFinest.get(label);
            int determined = ofFinest.get(answer);
            return due != Labels.MISSING && determined != Labels.MISSING && due != determined;
        }
    }
}
