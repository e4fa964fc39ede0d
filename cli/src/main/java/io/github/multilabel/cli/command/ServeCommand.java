package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ServerOptions;
import io.github.multilabel.cli.program.ServiceOptions;
import io.github.multilabel.cli.program.StopSignals;
import io.github.multilabel.serving.ModelInfo;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.ServedModel;
import io.github.multilabel.serving.http.PredictionServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        } catch (IllegalStateException e) { // an engine that cannot be used here
            throw new InvalidInputException(String.valueOf(e.getMessage()));
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
