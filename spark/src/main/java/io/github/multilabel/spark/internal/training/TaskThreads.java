package io.github.multilabel.spark.internal.training;

import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.spark.internal.ExecutorCores;
import java.util.OptionalInt;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * As many threads as Spark gives a task, so that each core of a machine is used once. In a local session tasks take
 * turns within one process, which has all cores.
 *
 * @param count empty for all cores
 */
record TaskThreads(OptionalInt count) {

    /** Those of a task; PyTorch uses as many from here on, if it has not started. */
    static TaskThreads of(TaskContext task) {
        if (ExecutorCores.isLocal(SparkEnv.get().conf())) {
            return new TaskThreads(OptionalInt.empty());
        }
        new ExecutorCores(task.cpus(), task.cpus()).limitNativeThreads();
        return new TaskThreads(OptionalInt.of(task.cpus()));
    }

    /** Lets as many decode. */
    ImageDatasetBuilder decoding(ImageDatasetBuilder builder) {
        count.ifPresent(builder::optThreads);
        return builder;
    }
}
