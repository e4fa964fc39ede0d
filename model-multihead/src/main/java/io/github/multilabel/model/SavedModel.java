package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the folder of a saved model says of the model. It is read without PyTorch and without the values of the weights,
 * in milliseconds; {@link MultiLabelModel#load} gives the model itself.
 *
 * @param folder of the model
 * @param heads in order
 * @param backbone its name
 * @param hasNetwork whether the folder describes the backbone; otherwise it is a block of an application, without which
 *     the model cannot be loaded
 * @param preprocessing of every image
 * @param testTimeFlip whether predictors average over mirror images
 * @param answers a line for each way in which heads answer beyond each for itself: together, or with what they are sure
 *     of
 * @param card what people should know of it; empty if there is no card, or none that can be read
 * @param format the number of the format of the folder
 * @param createdWith the versions of the programs that saved it, by name, such as {@code multilabel}
 * @param parameters the number of values that can be trained
 * @param bytes of the file with the weights
 */
public record SavedModel(
        Path folder,
        HeadSet heads,
        String backbone,
        boolean hasNetwork,
        Preprocessing preprocessing,
        boolean testTimeFlip,
        List<String> answers,
        Optional<ModelCard> card,
        int format,
        Map<String, String> createdWith,
        long parameters,
        long bytes) {

    /** Copies the list and the map. */
    public SavedModel {
        answers = List.copyOf(answers);
        createdWith = Collections.unmodifiableMap(new LinkedHashMap<>(createdWith));
    }

    /** Whether a folder looks like that of a saved model, whole or damaged. */
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(ModelFolder.DESCRIPTION));
    }

    /**
     * Reads the description, and the names and shapes of the weights.
     *
     * @throws MalformedModelException if the folder is not that of a model that this release reads, or its description
     *     or the header of its weights is damaged
     * @throws IOException if it cannot be read
     */
    public static SavedModel read(Path folder) throws IOException, MalformedModelException {
        ModelFolder files = new ModelFolder(folder);
        ModelDescription description = files.read().description();
        JsonFields json = JsonFields.parse(Files.readString(folder.resolve(ModelFolder.DESCRIPTION)));
        try (Safetensors weights = files.openWeights()) {
            return new SavedModel(
                    folder,
                    description.heads(),
                    description.backboneName(),
                    description.network().isPresent(),
                    description.preprocessing(),
                    description.flip(),
                    description.answering().lines(),
                    files.card(),
                    json.whole("formatVersion"),
                    versions(json),
                    weights.tensors().entrySet().stream()
                            .filter(tensor -> !tensor.getKey().matches(".*\\.running_(mean|var)")
                                    && !UsualWeights.NAMES.contains(tensor.getKey()))
                            .mapToLong(tensor -> size(tensor.getValue().shape()))
                            .sum(),
                    Files.size(weights.path()));
        }
    }

    private static long size(Shape shape) {
        return shape.dimension() == 0 ? 1 : shape.size();
    }

    private static Map<String, String> versions(JsonFields json) {
        Map<String, String> versions = new LinkedHashMap<>();
        if (json.has("createdWith")) {
            JsonFields written = json.object("createdWith");
            written.json().keySet().forEach(name -> versions.put(name, written.text(name)));
        }
        return versions;
    }

    /**
     * Compares the weights with the checksum in the description, which takes as long as reading the file.
     *
     * @return whether they are those that were saved; empty if the model is of a format without checksums, before 3
     * @throws MalformedModelException as {@link #read} does
     * @throws IOException if the file cannot be read
     */
    public Optional<Boolean> isWhole() throws IOException, MalformedModelException {
        ModelFolder files = new ModelFolder(folder);
        ModelFolder.Contents contents = files.read();
        if (contents.checksums().isEmpty()) {
            return Optional.empty();
        }
        try (Safetensors weights = files.openWeights()) {
            return Optional.of(files.areSaved(weights, contents));
        }
    }
}
