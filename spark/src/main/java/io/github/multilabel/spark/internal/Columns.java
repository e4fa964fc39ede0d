package io.github.multilabel.spark.internal;

import io.github.multilabel.core.internal.message.NearMatches;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns of a data frame by their names. */
public final class Columns {

    private Columns() {}

    /** A column, whose name may have dots. */
    public static Column named(String column) {
        return functions.col("`" + column.replace("`", "``") + "`");
    }

    /**
     * The type of a column.
     *
     * @param option by which it was named, for messages
     * @throws IllegalArgumentException if there is none of that name
     */
    public static DataType typeOf(StructType schema, String option, String column) {
        List<String> columns = List.of(schema.fieldNames());
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(
                    option + ": no column '" + column + "'; " + NearMatches.thereAre(column, columns));
        }
        return schema.apply(column).dataType();
    }
}
