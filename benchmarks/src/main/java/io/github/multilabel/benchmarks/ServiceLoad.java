package io.github.multilabel.benchmarks;

import ai.djl.MalformedModelException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.http.PredictionServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A service under load on loopback, with batches and without, in turn with the predictor itself: images a second,
 * latencies, answers that differ from the predictor's, and the memory of the process, in which the clients run too. One
 * in a hundred images is broken and one is too large. Hold the heap to one size ({@code -Xms1g -Xmx1g
 * -XX:+AlwaysPreTouch}), so that what grows is native.
 */
@Command(name = "ServiceLoad", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ServiceLoad implements Callable<Integer> {

    private static final int LIMIT = 2 << 20;
    private static final int UNUSABLE = 422;
    private static final int TOO_LARGE = 413;
    private static final double TOLERANCE = 1e-5;
    private static final int NOTES = 10;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--model", required = true, description = "a folder that train saved")
    private Path model;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--photos", required = true, description = "a folder of JPEG files")
    private Path photos;

    @Option(names = "--images", defaultValue = "200", description = "photos that are sent again and again")
    private int images;

    @Option(names = "--clients", split = ",", description = "at once, one after the other")
    private List<Integer> clients = List.of(8, 64);

    @Option(names = "--seconds", defaultValue = "600", description = "for each number of clients, with batches")
    private int seconds;

    @Option(names = "--round-seconds", defaultValue = "10", description = "of predictor and service in turn")
    private int roundSeconds;

    @Option(names = "--rounds", defaultValue = "4", description = "of them")
    private int rounds;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ServiceLoad()).execute(args));
    }

    /** What clients saw. */
    private record Seen(
            int answered, double seconds, double cpu, double[] millis, Map<Integer, Integer> statuses, int wrong) {

        double rate() {
            return answered / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f im/s, %.1f ms of the processor each, p50 %.0f ms, p99 %.0f ms, statuses %s, other answers"
                            + " than the predictor's %d",
                    rate(),
                    1000 * cpu / answered,
                    quantile(0.5),
                    quantile(0.99),
                    statuses,
                    wrong);
        }

        private double quantile(double share) {
            return millis.length == 0 ? Double.NaN : millis[(int) Math.min(millis.length - 1, share * millis.length)];
        }
    }

    @Override
    public Integer call() throws Exception {
        List<byte[]> encoded = new ArrayList<>();
        try (Stream<Path> files = Files.list(photos)) {
            for (Path file : files.sorted().limit(images).toList()) {
                encoded.add(Files.readAllBytes(file));
            }
        }
        try (MultiLabelModel loaded = MultiLabelModel.load(model);
                MultiLabelPredictor predictor = loaded.newPredictor();
                PredictionService batched = service(16);
                PredictionService single = service(1);
                PredictionServer withBatches = server(batched);
                PredictionServer without = server(single)) {
            List<ImageSource> sources = encoded.stream()
                    .map(bytes -> ImageSource.of("photo", bytes))
                    .toList();
            List<PredictionResult> expected = predictor.predictAll(sources);
            for (int count : clients) {
                compare(count, predictor, sources, encoded, expected, withBatches, without);
                ResidentMemory memory = new ResidentMemory();
                for (int note = 0; note < NOTES; note++) {
                    Seen seen = load(withBatches, encoded, expected, count, (double) seconds / NOTES, true);
                    memory.note();
                    System.out.println(count + " clients, 1 % broken, 1 % too large: " + seen);
                }
                memory.print("with " + count + " clients");
            }
        }
        return 0;
    }

    private PredictionService service(int batchSize) throws IOException, MalformedModelException {
        return PredictionService.builder()
                .addModel("cars", model)
                .optBatchSize(batchSize)
                .build();
    }

    private static PredictionServer server(PredictionService service) throws IOException {
        return PredictionServer.builder(service)
                .optPort(0)
                .optBodyLimit(LIMIT)
                .optBodyMemory(256L << 20)
                .start();
    }

    private void compare(
            int count,
            MultiLabelPredictor predictor,
            List<ImageSource> sources,
            List<byte[]> encoded,
            List<PredictionResult> expected,
            PredictionServer withBatches,
            PredictionServer without)
            throws Exception {
        List<Double> batches = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double own = own(predictor, sources);
            Seen batched = load(withBatches, encoded, expected, count, roundSeconds, false);
            Seen single = load(without, encoded, expected, count, roundSeconds, false);
            batches.add(batched.rate() / own);
            singles.add(single.rate() / own);
            System.out.printf(
                    Locale.ROOT,
                    "%d clients: predictor %.1f im/s; batches %s; no batches %s%n",
                    count,
                    own,
                    batched,
                    single);
        }
        System.out.printf(
                Locale.ROOT,
                "%d clients, ratio to the predictor, median of %d rounds: batches %.2f, no batches %.2f%n",
                count,
                rounds,
                median(batches),
                median(singles));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private double own(MultiLabelPredictor predictor, List<ImageSource> sources) {
        double before = cpu();
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(roundSeconds)) {
            done += predictor.predictAll(sources).size();
        }
        System.out.printf(Locale.ROOT, "predictor: %.1f ms of the processor each%n", 1000 * (cpu() - before) / done);
        return done / ((System.nanoTime() - start) / 1e9);
    }

    /** Seconds that this process has computed, its clients too; others on the machine do not count. */
    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private Seen load(
            PredictionServer server,
            List<byte[]> encoded,
            List<PredictionResult> expected,
            int count,
            double duration,
            boolean isHostile)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(count);
        List<double[]> millis = new ArrayList<>();
        Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
        AtomicInteger wrong = new AtomicInteger();
        double before = cpu();
        long start = System.nanoTime();
        long end = start + (long) (duration * 1e9);
        List<Future<List<Double>>> running = new ArrayList<>();
        URI address = server.address().resolve("/predict");
        for (int caller = 0; caller < count; caller++) {
            Random random = new Random(caller);
            running.add(callers.submit(() -> {
                List<Double> mine = new ArrayList<>();
                while (System.nanoTime() < end) {
                    int kind = isHostile ? random.nextInt(100) : 2;
                    int i = random.nextInt(encoded.size());
                    byte[] body =
                            switch (kind) {
                                case 0 -> Arrays.copyOf(encoded.get(i), encoded.get(i).length / 2);
                                case 1 -> new byte[LIMIT + 1];
                                default -> encoded.get(i);
                            };
                    long sent = System.nanoTime();
                    HttpResponse<String> answer = post(address, body);
                    mine.add((System.nanoTime() - sent) / 1e6);
                    statuses.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                            .incrementAndGet();
                    boolean isRight =
                            switch (kind) {
                                case 0 -> answer.statusCode() == UNUSABLE;
                                case 1 -> answer.statusCode() == TOO_LARGE;
                                default -> isSame(answer, expected.get(i));
                            };
                    if (!isRight) {
                        wrong.incrementAndGet();
                    }
                }
                return mine;
            }));
        }
        int answered = 0;
        for (Future<List<Double>> each : running) {
            double[] mine = each.get().stream().mapToDouble(one -> one).toArray();
            answered += mine.length;
            millis.add(mine);
        }
        callers.shutdown();
        Map<Integer, Integer> counted = new TreeMap<>();
        statuses.forEach((status, number) -> counted.put(status, number.get()));
        return new Seen(
                answered,
                (System.nanoTime() - start) / 1e9,
                cpu() - before,
                millis.stream().flatMapToDouble(Arrays::stream).sorted().toArray(),
                counted,
                wrong.get());
    }

    private HttpResponse<String> post(URI address, byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "image/jpeg")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static boolean isSame(HttpResponse<String> answer, PredictionResult expected) {
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonObject heads = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("predictions")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("heads");
        return ((Prediction) expected).heads().stream().allMatch(head -> {
            JsonObject probabilities = heads.getAsJsonObject(head.name()).getAsJsonObject("probabilities");
            return head.probabilities().stream()
                    .allMatch(
                            each -> Math.abs(probabilities.get(each.category()).getAsDouble() - each.probability())
                                    < TOLERANCE);
        });
    }
}
