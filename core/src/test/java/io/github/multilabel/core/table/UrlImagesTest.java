package io.github.multilabel.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.testserver.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with an address. */
class UrlImagesTest {

    @TempDir
    Path folder;

    @Test
    void anImageIsDownloadedOnceAndKept() throws IOException {
        Path kept = folder.resolve("kept");
        Path labels = folder.resolve("labels.csv");
        try (TestServer server = new TestServer().has("1.jpg", new byte[] {1, 2, 3})) {
            Files.writeString(labels, "url\n" + server.base() + "1.jpg\n");
            ImageSource image = image(labels, kept);
            assertThat(image.name()).isEqualTo(server.base() + "1.jpg");
            assertThat(image.read()).containsExactly(1, 2, 3);
        }
        assertThat(image(labels, kept).read()).as("the server is gone").containsExactly(1, 2, 3);
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files).hasSize(1);
        }
    }

    private static ImageSource image(Path labels, Path kept) throws IOException {
        return CsvFile.of(labels).withDownloads(kept).read(List.of()).get(0).image();
    }

    @Test
    void anImageThatTheServerDoesNotHaveIsToldOfAndNotKept() throws IOException {
        try (TestServer server = new TestServer()) {
            ImageSource image = new UrlImages(folder.resolve("kept")).image(server.base() + "gone.jpg");
            assertThat(image.problem()).as("known only when it is read").isEmpty();
            assertThatIOException().isThrownBy(image::read).withMessageContainingAll("gone.jpg", "404");
        }
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @Test
    void anAddressThatIsNoneIsToldOf() {
        assertThat(new UrlImages(folder).image("http://a b/c.jpg").problem())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no valid address"));
    }
}
