package io.github.multilabel.spark.internal.training;

import io.github.multilabel.data.ImageDatasetBuilder;
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

    /** Read by PyTorch when it starts, once in the life of the process. */
    private static final String NATIVE_THREADS = "ai.djl.pytorch.num_threads";

    /** Those of a task; PyTorch uses as many from here on, if it has not started. */
    static TaskThreads of(TaskContext task) {
        String master = SparkEnv.get().conf().get("spark.master", "");
        if (master.equals("local") || master.startsWith("local[")) {
            return new TaskThreads(OptionalInt.empty());
        }
        if (System.getProperty(NATIVE_THREADS) == null) {
            System.setProperty(NATIVE_THREADS, Integer.toString(task.cpus()));
        }
        return new TaskThreads(OptionalInt.of(task.cpus()));
    }

    /** Lets as many decode. */
    ImageDatasetBuilder decoding(ImageDatasetBuilder builder) {
        count.ifPresent(builder::optThreads);
        return builder;
    }
}
