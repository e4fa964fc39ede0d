package io.github.multilabel.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A master and workers with a core each, whose executors are processes of this machine with the jars of this one. */
final class LocalCluster {

    private static final List<String> TESTING = List.of("spark.testing", "spark.test.home");

    private LocalCluster() {}

    /**
     * Starts it.
     *
     * @param home an empty folder, in place of an installed Spark
     * @param megabytes of the heap of each executor
     */
    static SparkSession start(int executors, int megabytes, Path home) throws IOException {
        Files.createDirectories(home.resolve("launcher/target/scala-2.13")); // by which its launcher knows the Scala
        Files.createDirectories(home.resolve("jars"));
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        String opens = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .collect(Collectors.joining(" "));
        return SparkSession.builder()
                .master("local-cluster[" + executors + ",1," + megabytes + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.locality.wait", "0") // no executor is nearer to anything
                .config("spark.executor.memory", megabytes + "m")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executor.extraJavaOptions", opens)
                .getOrCreate();
    }

    static void stop(SparkSession spark) {
        spark.stop();
        TESTING.forEach(System::clearProperty);
    }
}
