package photos;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.DrawnImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as one jar of jars, in a process of its own: native libraries load, it answers, and it stops. */
class PhotoApplicationIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void itAnswersPhotosTellsOfItsModelAndStops() throws Exception {
        // given
        saveModel(1);
        try (RunningJar application = RunningJar.start(folder)) {
            int port = application.port();

            // when
            HttpResponse<String> car = post(port, DrawnImages.png(DrawnImages.redAndBlue(32, 32)));
            HttpResponse<String> broken = post(port, new byte[] {1, 2, 3});
            HttpResponse<String> answers = get(port, "/actuator/metrics/multilabel.predictions?tag=head:brand");

            // then
            assertThat(application.log()).contains("(v" + System.getProperty("photos.boot") + ")");
            assertThat(car.statusCode()).as(car.body()).isEqualTo(200);
            assertThat(car.body()).startsWith("{\"image\":\"photo\",\"heads\":{\"brand\":{\"category\":\"");
            assertThat(broken.statusCode()).as(broken.body()).isEqualTo(400);
            JsonObject cars = health(port);
            assertThat(cars.get("version").getAsString()).matches("[0-9a-f]{12}");
            assertThat(cars.get("engine").getAsString()).contains("pytorch");
            JsonObject count =
                    json(answers).getAsJsonArray("measurements").get(0).getAsJsonObject();
            assertThat(count.get("value").getAsInt())
                    .as("answers, of the photo that could be read")
                    .isEqualTo(1);
            assertThat(application.stop()).as(application.log()).isEqualTo(143);
        }
    }

    @Test
    void onnxRuntimeLoadsToo() throws Exception {
        saveModel(1);
        try (RunningJar application = RunningJar.start(folder, "--multilabel.engine=onnxruntime")) {
            int port = application.port();

            assertThat(post(port, DrawnImages.png(DrawnImages.redAndBlue(32, 32)))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(health(port).get("engine").getAsString()).contains("onnxruntime");
        }
    }

    @Test
    void aModelThatChangesIsReplaced() throws Exception {
        saveModel(1);
        try (RunningJar application = RunningJar.start(folder, "--multilabel.reload=100ms")) {
            int port = application.port();
            String before = health(port).get("version").getAsString();
            byte[] photo = DrawnImages.png(DrawnImages.redAndBlue(32, 32));
            String answer = post(port, photo).body();

            saveModel(2);

            String version = before;
            for (int asked = 0; version.equals(before) && asked < 100_000; asked++) {
                version = health(port).get("version").getAsString();
            }
            assertThat(version).isNotEqualTo(before);
            assertThat(post(port, photo).body()).isNotEqualTo(answer);
        }
    }

    @Test
    void withoutItsModelItSaysSoAndEnds() throws Exception {
        try (RunningJar application = RunningJar.start(folder)) {
            assertThat(application.exitCode()).isEqualTo(1);
            assertThat(application.log())
                    .contains("APPLICATION FAILED TO START")
                    .contains("there is no model at 'model'")
                    .contains("Change the properties 'multilabel.*'");
        }
    }

    private void saveModel(long seed) throws IOException {
        HeadSet heads =
                HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.multiLabel("extras", "sunroof", "spoiler"));
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), seed)) {
            model.save(folder.resolve("model"));
        }
    }

    /** What the health of the application tells of its model. */
    private static JsonObject health(int port) throws IOException, InterruptedException {
        JsonObject models = json(get(port, "/actuator/health"))
                .getAsJsonObject("components")
                .getAsJsonObject("multilabel");
        assertThat(models.get("status").getAsString()).isEqualTo("UP");
        return models.getAsJsonObject("details").getAsJsonObject("cars");
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address(port, path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(int port, byte[] photo) throws IOException, InterruptedException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write("--part\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo.png\"\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        form.write(photo);
        form.write("\r\n--part--\r\n".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(address(port, "/predict"))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(form.toByteArray())))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static URI address(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
