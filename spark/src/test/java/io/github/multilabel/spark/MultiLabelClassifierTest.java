package io.github.multilabel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.testsupport.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings of a colour and a shape, on two threads of this machine. */
class MultiLabelClassifierTest {

    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("colour", DataTypes.StringType)
            .add("size", DataTypes.StringType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType))
            .add("validation", DataTypes.BooleanType);

    @TempDir
    private Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void begin() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    @AfterAll
    static void end() {
        spark.stop();
    }

    private static Dataset<Row> drawings(int count) {
        List<Row> rows = new ArrayList<>();
        for (Shapes drawn : Shapes.draw(count, 1)) {
            rows.add(RowFactory.create(
                    drawn.name(),
                    drawn.png(),
                    drawn.colour(),
                    drawn.size(),
                    drawn.tags().toArray(),
                    rows.size() % 4 == 0));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    private MultiLabelClassifier classifier() {
        return new MultiLabelClassifier()
                .setLabelCols("colour", "size", "tags")
                .setValidationIndicatorCol("validation")
                .setOptions(
                        "--backbone",
                        "small",
                        "--image-size",
                        "32",
                        "--epochs",
                        "3",
                        "--batch-size",
                        "16",
                        "--learning-rate",
                        "0.005",
                        "--augmentation",
                        "none")
                .setNumTasks(2)
                .setAveragingPeriod(2)
                .setWorkFolder(folder.resolve("work").toUri().toString());
    }

    @Test
    void twoTasksTrainOneModel() throws Exception {
        MultiLabelClassificationModel model = classifier().fit(drawings(160));

        assertThat(folder.resolve("work/result/metrics.json")).exists();
        assertThat(Files.readString(folder.resolve("work/result/history.csv")).lines())
                .hasSize(4);
        assertThat(folder.resolve("work/result/model/model.json")).exists();
        assertThat(folder.resolve("work/shares")).doesNotExist();
        assertThat(folder.resolve("work/rounds")).doesNotExist();
        assertThat(folder.resolve("work/checkpoints")).doesNotExist();
        System.out.println(Files.readString(folder.resolve("work/result/history.csv")));
    }
}
