package io.github.multilabel.data.internal.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.TableFile;
import io.github.multilabel.data.table.TableRow;
import io.github.multilabel.testsupport.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        return TableFile.of(labels).withDownloads(kept).read(List.of()).get(0).image();
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

    private UrlImages images() {
        return images(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    private UrlImages images(Duration patience, Duration longest) {
        return new UrlImages(folder.resolve("kept"), new WebRequests(patience, longest, Duration.ZERO));
    }

    @Test
    void anAnswerThatStopsInItsMiddleIsNotWaitedForWithoutEnd() throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", new byte[1000]).stalls(9, 200)) {
            ImageSource image =
                    images(Duration.ofMillis(500), Duration.ofSeconds(60)).image(server.base() + "1.jpg");
            assertThatIOException()
                    .isThrownBy(image::read)
                    .withMessageContainingAll("1.jpg", "sends nothing for 0.5 s after 200 bytes", "tried 3 times");
            assertThat(server.ranges()).hasSize(3);
        }
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @Test
    void anAddressThatGaveNothingIsNotAskedAgainByTheNextPass() throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", new byte[1000]).fails(9)) {
            ImageSource image = images().image(server.base() + "1.jpg");
            assertThatIOException().isThrownBy(image::read).withMessageContainingAll("503", "tried 3 times");
            assertThatIOException().isThrownBy(image::read).withMessageContainingAll("1.jpg", "503", "tried 3 times");
            assertThat(server.ranges()).hasSize(3);
        }
    }

    @Test
    void whatIsBetterAMomentLaterIsTriedAgain() throws IOException {
        byte[] photo = {(byte) 0xff, (byte) 0xd8, 0, 1, 2, 3};
        try (TestServer server = new TestServer().has("1.jpg", photo).fails(2)) {
            assertThat(images().image(server.base() + "1.jpg").read()).isEqualTo(photo);
        }
        try (TestServer server = new TestServer().has("2.jpg", photo).cuts(1, 3)) {
            assertThat(images().image(server.base() + "2.jpg").read()).isEqualTo(photo);
        }
        try (TestServer server = new TestServer().has("3.jpg", photo).stalls(1, 0)) {
            assertThat(images(Duration.ofMillis(500), Duration.ofSeconds(60))
                            .image(server.base() + "3.jpg")
                            .read())
                    .isEqualTo(photo);
        }
    }

    @Test
    void anAnswerThatIsCutOffIsNotKept() throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", new byte[1000]).cuts(9, 300)) {
            assertThatIOException()
                    .isThrownBy(() -> images().image(server.base() + "1.jpg").read())
                    .withMessageContainingAll("the connection broke after 300 bytes", "tried 3 times");
        }
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><body>please log in", "{\"error\":\"expired\"}", "  <?xml version='1.0'?><Error/>", ""})
    void aPageInPlaceOfAnImageIsNotKept(String page) throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", page.getBytes(StandardCharsets.UTF_8))) {
            assertThatIOException()
                    .isThrownBy(() -> images().image(server.base() + "1.jpg").read())
                    .withMessageContainingAll(
                            "1.jpg", "the server answers 200 and sends", page.isEmpty() ? "nothing" : page.strip());
            assertThat(folder.resolve("kept")).doesNotExist();
        }
    }

    @Test
    void aPageThatWasKeptBeforeIsReplaced() throws IOException {
        byte[] photo = {(byte) 0xff, (byte) 0xd8, 0, 1, 2, 3};
        try (TestServer server = new TestServer().has("1.jpg", photo)) {
            ImageSource image = images().image(server.base() + "1.jpg");
            image.read();
            Path kept = image.keptAs().orElseThrow();
            Files.writeString(kept, "<html>please log in");
            assertThat(image.read()).isEqualTo(photo);
            assertThat(kept).hasBinaryContent(photo);
        }
    }

    @Test
    void whoIsToldOfADamagedImageIsToldWhereItIsKept() throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1})) {
            ImageSource image = images().image(server.base() + "1.jpg");
            assertThatExceptionOfType(ImageDecodeException.class)
                    .isThrownBy(() -> ImageDecoder.strict().decode(image))
                    .withMessageContainingAll(
                            "1.jpg", "kept as " + image.keptAs().orElseThrow());
        }
    }

    @Test
    void theCheckTellsWhereADamagedImageIsKeptToo() throws IOException {
        try (TestServer server = new TestServer().has("1.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1})) {
            ImageTable table = ImageTable.rows(
                            List.of("a", "b"), (String label) -> TableRow.of(images().image(server.base() + "1.jpg"))
                                    .with("v", label))
                    .addHead("v")
                    .build();
            assertThat(table.check().toString()).contains("kept as " + folder.resolve("kept"));
        }
    }

    @Test
    void aHostThatRefusesOrIsUnknownIsNamed() throws IOException {
        TestServer server = new TestServer();
        server.close();
        assertThatIOException()
                .isThrownBy(() -> images().image(server.base() + "1.jpg").read())
                .withMessageContainingAll("no connection to " + server.base().getHost() + ", port "
                        + server.base().getPort());
        assertThatIOException()
                .isThrownBy(() ->
                        images().image("http://no-such-host.invalid/1.jpg").read())
                .withMessageContaining("no-such-host.invalid is not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my car.jpg",
                "my%20car.jpg",
                "a|b.jpg",
                "[1].jpg",
                "100%.jpg",
                "k\u00e4fer.jpg",
                "a\"b.jpg",
                "a\\b.jpg"
            })
    void addressesAreReadAsBrowsersReadThem(String name) throws IOException {
        byte[] photo = {(byte) 0xff, (byte) 0xd8, 0, 1};
        try (TestServer server = new TestServer().has(WebAddress.decoded(name), photo)) {
            assertThat(images().image(server.base() + name).read()).isEqualTo(photo);
            assertThat(images().image(server.base().toString().replace("http", "HTTP") + name + "?w=a b#c")
                            .read())
                    .isEqualTo(photo);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///1.jpg",
                "http://my_host/1.jpg",
                "http://a:b/1.jpg",
                "http://a:99999/1.jpg",
                "http://[::1/1.jpg",
                "https://?x",
                "http://a..b/1.jpg",
                "http://\u0000/1.jpg"
            })
    void whatIsNoAddressIsToldOfAndThrowsNothing(String address) {
        ImageSource image = images().image(address);
        assertThat(image.problem())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no valid address"));
    }

    @Test
    void anImageThatCannotBeKeptIsReadAllTheSame() throws IOException {
        Files.writeString(folder.resolve("kept"), "a file in the place of the folder");
        byte[] photo = {(byte) 0xff, (byte) 0xd8, 0, 1};
        try (TestServer server = new TestServer().has("1.jpg", photo)) {
            ImageSource image = images().image(server.base() + "1.jpg");
            assertThat(image.read()).isEqualTo(photo);
            assertThat(image.read()).isEqualTo(photo);
            assertThat(server.ranges()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatComesByteByByteEndsToo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(server));
            ImageSource image = images(Duration.ofSeconds(20), Duration.ofMillis(300))
                    .image("http://127.0.0.1:" + server.getLocalPort() + "/1.jpg");
            assertThatIOException().isThrownBy(image::read).withMessageContainingAll("bytes in 0.3 s and was not done");
            assertThat(dripping).as("the connection is given up").succeedsWithin(Duration.ofSeconds(30));
        }
    }

    /** Sends a byte now and then until the other side is gone. */
    private static void drip(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(1);
                out.flush();
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException e) {
            return; // gone
        }
    }
}
