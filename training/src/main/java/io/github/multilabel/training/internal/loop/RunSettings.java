package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import io.github.multilabel.training.internal.settings.Fingerprint;
import io.github.multilabel.training.internal.settings.Fingerprint.Entry;
import io.github.multilabel.training.internal.settings.Fingerprint.Kind;
import io.github.multilabel.training.internal.settings.ModelSettings;
import io.github.multilabel.training.internal.settings.SavedText;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * Everything that decides the numbers of a training, as texts and as fingerprints of the images, so that a training
 * that is resumed can be compared with the one that was interrupted.
 */
final class RunSettings {

    private static final Logger LOG = TrainingLog.LOG;

    /** An earlier release can compare no other fingerprint of the images. */
    private static final String NAMES = "names and labels of the training images";

    private static final String OTHER_NUMBERS =
            ": from here on the numbers are not those of a training without interruption";

    private static final String OTHER_DIGITS = ": the numbers may differ in the last digits from here on";

    private final Fingerprint options;
    private final Fingerprint all;
    /** Computed once: every checkpoint has it, and it reads all names and labels. */
    private final String namesAndLabels;

    private final DataFingerprint training;
    private final Optional<DataFingerprint> validation;

    /**
     * Joins the fingerprints.
     *
     * @param settings for the data at hand
     * @param model what the made model has of its own
     */
    RunSettings(
            TrainingSettings settings,
            Fingerprint model,
            DataFingerprint training,
            Optional<DataFingerprint> validation) {
        this.training = training;
        namesAndLabels = training.namesAndLabels();
        this.validation = validation;
        options = settings.fingerprint();
        all = options.and(model)
                .and(training.settings())
                .and(validation.map(DataFingerprint::settings).orElse(Fingerprint.nothing()))
                .and(Environment.fingerprint());
    }

    /** The texts as checkpoints have them. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        written().forEach(entry -> json.addProperty(entry.key(), entry.text()));
        json.addProperty(NAMES, namesAndLabels);
        return json;
    }

    private List<Entry> written() {
        return all.entries().stream()
                .filter(entry -> entry.kind() != Kind.IRRELEVANT)
                .toList();
    }

    /** The fingerprints of the images by name; {@code made} owns them. */
    Map<String, NDArray> tensors(NDManager made) {
        Map<String, NDArray> tensors = new LinkedHashMap<>(training.tensors(made));
        validation.ifPresent(data -> tensors.putAll(data.tensors(made)));
        return tensors;
    }

    /**
     * Compares with a checkpoint; logs the differences that are allowed.
     *
     * @param manager for arrays that are needed meanwhile
     * @param lastCheck is made before anything is logged: what changes where a training goes on does not matter to one
     *     that does not
     * @throws IllegalArgumentException listing everything that must not differ and does
     */
    void requireResumable(SavedCheckpoint checkpoint, NDManager manager, Runnable lastCheck) throws IOException {
        JsonObject saved = checkpoint.description().getAsJsonObject(CheckpointKeys.SETTINGS);
        List<String> refused = new ArrayList<>(refused(saved));
        List<String> warned = new ArrayList<>(differences(Kind.FREE, saved));
        try (NDManager read = manager.newSubManager()) {
            Map<String, NDArray> rows = checkpoint.tensors(read, CheckpointKeys.DATA);
            Optional<RowDifferences> ofTraining = training.differences(rows);
            if (ofTraining.isEmpty()) {
                warned.addAll(differences(List.of(new Entry(NAMES, namesAndLabels, Kind.FREE)), saved));
            }
            Stream.of(ofTraining, validation.flatMap(data -> data.differences(rows)))
                    .flatMap(Optional::stream)
                    .forEach(found -> {
                        refused.addAll(found.refused());
                        warned.addAll(found.warned());
                        found.noted().forEach(LOG::info);
                    });
        }
        if (!refused.isEmpty()) {
            throw refusal(checkpoint, refused);
        }
        lastCheck.run();
        warnOfMissing(saved, checkpoint);
        if (checkpoint.description().get(CheckpointKeys.STEP).getAsLong() > 0) { // else all numbers are still to come
            warned.forEach(difference -> LOG.warn("{}{}", difference, OTHER_NUMBERS));
            differences(Kind.ROUNDING, saved).forEach(difference -> LOG.warn("{}{}", difference, OTHER_DIGITS));
        }
        differences(Kind.HARMLESS, saved).forEach(LOG::info);
    }

    private InvalidOptionsException refusal(SavedCheckpoint checkpoint, List<String> refused) {
        return new InvalidOptionsException("the training cannot go on from " + checkpoint.path()
                + ", these settings are not those that it was saved with:\n- " + String.join("\n- ", refused)
                + "\nSet them as they were, or start a new training with another folder in optCheckpoints. These may"
                + " change: "
                + options.entries().stream()
                        .filter(entry -> entry.kind() == Kind.FREE || entry.kind() == Kind.ROUNDING)
                        .map(Entry::label)
                        .collect(Collectors.joining(", ")));
    }

    private void warnOfMissing(JsonObject saved, SavedCheckpoint checkpoint) {
        String missing = written().stream()
                .filter(entry -> entry.kind() == Kind.COMPARED && !saved.has(entry.key()))
                .map(Entry::label)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            LOG.warn(
                    "{} was saved by an earlier release, which did not save these settings; make sure that they are as"
                            + " they were: {}",
                    checkpoint.path(),
                    missing);
        }
    }

    /** Weights that are others because the model is are not listed beside it. */
    private List<String> refused(JsonObject saved) {
        boolean otherModel = all.entries().stream()
                .filter(entry -> ModelSettings.DECIDE_WEIGHTS.contains(entry.key()))
                .anyMatch(entry -> differs(entry, saved));
        return differences(
                entries(Kind.COMPARED)
                        .filter(entry -> !(otherModel && entry.key().equals(ModelFingerprint.WEIGHTS)))
                        .toList(),
                saved);
    }

    private Stream<Entry> entries(Kind kind) {
        return all.entries().stream().filter(entry -> entry.kind() == kind);
    }

    private List<String> differences(Kind kind, JsonObject saved) {
        return differences(entries(kind).toList(), saved);
    }

    private static List<String> differences(List<Entry> entries, JsonObject saved) {
        return entries.stream()
                .filter(entry -> differs(entry, saved))
                .map(entry -> entry.label() + ": " + SavedText.readable(entry.text()) + " now, "
                        + SavedText.readable(before(entry, saved)) + " in the checkpoint")
                .toList();
    }

    private static boolean differs(Entry entry, JsonObject saved) {
        return !before(entry, saved).equals(entry.text());
    }

    /** The text of a checkpoint, or that of now if it has none. */
    private static String before(Entry entry, JsonObject saved) {
        JsonElement before = saved.get(entry.key());
        if (before != null) {
            return before.getAsString();
        }
        return entry.key().equals(Environment.RANDOM_NUMBERS) ? Environment.EARLIER_RANDOM_NUMBERS : entry.text();
    }
}
