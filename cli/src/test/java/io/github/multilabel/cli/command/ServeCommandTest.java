package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

class ServeCommandTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void saveModel() throws IOException {
        model = folder.resolve("cars").resolve("model");
        try (MultiLabelModel random = MultiLabelModel.create(
                Backbones.small(),
                HeadSet.of(Head.singleLabel("colour", "blue", "red")),
                Preprocessing.imageNet(32),
                Device.cpu(),
                3)) {
            random.save(model);
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        while (true) {
            try {
                return CLIENT.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            } catch (ConnectException e) { // not yet
                Thread.onSpinWait();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    @Timeout(60)
    void itAnswersUntilItIsStopped() throws Exception {
        // given
        int port = freePort();
        CompletableFuture<Ran> running = CompletableFuture.supplyAsync(
                () -> multilabel("serve", "--model", model, "--port", port, "--access-log"));
        assertThat(get(port, "/v2/health/ready")).isEqualTo("{\"ready\":true}");

        // when
        String models = get(port, "/models");
        Signal.raise(new Signal("TERM"));
        Ran ran = running.get();

        // then
        assertThat(models).contains("\"name\":\"cars\"").contains("\"colour\"");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("cars: version ")
                .contains("memory: a heap of up to ")
                .contains("listening at http://127.0.0.1:" + port + "/")
                .contains("SIGTERM: it stops when what runs is answered");
        assertThat(ran.out()).contains("\"path\":\"/models\",\"status\":200");
    }

    @Test
    void aPortThatIsTakenIsToldWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = multilabel("serve", "--model", model, "--port", taken.getLocalPort());

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("another program listens on").contains("name another port");
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        Ran ran = multilabel("serve", "--model", folder.resolve("nowhere"), "--port", 0);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no model at").contains("nowhere");
    }

    @Test
    void twoModelsOfOneNameAreRefused() {
        Ran ran = multilabel("serve", "--model", model, "--model", "cars=" + model);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("another is named 'cars'");
    }

    @Test
    void valuesOutsideTheirRangeAreToldByTheirFlags() {
        Ran ran = multilabel("serve", "--model", model, "--batch-size", 0, "--queue-size", 0);
        Ran body = multilabel("serve", "--model", model, "--body-limit", 0);
        Ran port = multilabel("serve", "--model", model, "--port", 70000);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--batch-size 0").contains("--queue-size 0");
        assertThat(body.err()).contains("--body-limit 0: 1 to 1024 MiB");
        assertThat(port.code()).isEqualTo(2);
        assertThat(port.err()).contains("--port 70000: 0 to 65535");
    }

    @Test
    void anEngineThatIsNotThereIsNamed() {
        Ran ran = multilabel("serve", "--model", model, "--engine", "nope", "--port", 0);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("nope").contains("onnxruntime");
    }
}
