package io.github.multilabel.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.SmallModels;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileClientsTest {

    private static final byte[] PHOTO = SmallModels.photo(40);

    @TempDir
    private static Path folder;

    private static PredictionService service;
    private static PredictionServer server;

    @BeforeAll
    static void start() throws Exception {
        service = PredictionService.builder()
                .addModel("cars", SmallModels.save(folder.resolve("cars"), 1))
                .build();
        server = PredictionServer.builder(service)
                .optPort(0)
                .optTimeout(Duration.ofSeconds(2))
                .optIdleTimeout(Duration.ofSeconds(2))
                .optMostConnections(600)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        service.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String answerOfPhoto() throws IOException {
        byte[] head = ascii("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nConnection: close\r\n"
                + "Content-Length: " + PHOTO.length + "\r\n\r\n");
        byte[] request = new byte[head.length + PHOTO.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(PHOTO, 0, request, head.length, PHOTO.length);
        return RawClient.send(server.port(), request);
    }

    /** Writes a byte now and then until the server closes the connection, and returns what it said. */
    private static String drip(Socket socket, byte[] bytes) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        try {
            for (byte each : bytes) {
                out.write(each);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(100); // that is what a slow client does
            }
        } catch (SocketException e) { // closed meanwhile
        }
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) { // reset, as it still wrote
            return "";
        }
    }

    @Test
    void aClientThatSendsAHeaderByteByByteIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            String answer = drip(socket, ascii("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(200) + "\r\n\r\n"));

            assertThat(answer).doesNotContain("200 OK");
        }
    }

    @Test
    void aClientThatSendsABodyByteByByteIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(ascii("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n"
                            + "Content-Length: 200\r\n\r\n"));

            String answer = drip(socket, new byte[200]);

            assertThat(answer)
                    .satisfiesAnyOf(said -> assertThat(said).startsWith("HTTP/1.1 408"), said -> assertThat(said)
                            .isEmpty());
        }
    }

    @Test
    void idleConnectionsDoNotKeepOthersOutAndAreClosed() throws Exception {
        // given
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                idle.add(connect());
            }

            // when
            String answer = answerOfPhoto();

            // then
            assertThat(answer).startsWith("HTTP/1.1 200");
            for (Socket socket : idle) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"));
            byte[] chunk = new byte[1 << 20];
            long sent = 0;
            try {
                while (sent < 1L << 30) {
                    out.write(ascii("100000\r\n"));
                    out.write(chunk);
                    out.write(ascii("\r\n"));
                    sent += chunk.length;
                }
            } catch (SocketException e) { // as it should
            }

            assertThat(sent).isLessThan(100L << 20);
        }
        assertThat(answerOfPhoto()).startsWith("HTTP/1.1 200");
    }

    @Test
    void whatIsNotHttpIsRefusedInAFewWords() throws Exception {
        String answer = RawClient.send(server.port(), ascii("\u0016\u0003\u0001 hello\r\n\r\n"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void aHeaderThatWouldBreakALineIsRefused() throws Exception {
        String answer = RawClient.send(
                server.port(),
                ascii("GET /models HTTP/1.1\r\nHost: a\r\nX-A: b\rInjected: c\r\nConnection: close\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Injected:");
    }

    @Test
    void aTinyFileThatDeclaresAHugeImageIsUnusable() throws Exception {
        // given: signature and header of a PNG of 30,000 x 20,000, and nothing else
        byte[] png = {
            (byte) 0x89,
            'P',
            'N',
            'G',
            13,
            10,
            26,
            10,
            0,
            0,
            0,
            13,
            'I',
            'H',
            'D',
            'R',
            0,
            0,
            0x75,
            0x30,
            0,
            0,
            0x4e,
            0x20,
            8,
            2,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            'I',
            'D',
            'A',
            'T',
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            'I',
            'E',
            'N',
            'D',
            0,
            0,
            0,
            0
        };
        byte[] head = ascii("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nConnection: close\r\n"
                + "Content-Length: " + png.length + "\r\n\r\n");
        byte[] request = new byte[head.length + png.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(png, 0, request, head.length, png.length);

        // when
        String answer = RawClient.send(server.port(), request);

        // then
        assertThat(answer).startsWith("HTTP/1.1 422").contains("30000x20000").doesNotContain("ImageDecoder");
    }
}
