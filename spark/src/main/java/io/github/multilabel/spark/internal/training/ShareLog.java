package io.github.multilabel.spark.internal.training;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of trainings on a cluster, by the name of what users call. */
final class ShareLog {

    static final Logger LOG = LoggerFactory.getLogger("io.github.multilabel.spark.MultiLabelClassifier");

    private ShareLog() {}
}
