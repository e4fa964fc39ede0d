package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ServerOptions;
import io.github.multilabel.cli.program.ServiceOptions;
import io.github.multilabel.cli.program.StopSignals;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.ServedModel;
import io.github.multilabel.serving.http.PredictionServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers over HTTP. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers over HTTP.",
            "A page to drop a photo on is at /; POST /predict takes an image or a form of several, POST /explain?head=NAME"
                    + " draws where the model looks, /v2 is the Open Inference Protocol, /metrics is for Prometheus, and"
                    + " /openapi.yaml describes all of it.",
            "Ctrl-C or SIGTERM stops it when what runs is answered. A model that is replaced is loaded without a pause."
        },
        footer = {
            "  multilabel serve --model runs/cars/model",
            "  multilabel serve --model cars=cars.onnx --model vans=runs/vans/model --port 9000 --access-log"
        })
public final class ServeCommand implements Callable<Integer> {

    /** Megabytes for threads, connections and what the JVM compiles. */
    private static final long SPARE = 200;

    @Mixin
    private final ServiceOptions models = new ServiceOptions();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (PredictionService service = service();
                StopSignals signals = new StopSignals("it stops when what runs is answered", stopped::countDown);
                PredictionServer started = InvalidInputException.check(() -> server.server(service))
                        .start()) {
            service.models().stream()
                    .map(ServedModel::info)
                    .map(ServeCommand::line)
                    .forEach(System.err::println);
            System.err.println(memory());
            if (server.isOpenToAll()) {
                System.err.println("anybody who reaches this machine may use it: set " + ServerOptions.TOKEN
                        + " to a token that callers must send, or leave --host out");
            }
            System.err.println("listening at " + started.address() + "; Ctrl-C stops it");
            stopped.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private PredictionService service() throws IOException, MalformedModelException {
        try {
            return models.service()
                    .optMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                    .build();
        } catch (InvalidOptionsException e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException e) { // an engine that is not there, or cannot do it
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
    }

    /** What it takes now, and what it may take: the heap grows to its limit, the rest stays about as it is. */
    private static String memory() {
        Runtime java = Runtime.getRuntime();
        long heap = java.maxMemory() >> 20;
        long used = java.totalMemory() - java.freeMemory() >> 20;
        return String.format(Locale.ROOT, "memory: a heap of up to %,d MB", heap)
                + resident()
                        .map(all -> String.format(
                                Locale.ROOT,
                                ", beside it %,d MB (weights, buffers, libraries): give a container %,d MB",
                                all - used,
                                heap + all - used + SPARE))
                        .orElse("");
    }

    /** Megabytes of this process; empty where no file tells. */
    private static Optional<Long> resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException e) { // not Linux
            return Optional.empty();
        }
    }

    private static String line(ModelInfo info) {
        return String.format(
                Locale.ROOT,
                "%s: version %s, heads %s, %d x %d pixels, computed by %s",
                info.name(),
                info.version(),
                String.join(", ", info.heads().names()),
                info.inputSize().height(),
                info.inputSize().width(),
                info.engine());
    }
}
