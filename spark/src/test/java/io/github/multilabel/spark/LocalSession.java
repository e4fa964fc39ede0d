package io.github.multilabel.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One session on two threads of this machine, for all tests of the module. */
final class LocalSession {

    private LocalSession() {}

    static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.hadoop.fs.failing.impl", FailingFileSystem.class.getName())
                .getOrCreate();
    }

    static Dataset<Row> rows(List<Row> rows, StructType schema) {
        return spark().createDataFrame(rows, schema);
    }
}
