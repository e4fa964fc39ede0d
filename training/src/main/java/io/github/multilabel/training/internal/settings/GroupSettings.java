package io.github.multilabel.training.internal.settings;

import io.github.multilabel.training.group.TrainingGroup;

/**
 * The group of trainings that one is a member of.
 *
 * @param period after how many steps of a member weights are averaged
 */
public record GroupSettings(TrainingGroup group, int period) {

    Fingerprint fingerprint() {
        return Fingerprint.nothing()
                .compared("group", "member " + group.rank() + " of " + group.size() + ", period " + period, "optGroup");
    }
}
