package io.github.multilabel.spark;

import io.github.multilabel.testsupport.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of labelled drawings, of which each fourth validates. */
final class Drawings {

    private static final StructType SCHEMA = new StructType()
            .add("path", DataTypes.StringType)
            .add("content", DataTypes.BinaryType)
            .add("colour", DataTypes.StringType)
            .add("size", DataTypes.StringType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType))
            .add("validation", DataTypes.BooleanType);

    /** Names and bytes alone. */
    static final StructType IMAGES =
            new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

    private Drawings() {}

    static Dataset<Row> rows(int count) {
        return rows(LocalSession.spark(), count);
    }

    static Dataset<Row> rows(SparkSession spark, int count) {
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
}
