package io.github.multilabel.spark.command;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The session of a command: that of {@code spark-submit}, or one of this machine. */
final class Session implements AutoCloseable {

    private static final String MASTER = "spark.master";

    private final SparkSession spark;

    private Session(SparkSession spark) {
        this.spark = spark;
    }

    static Session open(String name) {
        SparkSession.Builder builder = SparkSession.builder().appName("multilabel-spark " + name);
        if (!new SparkConf().contains(MASTER)) {
            builder.master("local[*]");
        }
        return new Session(builder.getOrCreate());
    }

    SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        spark.stop();
    }
}
