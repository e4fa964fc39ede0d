package io.github.multilabel.core.table;

/**
 * Makes a row of a table from something that code has: a line of a JDBC result, an object of an application.
 *
 * <pre>{@code
 * ImageTable.query(statement.executeQuery("select id, photo, brand from car order by id"), car ->
 *         TableRow.of(ImageSource.of("car " + car.getLong("id"), car.getBytes("photo")))
 *                 .with("brand", car.getString("brand")));
 * }</pre>
 *
 * @param <T> what it is made from
 */
@FunctionalInterface
public interface RowMapper<T> {

    /**
     * Makes a row.
     *
     * @param from must not be kept: a JDBC result moves on
     * @throws Exception if it cannot; reading the table then ends with an exception that names the row
     */
    TableRow map(T from) throws Exception;
}
