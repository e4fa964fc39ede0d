package io.github.multilabel.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.SmallModels;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StopTest {

    @TempDir
    private Path folder;

    @Test
    void aServerThatIsStoppedAnswersWhatItTook() throws Exception {
        // given: callers that send one request after the other, and images that wait for a second
        ExecutorService callers = Executors.newFixedThreadPool(8);
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger answered = new AtomicInteger();
        try (PredictionService service = PredictionService.builder()
                .addModel("cars", SmallModels.save(folder.resolve("cars"), 1))
                .optLongestWait(Duration.ofMillis(200))
                .build()) {
            PredictionServer server =
                    PredictionServer.builder(service).optPort(0).start();
            HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/predict"))
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(SmallModels.photo(20)))
                    .build();
            List<Future<List<Integer>>> running = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                running.add(callers.submit(() -> {
                    List<Integer> statuses = new ArrayList<>();
                    while (true) {
                        try {
                            statuses.add(client.send(request, BodyHandlers.discarding())
                                    .statusCode());
                            answered.incrementAndGet();
                        } catch (ConnectException e) { // it no longer listens
                            return statuses;
                        }
                    }
                }));
            }
            while (answered.get() < 16) {
                Thread.onSpinWait();
            }

            // when
            server.close();

            // then: each was answered, or told that the service stops
            for (Future<List<Integer>> each : running) {
                assertThat(each.get()).isNotEmpty().allMatch(status -> status == 200 || status == 503);
            }
        } finally {
            callers.shutdownNow();
        }
    }
}
