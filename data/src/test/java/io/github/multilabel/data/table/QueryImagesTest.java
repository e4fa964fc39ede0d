package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.TestImages;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Photos in a database. */
class QueryImagesTest {

    private final Map<Object, byte[]> photos = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private boolean broken;

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type, Map<String, Answer> answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answers.get(method.getName())
                        .to(arguments));
    }

    private interface Answer {
        Object to(Object[] arguments) throws SQLException;
    }

    private DataSource database() {
        return proxy(DataSource.class, Map.of("getConnection", none -> {
            if (broken) {
                throw new SQLException("too many connections");
            }
            open.incrementAndGet();
            return connection();
        }));
    }

    private Connection connection() {
        Object[] key = new Object[1];
        AtomicInteger row = new AtomicInteger();
        ResultSet result = proxy(
                ResultSet.class,
                Map.of(
                        "next", none -> row.getAndIncrement() == 0 && photos.containsKey(key[0]),
                        "getBytes", none -> photos.get(key[0]),
                        "close", none -> null));
        PreparedStatement statement = proxy(
                PreparedStatement.class,
                Map.of(
                        "setObject", arguments -> key[0] = arguments[1],
                        "executeQuery", none -> result,
                        "close", none -> null));
        return proxy(
                Connection.class,
                Map.of("prepareStatement", none -> statement, "close", none -> open.decrementAndGet()));
    }

    @Test
    void aPhotoIsReadWhenItIsAskedForAndTheConnectionIsClosed() throws IOException {
        photos.put(7L, new byte[] {1, 2});
        ImageSource photo =
                QueryImages.of(database(), "select photo from car where id = ?").image("car 7", 7L);
        assertThat(photo.problem()).isEmpty();
        assertThat(photo.read()).containsExactly(1, 2);
        assertThat(photo.read()).containsExactly(1, 2);
        assertThat(open).hasValue(0);
    }

    @Test
    void aPhotoThatIsNullOrNotThereOrCannotBeReadIsToldOfWithItsName() {
        photos.put(7L, null);
        QueryImages images = QueryImages.of(database(), "select photo from car where id = ?");
        assertThatIOException()
                .isThrownBy(images.image("car 7", 7L)::read)
                .withMessage("car 7: no image: its photo is null");
        assertThatIOException()
                .isThrownBy(images.image("car 8", 8L)::read)
                .withMessageContainingAll("car 8", "no row for key 8");
        broken = true;
        assertThatIOException()
                .isThrownBy(images.image("car 7", 7L)::read)
                .withMessageContainingAll("car 7", "too many connections");
        assertThat(open).hasValue(0);
    }

    @Test
    void photosThatAreNullAreMissingImagesThatCanBeLeftOut() throws IOException {
        byte[] photo = TestImages.jpeg(TestImages.pattern(20, 20));
        ImageTable table = ImageTable.rows(
                        List.of(0, 1, 2, 3), i -> TableRow.of(ImageSource.of("car " + i, i == 1 ? null : photo))
                                .with("brand", i % 2 == 0 ? "a" : "b"))
                .addHead("brand")
                .build();
        assertThat(table.check().of(Kind.MISSING_IMAGE)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("car 1 (rows row 2)", "no image"));
        assertThatIOException()
                .isThrownBy(() -> table.dataset().build())
                .withMessageContainingAll("car 1 (rows row 2)", "null");
        try (ImageDataset data = table.dataset().optBadImages(BadImages.SKIP).build()) {
            assertThat(data.size()).isEqualTo(3);
            assertThat(data.check()).isEmpty();
        }
    }

    @Test
    void aSourceThatGivesNullOnlyWhenItIsReadIsABadImageOfItsRow() throws IOException {
        ImageSource nothing = new ImageSource() {
            @Override
            public String name() {
                return "store/7";
            }

            @Override
            public byte[] read() {
                return null;
            }
        };
        ImageTable table = ImageTable.rows(
                        List.of("a", "b"), brand -> TableRow.of(nothing).with("brand", brand))
                .addHead("brand")
                .build();
        assertThat(table.check().of(Kind.MISSING_IMAGE).get(0).message()).contains("store/7 (rows row 1)", "gave null");
        try (ImageDataset data = table.dataset().optBadImages(BadImages.SKIP).build()) {
            assertThat(data.check()).hasSize(2);
        }
    }
}
