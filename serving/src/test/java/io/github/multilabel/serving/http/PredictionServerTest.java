package io.github.multilabel.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.SmallModels;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionServerTest {

    private static final OpenApi OPEN_API = new OpenApi();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final byte[] PHOTO = SmallModels.photo(40);

    @TempDir
    private static Path folder;

    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());
    private static PredictionService service;
    private static PredictionServer server;

    @BeforeAll
    static void start() throws Exception {
        service = PredictionService.builder()
                .addModel("cars", SmallModels.save(folder.resolve("cars"), 1))
                .addModel("vans", SmallModels.saveWithReference(folder.resolve("vans"), 2))
                .optMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .build();
        server = PredictionServer.builder(service)
                .optPort(0)
                .optBodyLimit(100_000)
                .optMostImages(4)
                .optAccessLog(LOG::add)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        service.close();
    }

    private static URI at(String path) {
        return server.address().resolve(path);
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).build());
    }

    private static HttpResponse<byte[]> post(String path, String type, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).POST(body).header("Content-Type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** Every answer of these tests is held to the description of the interface. */
    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
        server.routes().stream()
                .filter(route -> route.method().equals(request.method())
                        && route.match(request.uri().getPath()).isPresent())
                .forEach(route -> OPEN_API.requireFits(route, response));
        return response;
    }

    private static HttpResponse<byte[]> postPhoto(String path) throws IOException, InterruptedException {
        return post(path, "image/png", BodyPublishers.ofByteArray(PHOTO));
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        return JsonParser.parseString(new String(response.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static String error(HttpResponse<byte[]> response) {
        return json(response).get("error").getAsString();
    }

    /** The parts of a form, each with the name of a file. */
    private static byte[] form(byte[]... files) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (int i = 0; i < files.length; i++) {
            form.writeBytes(("--limit\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + i
                            + ".png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.writeBytes(files[i]);
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--limit--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static HttpResponse<byte[]> postForm(byte[]... files) throws IOException, InterruptedException {
        return post("/predict", "multipart/form-data; boundary=limit", BodyPublishers.ofByteArray(form(files)));
    }

    @Test
    void anImageAsItIsIsPredicted() throws Exception {
        // when
        HttpResponse<byte[]> response = postPhoto("/predict?name=car.png");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject prediction =
                json(response).getAsJsonArray("predictions").get(0).getAsJsonObject();
        assertThat(json(response).get("model").getAsString()).isEqualTo("cars");
        assertThat(prediction.get("image").getAsString()).isEqualTo("car.png");
        assertThat(prediction.getAsJsonObject("heads").keySet()).containsExactly("brand", "extras");
        assertThat(prediction
                        .getAsJsonObject("heads")
                        .getAsJsonObject("brand")
                        .getAsJsonObject("probabilities")
                        .keySet())
                .containsExactly("Škoda", "Audi \"quattro\"", "BMW");
    }

    @Test
    void theMostProbableCategoriesAloneAreShownOnRequest() throws Exception {
        JsonObject heads = json(postPhoto("/predict?top=1&model=vans"))
                .getAsJsonArray("predictions")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("heads");

        assertThat(heads.getAsJsonObject("brand")
                        .getAsJsonObject("probabilities")
                        .keySet())
                .hasSize(1);
    }

    @Test
    void aFormOfImagesIsAnsweredInOrder() throws Exception {
        // when
        HttpResponse<byte[]> response = postForm(SmallModels.photo(20), new byte[] {1, 2}, SmallModels.photo(30));

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonArray predictions = json(response).getAsJsonArray("predictions");
        assertThat(predictions).hasSize(3);
        assertThat(predictions.get(0).getAsJsonObject().get("image").getAsString())
                .isEqualTo("0.png");
        assertThat(predictions.get(1).getAsJsonObject().has("error")).isTrue();
        assertThat(predictions.get(2).getAsJsonObject().has("heads")).isTrue();
    }

    @Test
    void whatIsNoImageIsUnusable() throws Exception {
        HttpResponse<byte[]> response =
                post("/predict", "image/jpeg", BodyPublishers.ofString("I am not an image, but I say so"));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(error(response)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /predict, 405",
        "POST, /v2, 405",
        "GET, /../../etc/passwd, 400",
        "GET, /%2e%2e/%2e%2e/etc/passwd, 400",
        "GET, /page/index.html, 404",
        "GET, /v2/models/none, 404",
        "GET, /v2/models/cars/versions/1, 404",
        "POST, /predict?model=none, 404",
        "POST, /predict?top=0, 400",
        "POST, /predict?top=1&top=2, 400",
        "POST, /predict?model=%ff, 400",
        "POST, /explain, 400",
        "POST, /explain?head=none, 400",
        "POST, /explain?head=brand&category=none, 400",
    })
    void whatCannotBeAnsweredHasAStatusAndAReason(String method, String path, int status) throws Exception {
        // given: a client that leaves paths as they are
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                + "Connection: close\r\nContent-Length: " + (method.equals("POST") ? PHOTO.length : 0) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
        if (method.equals("POST")) {
            bytes.writeBytes(PHOTO);
        }

        // when
        String response = RawClient.send(server.port(), bytes.toByteArray());

        // then
        assertThat(response)
                .startsWith("HTTP/1.1 " + status)
                .contains("\"error\":")
                .doesNotContain("Exception");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        HttpResponse<byte[]> response = post("/predict", "application/json", BodyPublishers.ofString("{}"));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(error(response)).contains("application/json").contains("image/jpeg");
    }

    @Test
    void aCompressedBodyIsRefused() throws Exception {
        HttpResponse<byte[]> response =
                post("/predict", "image/png", BodyPublishers.ofByteArray(PHOTO), "Content-Encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        String response = RawClient.send(
                server.port(),
                "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(response).startsWith("HTTP/1.1 413").contains("Connection: close");
    }

    @Test
    void aBodyThatIsSomewhatTooLargeIsReadSoThatItsClientSeesTheAnswer() throws Exception {
        HttpResponse<byte[]> response = post("/predict", "image/png", BodyPublishers.ofByteArray(new byte[20_000_000]));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).contains("limit of this service");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws Exception {
        HttpResponse<byte[]> response = post(
                "/predict",
                "image/png",
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[100_001]))); // in chunks

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void anEmptyBodyIsRefused() throws Exception {
        HttpResponse<byte[]> response = post("/predict", "image/png", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).contains("empty");
    }

    @Test
    void tooManyImagesAreRefused() throws Exception {
        byte[] photo = SmallModels.photo(20);

        HttpResponse<byte[]> response = postForm(photo, photo, photo, photo, photo);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(error(response)).contains("5 images").contains("4");
    }

    @Test
    void aFormWithoutBoundaryIsRefused() throws Exception {
        HttpResponse<byte[]> response =
                post("/predict", "multipart/form-data", BodyPublishers.ofByteArray(form(PHOTO)));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void aHeatMapIsAPicture() throws Exception {
        HttpResponse<byte[]> response = postPhoto("/explain?head=brand&category=BMW");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(response.body()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void metricsAreThoseOfPrometheus() throws Exception {
        // given
        var unused = postPhoto("/predict");

        // when
        String metrics = new String(get("/metrics").body(), StandardCharsets.UTF_8);

        // then
        assertThat(metrics)
                .contains("multilabel_images_total{model=\"cars\",outcome=\"predicted\"}")
                .contains("multilabel_compute_seconds_bucket{model=\"cars\"")
                .contains("multilabel_http_seconds_bucket{route=\"/predict\",status=\"200\"")
                .contains("multilabel_queue_size{model=\"cars\"}");
    }

    @Test
    void eachRequestIsALineOfTheLogWithoutItsQuery() throws Exception {
        // when
        var unused = postPhoto("/predict?name=secret.png");

        // then
        assertThat(LOG)
                .anySatisfy(line -> assertThat(JsonParser.parseString(line)
                                .getAsJsonObject()
                                .get("path")
                                .getAsString())
                        .isEqualTo("/predict"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void theProtocolTellsWhatModelsTake() throws Exception {
        JsonObject metadata = json(get("/v2/models/cars"));

        assertThat(metadata.getAsJsonArray("inputs")
                        .get(0)
                        .getAsJsonObject()
                        .get("datatype")
                        .getAsString())
                .isEqualTo("BYTES");
        assertThat(metadata.getAsJsonArray("outputs")).hasSize(4);
        assertThat(get("/v2/models/cars/versions/"
                                + metadata.getAsJsonArray("versions").get(0).getAsString() + "/ready")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theProtocolTakesImagesInBase64() throws Exception {
        // given
        String photo = Base64.getEncoder().encodeToString(PHOTO);
        String request =
                """
                {"id": "7", "inputs": [{"name": "image", "datatype": "BYTES", "shape": [2, 1],
                  "data": ["%s", "%s"]}], "outputs": [{"name": "brand"}, {"name": "brand.probabilities"}]}"""
                        .formatted(photo, photo);

        // when
        HttpResponse<byte[]> response =
                post("/v2/models/cars/infer", "application/json", BodyPublishers.ofString(request));

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonArray outputs = json(response).getAsJsonArray("outputs");
        assertThat(json(response).get("id").getAsString()).isEqualTo("7");
        assertThat(outputs.get(0).getAsJsonObject().getAsJsonArray("shape")).hasToString("[2]");
        assertThat(outputs.get(1).getAsJsonObject().getAsJsonArray("shape")).hasToString("[2,3]");
        double sum = 0;
        for (var each : outputs.get(1).getAsJsonObject().getAsJsonArray("data")) {
            sum += each.getAsDouble();
        }
        assertThat(sum).isCloseTo(2, within(1e-5));
    }

    @Test
    void theProtocolTakesBinaryTensorsAndGivesThem() throws Exception {
        // given
        String json =
                """
                {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1],
                  "parameters": {"binary_data_size": %d}}], "parameters": {"binary_data_output": true}}"""
                        .formatted(4 + PHOTO.length);
        ByteBuffer body = ByteBuffer.allocate(json.length() + 4 + PHOTO.length).order(ByteOrder.LITTLE_ENDIAN);
        body.put(json.getBytes(StandardCharsets.UTF_8)).putInt(PHOTO.length).put(PHOTO);

        // when
        HttpResponse<byte[]> response = post(
                "/v2/models/cars/infer",
                "application/octet-stream",
                BodyPublishers.ofByteArray(body.array()),
                "Inference-Header-Content-Length",
                String.valueOf(json.length()));

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        int length = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonArray outputs = JsonParser.parseString(new String(response.body(), 0, length, StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("outputs");
        int size = 0;
        for (var output : outputs) {
            size += output.getAsJsonObject()
                    .getAsJsonObject("parameters")
                    .get("binary_data_size")
                    .getAsInt();
        }
        assertThat(outputs).hasSize(4);
        assertThat(response.body()).hasSize(length + size);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]",
                "{",
                "{}",
                "{\"inputs\": 1}",
                "{\"inputs\": [1]}",
                "{\"inputs\": [{\"name\": \"image\"}]}",
                "{\"inputs\": [{\"name\": \"other\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"\"]}]}",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [2], \"data\": [\"AAAA\"]}]}",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": \"x\", \"data\": [\"AA\"]}]}",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [0], \"data\": []}]}",
            })
    void aBrokenRequestOfTheProtocolIsRefused(String body) throws Exception {
        HttpResponse<byte[]> response =
                post("/v2/models/cars/infer", "application/json", BodyPublishers.ofString(body));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isNotBlank();
    }

    @Test
    void driftIsToldOfModelsThatHaveAReference() throws Exception {
        // given
        var unused = postPhoto("/predict?model=vans");

        // when
        JsonObject brand =
                json(get("/drift?model=vans")).getAsJsonArray("heads").get(0).getAsJsonObject();

        // then
        assertThat(brand.get("images").getAsInt()).isPositive();
        assertThat(brand.get("categories").isJsonNull())
                .as("few images say nothing")
                .isTrue();
        assertThat(json(get("/drift")).getAsJsonArray("heads")).isEmpty();
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() {
        assertThat(server.routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactlyInAnyOrderElementsOf(OPEN_API.operations());
    }

    @Test
    void everyRouteThatTakesNothingAnswersAsDescribed() throws Exception {
        String version = json(get("/models"))
                .getAsJsonArray("models")
                .get(0)
                .getAsJsonObject()
                .get("version")
                .getAsString();
        for (Route route : server.routes()) {
            if (route.method().equals("GET")) {
                String path = route.path()
                        .replace("{model}", "cars")
                        .replace("{version}", version)
                        .replace("{file}", "page.js");
                assertThat(get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void itIsReadyUntilItIsDrained() throws Exception {
        try (PredictionServer other =
                PredictionServer.builder(service).optPort(0).start()) {
            URI ready = other.address().resolve("/v2/health/ready");
            HttpRequest request = HttpRequest.newBuilder(ready).build();
            assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);

            other.drain();

            assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void aTokenIsWantedOfAllButProbesAndPage() throws Exception {
        try (PredictionServer other =
                PredictionServer.builder(service).optPort(0).optToken("s3cret").start()) {
            URI models = other.address().resolve("/models");
            assertThat(CLIENT.send(HttpRequest.newBuilder(models).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(CLIENT.send(
                                    HttpRequest.newBuilder(models)
                                            .header("Authorization", "Bearer s3cret")
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(CLIENT.send(
                                    HttpRequest.newBuilder(other.address().resolve("/v2/health/live"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatIOException()
                .isThrownBy(() ->
                        PredictionServer.builder(service).optPort(server.port()).start())
                .withMessageContaining(String.valueOf(server.port()))
                .withMessageContaining("another port");
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
        assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
    }
}
