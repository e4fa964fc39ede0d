package io.github.multilabel.training.internal.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a training logs, under the name of the class that users know. */
final class TrainingLog {

    static final Logger LOG = LoggerFactory.getLogger("io.github.multilabel.training.MultiLabelTrainer");

    private TrainingLog() {}
}
