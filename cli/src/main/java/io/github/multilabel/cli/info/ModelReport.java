package io.github.multilabel.cli.info;

import ai.djl.MalformedModelException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.SavedModel;
import io.github.multilabel.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a saved model is. */
final class ModelReport {

    private static final String CHECKSUM = "checksum";
    private static final String DAMAGED = "does not hold: the weights are not those that were saved";

    private ModelReport() {}

    /** Whether a report is of a model whose weights are not those that were saved. */
    static boolean isOfDamaged(JsonObject report) {
        return report.has(CHECKSUM) && report.get(CHECKSUM).getAsString().equals(DAMAGED);
    }

    static JsonObject of(Path folder) throws IOException, MalformedModelException {
        SavedModel model = SavedModel.read(folder);
        JsonObject report = new JsonObject();
        report.addProperty("model", folder.toString());
        report.addProperty("backbone", model.backbone());
        if (!model.hasNetwork()) {
            report.addProperty("network", "not in the folder: load the model with the block of its application");
        }
        report.addProperty("parameters", model.parameters());
        report.addProperty("megabytes", Reports.megabytes(model.bytes()));
        report.add("heads", heads(model));
        if (!model.answers().isEmpty()) {
            JsonArray answers = new JsonArray();
            model.answers().forEach(answers::add);
            report.add("answers", answers);
        }
        report.add("input", input(model.preprocessing()));
        report.addProperty("averagesMirrorImages", model.testTimeFlip());
        report.addProperty("format", model.format());
        JsonObject versions = new JsonObject();
        model.createdWith().forEach(versions::addProperty);
        report.add("createdWith", versions);
        model.card().ifPresent(card -> report.add("card", card(card)));
        report.addProperty(CHECKSUM, checksum(model.isWhole()));
        return report;
    }

    private static JsonObject card(ModelCard card) {
        JsonObject report = new JsonObject();
        JsonObject metrics = new JsonObject();
        card.metrics().forEach((name, measured) -> metrics.addProperty(name, measured.toString()));
        if (metrics.size() > 0) {
            report.add("metrics", metrics);
        }
        JsonArray data = new JsonArray();
        for (ModelCard.Part part : card.data()) {
            JsonObject images = new JsonObject();
            images.addProperty("name", part.name());
            images.addProperty("images", part.images());
            data.add(images);
        }
        report.add("data", data);
        card.weights().ifPresent(weights -> report.addProperty("beganWith", weights.toString()));
        JsonArray limits = new JsonArray();
        card.limits().forEach(limits::add);
        report.add("limits", limits);
        JsonArray open = new JsonArray();
        for (ModelCard.Note note : ModelCard.Note.values()) {
            if (card.notes().containsKey(note)) {
                report.addProperty(note.inFiles(), card.notes().get(note));
            } else {
                open.add(note.inFiles());
            }
        }
        report.add("toBeFilledIn", open);
        return report;
    }

    private static String checksum(Optional<Boolean> whole) {
        return whole.map(holds -> holds ? "holds" : DAMAGED).orElse("none in this format");
    }

    private static JsonArray heads(SavedModel model) {
        JsonArray heads = new JsonArray();
        for (Head head : model.heads()) {
            JsonObject report = new JsonObject();
            report.addProperty("name", head.name());
            report.addProperty(
                    "kind",
                    head.kind() == Head.Kind.SINGLE_LABEL ? "one category per image" : "any categories per image");
            report.addProperty("categories", head.size());
            report.add("first", Reports.first(head.categories()));
            List<String> parents = model.heads().hierarchy().parents(head.name());
            if (!parents.isEmpty()) {
                report.addProperty("determines", String.join(", ", parents));
            }
            heads.add(report);
        }
        return heads;
    }

    private static JsonObject input(Preprocessing preprocessing) {
        JsonObject report = new JsonObject();
        report.addProperty("imageHeight", preprocessing.size().height());
        report.addProperty("imageWidth", preprocessing.size().width());
        report.addProperty("cropMode", preprocessing.cropMode().name().toLowerCase(Locale.ROOT));
        report.addProperty("cropFraction", preprocessing.cropPct());
        report.addProperty("interpolation", preprocessing.interpolation().name().toLowerCase(Locale.ROOT));
        JsonArray mean = new JsonArray();
        preprocessing.mean().forEach(mean::add);
        JsonArray std = new JsonArray();
        preprocessing.std().forEach(std::add);
        report.add("mean", mean);
        report.add("std", std);
        return report;
    }
}
