package io.github.multilabel.spring;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.serving.PredictionService;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

/** A service as the properties describe it; what is wrong is said by their names. */
record ConfiguredService(MultiLabelProperties properties, ResourceLoader resources) {

    private static final Map<String, String> PROPERTIES = Map.of(
            "optBatchSize", "multilabel.batch-size",
            "optLongestWait", "multilabel.longest-wait",
            "optQueueSize", "multilabel.queue-size",
            "optReload", "multilabel.reload");

    /**
     * Loads the models.
     *
     * @param meters where to count; null for a registry of its own
     * @return to be closed by the caller
     * @throws UnusableModelsException if a property or a model cannot be used
     */
    PredictionService start(@Nullable MeterRegistry meters) {
        PredictionService.Builder builder = PredictionService.builder()
                .optPrecision(properties.precision())
                .optBatchSize(properties.batchSize())
                .optLongestWait(properties.longestWait())
                .optQueueSize(properties.queueSize())
                .optPixelLimit(properties.pixelLimit());
        if (properties.engine() != null) {
            builder.optEngine(properties.engine());
        }
        if (properties.reload() != null) {
            builder.optReload(properties.reload());
        }
        if (meters != null) {
            builder.optMeters(meters);
        }
        try {
            for (Map.Entry<String, String> each : properties.models().entrySet()) {
                builder.addModel(each.getKey(), place(each.getKey(), each.getValue()));
            }
            return builder.build();
        } catch (InvalidOptionsException e) {
            String problems = e.problems().stream()
                    .map(ConfiguredService::inProperties)
                    .collect(Collectors.joining("\n- ", "\n- ", ""));
            throw new UnusableModelsException("the models cannot be loaded:" + problems, e);
        } catch (NoSuchFileException e) { // whose message is the file alone
            throw new UnusableModelsException(
                    "the models cannot be loaded: there is no file '" + e.getFile()
                            + "'; a folder that a training saved has it",
                    e);
        } catch (IOException | MalformedModelException | IllegalArgumentException | IllegalStateException e) {
            throw new UnusableModelsException("the models cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static String inProperties(InvalidOptionsException.Problem problem) {
        String property = PROPERTIES.getOrDefault(problem.option(), problem.option());
        return property + problem.value().map(given -> " is " + given).orElse(" is missing") + ": " + problem.wanted();
    }

    private Path place(String name, String location) throws IOException {
        String given = "multilabel.models." + name + " is '" + Excerpt.inOneLine(location) + "'";
        try {
            if (!ResourceUtils.isUrl(location)) {
                return Path.of(location);
            }
        } catch (InvalidPathException e) {
            throw new IOException(given + ", which is no path here: " + e.getReason(), e);
        }
        Resource resource = resources.getResource(location);
        if (!resource.isFile()) {
            throw new IOException(given + ", which is not a folder or file on this machine: a model is read by native"
                    + " programs, which see neither jars nor servers; put it beside the jar and give its path");
        }
        return resource.getFile().toPath();
    }
}
