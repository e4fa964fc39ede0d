package io.github.multilabel.spark.internal.prediction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The cores that Spark gives an executor, and to each of its tasks.
 *
 * @param all of the executor
 * @param ofTask that each task may use
 */
record ExecutorCores(int all, int ofTask) {

    private static final Pattern TOLD = Pattern.compile("CoarseGrainedExecutorBackend .*--cores (\\d+)");
    private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+)(,.*)?]");

    /**
     * Those of this executor.
     *
     * @param conf of the application
     * @param ofTask that Spark gave the task
     * @param wanted in all; 0 for as many as the executor has
     */
    static ExecutorCores of(SparkConf conf, int ofTask, int wanted) {
        int all = wanted == 0 ? ofExecutor(conf) : wanted;
        int each = Math.max(1, Math.min(ofTask, all));
        return new ExecutorCores(all, each);
    }

    /** An executor is told how many it has by its command line alone. */
    private static int ofExecutor(SparkConf conf) {
        Matcher told = TOLD.matcher(System.getProperty("sun.java.command", ""));
        if (told.find()) {
            return Math.max(1, Integer.parseInt(told.group(1)));
        }
        Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
        if (local.matches()) {
            return Math.max(1, Integer.parseInt(local.group(1)));
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return conf.get("spark.master", "").equals("local") ? 1 : conf.getInt("spark.executor.cores", processors);
    }

    /** How many tasks run at once. */
    int tasks() {
        return Math.max(1, all / ofTask);
    }
}
