package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.internal.HeadsJson;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.internal.description.PreprocessingJson;
import io.github.multilabel.model.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model without its weights: what {@code model.json} holds. The text has no time and no name of a machine in it, so
 * that equal models give equal bytes. What stands in quotes here is in models that people keep, and stays, whatever the
 * types and constants are called.
 *
 * @param layers of heads that are more than one linear layer, by name
 * @param network empty if the backbone is a block that only the application can make
 * @param flip whether predictors average the logits of each image and its mirror image
 * @param answering how heads answer beyond each for itself
 */
record ModelDescription(
        HeadSet heads,
        Map<String, HeadLayers> layers,
        String backboneName,
        Optional<Network> network,
        Preprocessing preprocessing,
        boolean flip,
        Answering answering) {

    static final String FORMAT = "multilabel-model";
    static final int OLDEST = 1;
    static final int NEWEST = 7;
    /** Tells of unusual images. */
    private static final int WITH_UNUSUAL = 7;
    /** Has calibrated heads, and thresholds. */
    private static final int WITH_CALIBRATION = 6;
    /** Has heads that determine others, and combinations. */
    private static final int WITH_HIERARCHY = 5;
    /** Has inputs that are no squares, and padding. */
    private static final int WITH_SHAPES = 4;
    /** Has checksums of both files. */
    private static final int WITH_CHECKSUMS = 3;
    /** Since version 2. */
    private static final String HIDDEN = "hidden";

    private static final String DROPOUT = "dropout";

    /** Keeps only layers that say something. */
    ModelDescription {
        Map<String, HeadLayers> written = new LinkedHashMap<>(layers);
        written.values().removeIf(HeadLayers.linear()::equals);
        layers = Collections.unmodifiableMap(written);
        answering = answering.forHeads(heads);
    }

    /** The same with other heads. */
    ModelDescription withHeads(HeadSet heads) {
        Map<String, HeadLayers> kept = new LinkedHashMap<>(layers);
        kept.keySet().retainAll(heads.names());
        return new ModelDescription(
                heads, kept, backboneName, network, preprocessing, flip, answering.among(heads, this.heads));
    }

    ModelDescription withTestTimeFlip(boolean flip) {
        return new ModelDescription(heads, layers, backboneName, network, preprocessing, flip, answering);
    }

    ModelDescription with(Answering answering) {
        return new ModelDescription(heads, layers, backboneName, network, preprocessing, flip, answering);
    }

    /** Whether a text is the description of a model of any version. */
    static boolean isOne(String json) {
        try {
            return FORMAT.equals(JsonFields.parse(json).text("format"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The content of {@code model.json}.
     *
     * @param weights the SHA-256 of the file with the weights
     */
    String toJson(String weights) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("formatVersion", version());
        json.add("createdWith", versions());
        JsonArray headList = new JsonArray();
        heads.forEach(head -> headList.add(json(head, layers.getOrDefault(head.name(), HeadLayers.linear()))));
        json.add("heads", headList);
        HeadsJson.writeHierarchy(heads, json);
        answering.write(json);
        JsonObject backbone = new JsonObject();
        backbone.addProperty("name", backboneName);
        network.ifPresent(description -> backbone.add("network", JsonParser.parseString(description.toJson())));
        json.add("backbone", backbone);
        json.add("preprocessing", PreprocessingJson.write(preprocessing));
        json.addProperty("flip", flip);
        Checksums.of(json, weights).addTo(json);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    /** The oldest whose readers understand it. */
    private int version() {
        if (answering.unusual().isPresent()) {
            return WITH_UNUSUAL;
        }
        if (!answering.calibration().isEmpty() || !answering.thresholds().isEmpty()) {
            return WITH_CALIBRATION;
        }
        if (!heads.hierarchy().isEmpty() || answering.combinations().isPresent()) {
            return WITH_HIERARCHY;
        }
        return isSquare() ? WITH_CHECKSUMS : WITH_SHAPES;
    }

    /** Whether the input is a square and no image gets borders. */
    private boolean isSquare() {
        return preprocessing.size().isSquare() && preprocessing.cropMode() != CropMode.PAD;
    }

    private static JsonObject versions() {
        JsonObject json = new JsonObject();
        json.addProperty("multilabel", LibraryVersion.get());
        json.addProperty("djl", Engine.getDjlVersion());
        json.addProperty("pytorch", TorchEngine.get().getVersion());
        return json;
    }

    private static JsonObject json(Head head, HeadLayers layers) {
        JsonObject json = HeadsJson.head(head);
        layers.hidden().ifPresent(units -> json.addProperty(HIDDEN, units));
        if (layers.dropout() > 0) {
            json.addProperty(DROPOUT, layers.dropout());
        }
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote, in this or an earlier release.
     *
     * @throws MalformedModelException if it is not a description, is of a version that this release does not read, or
     *     does not hold together, the message names the field; or if it is not what was saved
     */
    static ModelFolder.Contents parse(String text) throws MalformedModelException {
        try {
            JsonFields json = JsonFields.parse(text);
            String format = json.text("format");
            if (!format.equals(FORMAT)) {
                throw new IllegalArgumentException("its format is '" + Excerpt.of(format) + "', not '" + FORMAT + "'");
            }
            int version = json.whole("formatVersion");
            if (version < OLDEST || version > NEWEST) {
                throw new IllegalArgumentException("its format version is " + version + ", this release reads "
                        + (OLDEST == NEWEST ? "only " + NEWEST : OLDEST + " to " + NEWEST) + "; "
                        + (version > NEWEST ? "use a newer release" : "load and save it with an earlier release"));
            }
            JsonFields backbone = json.object("backbone");
            List<JsonFields> heads = json.objects("heads");
            HeadSet headSet = HeadsJson.read(json);
            Map<String, HeadLayers> layers = new LinkedHashMap<>();
            heads.forEach(head -> layers.put(head.text("name"), layers(head)));
            ModelDescription description = new ModelDescription(
                    headSet,
                    layers,
                    backbone.text("name"),
                    network(backbone),
                    PreprocessingJson.read(json.object("preprocessing")),
                    json.has("flip") && json.truth("flip"),
                    Answering.read(json, headSet));
            return new ModelFolder.Contents(
                    description, version < WITH_CHECKSUMS ? Optional.empty() : Optional.of(checksums(json)));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException(e.getMessage(), e);
        }
    }

    /** After all that has a better message. */
    private static Checksums checksums(JsonFields json) {
        Checksums expected = Checksums.read(json);
        Checksums found = Checksums.of(json.json(), expected.weights());
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("it is not what was saved: the SHA-256 of its fields is "
                    + found.description() + ", expected is " + Excerpt.of(expected.description())
                    + ". It is damaged: copy the model again from where it came from. If it was changed on purpose,"
                    + " write the SHA-256 found into its checksums");
        }
        return expected;
    }

    private static HeadLayers layers(JsonFields json) {
        HeadLayers layers = HeadLayers.linear();
        layers = json.has(HIDDEN) ? layers.withHidden(json.whole(HIDDEN)) : layers;
        return json.has(DROPOUT) ? layers.withDropout(json.number(DROPOUT)) : layers;
    }

    private static Optional<Network> network(JsonFields backbone) throws MalformedModelException {
        return backbone.has("network")
                ? Optional.of(Network.fromJson(backbone.object("network").json().toString()))
                : Optional.empty();
    }
}
