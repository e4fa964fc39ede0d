package io.github.multilabel.spark.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * The cores that Spark gives an executor, and to each of its tasks.
 *
 * @param all of the executor
 * @param ofTask that each task may use
 */
public record ExecutorCores(int all, int ofTask) {

    private static final Pattern TOLD = Pattern.compile("CoarseGrainedExecutorBackend .*--cores (\\d+)");
    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(,.*)?])?");
    /** Read by PyTorch when it starts, once in the life of the process. */
    private static final String NATIVE_THREADS = "ai.djl.pytorch.num_threads";

    /**
     * Those of this executor.
     *
     * @param conf of the application
     * @param ofTask that Spark gave the task
     * @param wanted in all; 0 for as many as the executor has
     */
    public static ExecutorCores of(SparkConf conf, int ofTask, int wanted) {
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
        int processors = Runtime.getRuntime().availableProcessors();
        Matcher local = local(conf);
        if (!local.matches()) {
            return conf.getInt("spark.executor.cores", processors);
        }
        String cores = local.group(2);
        if (cores == null) {
            return 1;
        }
        return cores.equals("*") ? processors : Math.max(1, Integer.parseInt(cores));
    }

    private static Matcher local(SparkConf conf) {
        return LOCAL.matcher(conf.get("spark.master", ""));
    }

    /** Whether all tasks are threads of the driver. */
    public static boolean isLocal(SparkConf conf) {
        return local(conf).matches();
    }

    /** How many tasks run at once. */
    public int tasks() {
        return Math.max(1, all / ofTask);
    }

    /**
     * Lets PyTorch use as many threads for each call as a task has cores: so many tasks compute at once that each core
     * is used once. Does nothing if PyTorch has started, or the property is set.
     */
    public void limitNativeThreads() {
        if (System.getProperty(NATIVE_THREADS) == null) {
            System.setProperty(NATIVE_THREADS, Integer.toString(ofTask));
        }
    }
}
