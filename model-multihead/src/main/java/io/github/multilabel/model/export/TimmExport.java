package io.github.multilabel.model.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.OwnFolder;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes a trained model as a folder for Python: {@code model.safetensors} with the backbone under the names of
 * torchvision or timm, whichever it comes from, and the heads as {@code heads.NAME.weight} (K, F) and so on;
 * {@code labels.json} with heads, categories, preprocessing and how the heads answer; and {@code load.py}, a short
 * module that makes the network of torchvision or timm, loads every weight, and answers as a predictor of the model in
 * float32 does: over mirror images, joint and calibrated where the model is.
 *
 * <pre>{@code
 * TimmExport.of(model).write(Path.of("cars-timm"));
 * // in Python: from load import load; logits = load()(images)
 * }</pre>
 *
 * <p>Nothing is compared when it is written, for want of Python; tests of this library compare every backbone. One
 * thread at a time; the model must not be trained meanwhile.
 */
public final class TimmExport {

    private static final String FORMAT = "multilabel-timm";
    private static final String WEIGHTS = "model.safetensors";
    private static final String LABELS = "labels.json";
    private static final String PROGRAM = "load.py";
    /** What Python leaves when it has loaded the module. */
    private static final String CACHE = "__pycache__";

    private static final String BACKBONE = "backbone.";

    /** By the name of the backbone, the Python library that has a network of the same name, parameters and numbers. */
    private static final Map<String, String> LIBRARIES = libraries();

    private final MultiLabelModel model;

    private TimmExport(MultiLabelModel model) {
        this.model = model;
    }

    private static Map<String, String> libraries() {
        Map<String, String> libraries = new TreeMap<>();
        Stream.of(
                        "resnet18",
                        "resnet34",
                        "resnet50",
                        "resnet101",
                        "resnext50_32x4d",
                        "wide_resnet50_2",
                        "mobilenet_v3_large")
                .forEach(name -> libraries.put(name, "torchvision"));
        Stream.of(
                        "efficientnet_b0",
                        "efficientnet_lite0",
                        "efficientnet_lite1",
                        "efficientnet_lite2",
                        "tf_efficientnet_lite0",
                        "tf_efficientnet_lite1",
                        "tf_efficientnet_lite2",
                        "convnext_tiny",
                        "vit_small_patch16_224",
                        "vit_small_patch14_dinov2")
                .forEach(name -> libraries.put(name, "timm"));
        return libraries;
    }

    /** The names of the backbones that can be written so, in the order of the alphabet. */
    public static List<String> backbones() {
        return List.copyOf(LIBRARIES.keySet());
    }

    /** Starts an export of a model as it is when it is written. */
    public static TimmExport of(MultiLabelModel model) {
        return new TimmExport(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /**
     * Writes the folder. An earlier folder that this wrote is replaced when the new one is complete.
     *
     * @param folder missing parent folders are made
     * @throws IllegalArgumentException if the backbone has no counterpart in torchvision or timm
     * @throws IllegalStateException if the model is closed
     * @throws IOException if it cannot be written, or the folder holds anything else
     */
    public void write(Path folder) throws IOException {
        Given.require(folder, "folder", "the folder to write, e.g. Path.of(\"model-timm\")");
        String library = library();
        OwnFolder.require(folder, "no model for timm", List.of(WEIGHTS, LABELS, PROGRAM, CACHE)::containsAll);
        JsonObject description = description(library);
        AtomicOutput.folder(folder, part -> {
            try (OutputStream out = Files.newOutputStream(part.resolve(WEIGHTS));
                    InputStream program = Objects.requireNonNull(TimmExport.class.getResourceAsStream(PROGRAM))) {
                model.writeWeights(TimmExport::nameInFile, out);
                Files.copy(program, part.resolve(PROGRAM));
            }
            Files.writeString(part.resolve(LABELS), ExportJson.text(description));
        });
    }

    /** Backbones bear the names of their library already. */
    private static String nameInFile(String name) {
        return name.startsWith(BACKBONE) ? name.substring(BACKBONE.length()) : name;
    }

    private String library() {
        String name = model.backboneName();
        String library = LIBRARIES.get(name);
        if (library == null || !model.network().equals(Backbones.byName(name).network())) {
            throw new IllegalArgumentException("neither torchvision nor timm has the network of backbone '"
                    + Excerpt.of(name) + "'; those of " + backbones()
                    + " can be written for them. For others there is TorchScriptExport, which Python loads too");
        }
        return library;
    }

    private JsonObject description(String library) {
        JsonObject json = ExportJson.of(model, FORMAT);
        json.addProperty("library", library);
        JsonArray heads = json.getAsJsonArray("heads");
        for (int i = 0; i < heads.size(); i++) {
            JsonObject head = heads.get(i).getAsJsonObject();
            HeadLayers layers =
                    model.headLayers().getOrDefault(model.heads().get(i).name(), HeadLayers.linear());
            layers.hidden().ifPresent(units -> head.addProperty("hidden", units));
        }
        return json;
    }
}
