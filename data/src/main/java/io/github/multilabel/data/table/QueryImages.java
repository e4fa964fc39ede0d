package io.github.multilabel.data.table;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.Given;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Photos in a database, each read when it is needed and not kept: a table of a million rows then takes no more memory
 * than its labels.
 *
 * <pre>{@code
 * QueryImages photos = QueryImages.of(dataSource, "select photo from car where id = ?");
 * ImageTable.query(statement.executeQuery("select id, brand from car order by id"), car ->
 *         TableRow.of(photos.image("car " + car.getLong("id"), car.getLong("id")))
 *                 .with("brand", car.getString("brand")));
 * }</pre>
 *
 * <p>Each read takes a connection of its own and closes it, so the data source should pool them; images are read from
 * several threads, once in every epoch. Immutable.
 */
public final class QueryImages {

    private final DataSource database;
    private final String query;

    private QueryImages(DataSource database, String query) {
        this.database = database;
        this.query = query;
    }

    /**
     * Says where the photos are; asks nothing yet.
     *
     * @param query with one {@code ?} for the key; the first column of its first row is the encoded photo
     */
    public static QueryImages of(DataSource database, String query) {
        return new QueryImages(
                Given.require(database, "database", "the source of connections"),
                Given.require(query, "query", "SQL with one ? for the key"));
    }

    /**
     * The photo of a key. Reading it ends with an {@link IOException} if the query fails or there is no such row, or if
     * its photo is null.
     *
     * @param name for messages, such as {@code "car 7"}
     * @param key as {@link PreparedStatement#setObject(int, Object)} takes it
     */
    public ImageSource image(String name, Object key) {
        return new QueryImage(Given.require(name, "name", "a name for messages, e.g. \"car 7\""), key);
    }

    private final class QueryImage implements ImageSource {

        private final String name;
        private final Object key;

        private QueryImage(String name, Object key) {
            this.name = name;
            this.key = key;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte[] read() throws IOException {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setObject(1, key);
                try (ResultSet result = statement.executeQuery()) {
                    if (!result.next()) {
                        throw new IOException(name + ": no image: the query gives no row for key " + key);
                    }
                    byte[] photo = result.getBytes(1);
                    if (photo == null) {
                        throw new IOException(name + ": no image: its photo is null");
                    }
                    return photo;
                }
            } catch (SQLException e) {
                throw new IOException(name + ": the query for its photo failed: " + e.getMessage(), e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
