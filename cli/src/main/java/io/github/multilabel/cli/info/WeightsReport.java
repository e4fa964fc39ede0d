package io.github.multilabel.cli.info;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.ParameterSpec;
import io.github.multilabel.model.weights.MatchReport;
import io.github.multilabel.model.weights.TensorInfo;
import io.github.multilabel.model.weights.WeightFile;
import io.github.multilabel.model.weights.WeightMatching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a file of weights holds, and for which backbones it is. */
final class WeightsReport {

    private WeightsReport() {}

    static JsonObject of(Path path) throws IOException {
        try (WeightFile file = WeightFile.open(path)) {
            Collection<TensorInfo> tensors = file.tensors().values();
            JsonObject report = new JsonObject();
            report.addProperty("weights", path.toString());
            report.addProperty("megabytes", Reports.megabytes(Files.size(path)));
            report.addProperty("tensors", tensors.size());
            report.addProperty(
                    "values", tensors.stream().mapToLong(WeightsReport::size).sum());
            JsonObject types = new JsonObject();
            tensors.stream()
                    .collect(Collectors.groupingBy(tensor -> tensor.type().name(), TreeMap::new, Collectors.counting()))
                    .forEach(types::addProperty);
            report.add("types", types);
            report.add("names", Reports.first(file.tensors().keySet()));
            report.add("fits", fits(file));
            return report;
        }
    }

    private static long size(TensorInfo tensor) {
        return tensor.shape().dimension() == 0 ? 1 : tensor.shape().size();
    }

    private static JsonArray fits(WeightFile file) {
        JsonArray fits = new JsonArray();
        for (String name : Backbones.names()) {
            match(file, Backbones.byName(name)).ifPresent(match -> {
                JsonObject fit = new JsonObject();
                fit.addProperty("name", name);
                fit.addProperty("parameters", match.matched().size());
                if (!match.prefix().isEmpty()) {
                    fit.addProperty("prefix", match.prefix());
                }
                fit.addProperty("tensorsOfAClassifier", match.classifier().size());
                fits.add(fit);
            });
        }
        return fits;
    }

    private static Optional<MatchReport> match(WeightFile file, Backbone backbone) {
        Optional<Network> network = backbone.network();
        if (network.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Shape> parameters = new LinkedHashMap<>();
        for (ParameterSpec parameter : network.get().parameters()) {
            parameters.put(parameter.name(), parameter.shape());
        }
        try {
            return Optional.of(
                    WeightMatching.strict().withNames(backbone.weightNames()).match(file, parameters));
        } catch (IOException e) {
            return Optional.empty(); // it is for another
        }
    }
}
