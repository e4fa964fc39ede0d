package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.training.schedule.Phase;
import java.util.List;

/**
 * Where in its phases a training is.
 *
 * @param phase from 0
 * @param epoch of the phase, from 0; the number of its epochs if all phases are over
 */
record PhasePosition(int phase, int epoch) {

    /** The place after so many epochs of the whole training. */
    static PhasePosition after(int epochs, List<Phase> phases) {
        int rest = epochs;
        for (int p = 0; p < phases.size() - 1; p++) {
            if (rest < phases.get(p).epochs()) {
                return new PhasePosition(p, rest);
            }
            rest -= phases.get(p).epochs();
        }
        return new PhasePosition(phases.size() - 1, rest);
    }

    /** The end of a phase is the beginning of the next, if there is one now. */
    private PhasePosition onward(List<Phase> phases) {
        return phase < phases.size() - 1 && epoch == phases.get(phase).epochs()
                ? new PhasePosition(phase + 1, 0)
                : this;
    }

    /**
     * Checks that the place that a checkpoint was saved at is one of these phases.
     *
     * @param epochs that are done, of all phases
     * @throws InvalidOptionsException if the phases are others than they were, or are over
     */
    static void requireResumable(PhasePosition saved, int epochs, List<Phase> phases, Object where) {
        int asked = phases.stream().mapToInt(Phase::epochs).sum();
        if (epochs > asked) {
            throw new InvalidOptionsException("the training cannot go on from " + where + ": " + epochs
                    + " epochs are done, and optEpochs(" + asked + ") asks for fewer; ask for at least "
                    + (epochs + 1));
        }
        if (!after(epochs, phases).equals(saved.onward(phases))) {
            throw new InvalidOptionsException("the training cannot go on from " + where + ": it was saved in phase "
                    + (saved.phase + 1) + " after " + saved.epoch + " of its epochs, which the phases now given do not"
                    + " have in that place: " + phases
                    + "; keep the phases that began as they were, and add new ones after them");
        }
    }
}
