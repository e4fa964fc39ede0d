package io.github.multilabel.data.table;

/**
 * Makes a row of a table from something that code has: a line of a JDBC result, an object of an application.
 *
 * <pre>{@code
 * QueryImages photos = QueryImages.of(dataSource, "select photo from car where id = ?");
 * ImageTable.query(statement.executeQuery("select id, brand from car order by id"), car ->
 *         TableRow.of(photos.image("car " + car.getLong("id"), car.getLong("id")))
 *                 .with("brand", car.getString("brand")));
 * }</pre>
 *
 * <p>{@link QueryImages} reads a photo when it is needed; {@code ImageSource.of(name, car.getBytes("photo"))} would
 * keep the photos of all rows in memory.
 *
 * <p>Called on the thread that builds the table.
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
