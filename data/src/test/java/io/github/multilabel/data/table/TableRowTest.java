package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rows from a JDBC result. */
class TableRowTest {

    static TableRow fail(String row) {
        throw new IllegalStateException("mapper broke on " + row);
    }

    /** A result of some rows; asked for one more, it ends, or fails if told to. */
    private static ResultSet result(List<Map<String, Object>> rows, boolean fails) {
        AtomicInteger at = new AtomicInteger(-1);
        return (ResultSet) Proxy.newProxyInstance(
                ResultSet.class.getClassLoader(), new Class<?>[] {ResultSet.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "next":
                            if (fails && at.get() == rows.size() - 1) {
                                throw new SQLException("connection lost");
                            }
                            return at.incrementAndGet() < rows.size();
                        case "getString", "getBytes", "getLong":
                            return rows.get(at.get()).get((String) arguments[0]);
                        default:
                            throw new SQLException("not expected: " + method);
                    }
                });
    }

    private static TableRow map(ResultSet car) throws SQLException {
        return TableRow.of(ImageSource.of("car " + car.getLong("id"), car.getBytes("photo")))
                .with("brand", car.getString("brand"))
                .from("table car, id " + car.getLong("id"));
    }

    private static Map<String, Object> car(long id, String brand) {
        return Map.of("id", id, "brand", brand, "photo", new byte[] {1, 2, (byte) id});
    }

    @Test
    void aQueryGivesRowsWithBytes() throws IOException {
        ResultSet result = result(List.of(car(7, "Audi"), car(9, "BMW")), false);
        ImageTable table =
                ImageTable.query(result, TableRowTest::map).addHead("brand").build();
        assertThat(table.samples())
                .extracting(sample -> sample.image().name() + ", " + sample.origin() + ", " + sample.labels())
                .containsExactly("car 7, table car, id 7, brand=Audi", "car 9, table car, id 9, brand=BMW");
        assertThat(table.samples().get(1).image().read()).containsExactly(1, 2, 9);
    }

    @Test
    void aQueryThatBreaksOffIsNotTakenForItsEnd() {
        ResultSet result = result(List.of(car(7, "Audi"), car(9, "BMW")), true);
        assertThatIOException()
                .isThrownBy(() -> ImageTable.query(result, TableRowTest::map)
                        .addHead("brand")
                        .build())
                .withMessageContainingAll("failed after 2 rows", "connection lost");
    }
}
