package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.schedule.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.slf4j.Logger;

/**
 * The settings of a training as texts, so that one that goes on can be compared with the one that was interrupted. Keys
 * and texts are in checkpoints: they stay, whatever options, types and constants are called. A key that a checkpoint
 * lacks is only warned of, so one that is renamed is compared no more; with another text, trainings of earlier releases
 * cannot be gone on with.
 */
final class RunSettings {

    private static final Logger LOG = TrainingLog.LOG;

    private static final String PRECISION = "precision";

    /** Without these being equal, going on would be nonsense. */
    private final Map<String, String> essential = new LinkedHashMap<>();

    private final Map<String, String> free = new LinkedHashMap<>();

    /**
     * Describes a training.
     *
     * @param block is trained
     * @param weights of the model, by name
     * @param batches of an epoch
     */
    RunSettings(
            TrainingSettings settings,
            MultiHeadBlock block,
            Map<String, NDArray> weights,
            MonitorRule rule,
            MultiLabelDataset training,
            int batches) {
        essential.put("heads", heads(settings.heads()));
        essential.put("answered heads", settings.answered().names().toString());
        essential.put(
                "head layers", perHead(settings, head -> settings.headLayers().get(head.name())));
        essential.put("losses", perHead(settings, head -> settings.loss(head).describe()));
        essential.put("class weights", perHead(settings, head -> settings.classWeights()
                .get(head.name())));
        essential.put("balance", String.valueOf(settings.balance().describe()));
        essential.put(
                "mix", String.valueOf(settings.mix().map(BatchMix::describe).orElse("none")));
        essential.put("backbone", weights.size() + " arrays, " + shapes(weights));
        essential.put(
                "stochastic depth",
                block.backbone() instanceof NetworkBlock network
                        ? Double.toString(network.stochasticDepth())
                        : "of the backbone's own");
        essential.put("preprocessing", text(settings.preprocessing()));
        essential.put("seed", Long.toString(settings.seed()));
        essential.put("optimizer", settings.optimizer().toString());
        essential.put("average decay", text(settings.emaDecay()));
        essential.put("batches per step", Integer.toString(settings.gradientAccumulation()));
        essential.put("training images", Integer.toString(training.size()));
        essential.put("batches per epoch", Integer.toString(batches));
        essential.put("best epoch by", rule + (settings.restoreBestWeights() ? ", kept" : ", not kept"));
        free.put(
                "phases",
                settings.phases().stream().map(RunSettings::text).toList().toString());
        free.put(PRECISION, text(settings.precision()));
        free.put("gradient limit", Double.toString(settings.gradientClipNorm()));
        free.put("head weights", settings.headWeightsInOrder().toString());
        free.put("names and labels of the training images", names(training));
    }

    private static String heads(HeadSet heads) {
        return heads.stream()
                .map(head ->
                        head.name() + (head.kind() == Head.Kind.SINGLE_LABEL ? " " : " (any of) ") + head.categories())
                .toList()
                .toString();
    }

    /** What each head has of something, in order; heads without it are left out. */
    private static String perHead(TrainingSettings settings, Function<Head, Object> setting) {
        Map<String, Object> told = new LinkedHashMap<>();
        settings.heads().forEach(head -> told.put(head.name(), setting.apply(head)));
        told.values().removeIf(Objects::isNull);
        return told.toString();
    }

    static String text(Preprocessing preprocessing) {
        String fit =
                switch (preprocessing.cropMode()) {
                    case CENTER -> "CROP";
                    case SQUASH -> "SQUASH";
                };
        String interpolation =
                switch (preprocessing.interpolation()) {
                    case BILINEAR -> "BILINEAR";
                    case BICUBIC -> "BICUBIC";
                };
        return "Preprocessing[size=" + preprocessing.size() + ", cropRatio=" + preprocessing.cropPct() + ", fit="
                + fit + ", interpolation=" + interpolation + ", mean=" + preprocessing.mean() + ", std="
                + preprocessing.std() + "]";
    }

    /** Two schedules that are programs cannot be told apart. */
    static String text(Phase phase) {
        return phase + ", rate " + phase.learningRate().orElse(null) + ", of the backbone "
                + phase.backboneLearningRateFactor().orElse(null) + ", stage decay "
                + phase.layerDecay().orElse(null) + ", image sizes " + phase.imageSizes();
    }

    static String text(OptionalDouble number) {
        return number.isPresent() ? "OptionalDouble[" + number.getAsDouble() + "]" : "OptionalDouble.empty";
    }

    static String text(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> "FLOAT32";
            case BFLOAT16 -> "BFLOAT16";
            case FLOAT16 -> "FLOAT16";
            case AUTO -> "AUTO";
        };
    }

    private static String shapes(Map<String, NDArray> weights) {
        CRC32C crc = new CRC32C();
        weights.forEach((name, array) -> add(crc, name + array.getShape()));
        return "fingerprint " + Long.toHexString(crc.getValue());
    }

    private static String names(MultiLabelDataset data) {
        CRC32C crc = new CRC32C();
        for (int i = 0; i < data.size(); i++) {
            add(crc, data.source(i));
            for (Head head : data.heads()) {
                Labels labels = data.labels(i);
                add(
                        crc,
                        labels.isMissing(head.name())
                                ? "?"
                                : labels.indices(head.name()).toString());
            }
        }
        return "fingerprint " + Long.toHexString(crc.getValue());
    }

    private static void add(CRC32C crc, String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
    }

    /** That of a training whose {@link #json} was saved. */
    static Precision precision(JsonObject saved) {
        String text = saved.get(PRECISION).getAsString();
        return Arrays.stream(Precision.values())
                .filter(precision -> text(precision).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("precision '" + text + "' is not known"));
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        essential.forEach(json::addProperty);
        free.forEach(json::addProperty);
        return json;
    }

    /**
     * Compares with the settings in a checkpoint; logs what may differ.
     *
     * @param where for the message
     * @throws IllegalArgumentException listing everything that must not differ and does
     */
    void requireResumable(JsonObject saved, Object where) {
        essential.keySet().stream()
                .filter(name -> !saved.has(name))
                .forEach(name -> LOG.warn(
                        "{}: not in {}, which an earlier release saved; make sure that they are as they were",
                        name,
                        where));
        List<String> wrong = differences(essential, saved);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("the training cannot go on from " + where
                    + ", these settings are not those that it was saved with:\n- " + String.join("\n- ", wrong)
                    + "\nSet them as they were, or start a new training with another folder for its checkpoints");
        }
        differences(free, saved)
                .forEach(difference -> LOG.warn(
                        "{}: from here on the numbers are not those of a training without interruption", difference));
    }

    private static List<String> differences(Map<String, String> now, JsonObject saved) {
        List<String> differences = new ArrayList<>();
        now.forEach((name, value) -> {
            JsonElement before = saved.get(name);
            if (before != null && !before.getAsString().equals(value)) {
                differences.add(name + ": " + value + " now, " + before.getAsString() + " in the checkpoint");
            }
        });
        return differences;
    }
}
