package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.card.ModelCardJson;
import io.github.multilabel.model.card.ModelCardText;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a saved model: two that it is made of, and two in which people read of it. */
record ModelFolder(Path path) {

    static final String DESCRIPTION = "model.json";
    /** A checkpoint of a training. */
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-[0-9]+");

    static final String WEIGHTS = "weights.safetensors";
    /** What people should know of the model. */
    private static final String CARD = "model-card.json";
    /** The same as a text, which nobody reads back. */
    private static final String CARD_TEXT = "MODEL_CARD.md";
    /** A note of people in it may be long, but not so long. */
    private static final long LONGEST_CARD = 1 << 26;

    private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
    /** The folder of the model in that of its training, which people name in its place. */
    private static final String OF_A_TRAINING = "model";
    /** The first of the models that a cross validation leaves. */
    private static final String OF_A_FOLD = "fold-1/model";

    /** More than ten times what a hundred thousand categories take. */
    private static final long LONGEST_DESCRIPTION = 1 << 26;

    /**
     * Writes a model in place of an earlier one, or where there is nothing.
     *
     * @param facts what stands in the text of the card, by name
     * @throws IOException if it cannot be written, or the folder holds anything but a model; it is then as it was
     */
    void write(
            ModelDescription description, ModelCard card, Map<String, String> facts, AtomicOutput.Content weights)
            throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path; // a link stays a link
        AtomicOutput.recover(target);
        requireReplaceable(target);
        AtomicOutput.folder(target, folder -> {
            Digest sum = new Digest(Digest.SHA_256);
            AtomicOutput.file(folder.resolve(WEIGHTS), out -> weights.writeTo(sum.passing(out)));
            String json = description.toJson(sum.hex());
            write(folder.resolve(DESCRIPTION), json);
            write(folder.resolve(CARD), ModelCardJson.write(card));
            write(folder.resolve(CARD_TEXT), ModelCardText.of(card, description.heads(), facts));
        });
    }

    private static void write(Path file, String text) throws IOException {
        AtomicOutput.file(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What people should know of the model; empty if it was saved without a card, or that cannot be read, which is no
     * reason not to load the model.
     */
    Optional<ModelCard> card() {
        Path file = path.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LONGEST_CARD) {
                throw new IllegalArgumentException("it has " + Files.size(file) + " bytes");
            }
            return Optional.of(ModelCardJson.read(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the model card '{}' is left out, since it cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    static void requireReplaceable(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "it is a file; a model is saved as a folder, choose another name");
        }
        List<String> names = names(target);
        boolean isModel = List.of(DESCRIPTION, WEIGHTS, CARD, CARD_TEXT).containsAll(names)
                && names.contains(DESCRIPTION)
                && isDescription(target.resolve(DESCRIPTION));
        if (!names.isEmpty() && !isModel) {
            throw new IOException("folder '" + target + "' is not replaced, because it holds what is not a model: "
                    + Excerpt.of(names) + "; choose another folder, or empty it");
        }
    }

    private static boolean isDescription(Path file) throws IOException {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= LONGEST_DESCRIPTION
                    && ModelDescription.isOne(Files.readString(file));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * What {@code model.json} says.
     *
     * @param checksums empty before format 3
     */
    record Contents(ModelDescription description, Optional<Checksums> checksums) {}

    /**
     * @throws NoSuchFileException if there is no such folder
     * @throws MalformedModelException if it does not hold the description of a model that this release reads, or not
     *     the one that was saved
     */
    Contents read() throws IOException, MalformedModelException {
        AtomicOutput.recover(path);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such model folder");
        }
        if (!Files.isDirectory(path)) {
            throw new MalformedModelException(
                    "'" + path + "' is a file; a model is a folder with " + DESCRIPTION + " and " + WEIGHTS);
        }
        Path description = file(DESCRIPTION);
        if (Files.size(description) > LONGEST_DESCRIPTION) {
            throw malformed(
                    DESCRIPTION + " has " + Files.size(description) + " bytes, too many for the description of a model",
                    null);
        }
        try {
            return ModelDescription.parse(Files.readString(description));
        } catch (MalformedModelException e) {
            throw malformed(DESCRIPTION + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw malformed(DESCRIPTION + " is not UTF-8 text", e);
        }
    }

    Safetensors openWeights() throws IOException, MalformedModelException {
        return Safetensors.open(file(WEIGHTS));
    }

    /**
     * Checks that the weights are those that were saved with the description.
     *
     * @throws MalformedModelException if they are not
     */
    void requireSaved(Safetensors weights, Contents contents) throws IOException, MalformedModelException {
        if (contents.checksums().isEmpty()) {
            return; // a model of before format 3
        }
        String expected = contents.checksums().get().weights();
        String found = checksum(weights);
        if (!found.equals(expected)) {
            throw new MalformedModelException(WEIGHTS + " is not the file that was saved with " + DESCRIPTION
                    + ": its SHA-256 is " + found + ", expected is " + Excerpt.of(expected)
                    + ". It is damaged, or belongs to another model: copy both files again from where they came from."
                    + " If it was changed on purpose, write the SHA-256 found into the checksums of " + DESCRIPTION);
        }
    }

    /** Whether the weights are those that were saved; nothing else is known of a model of before format 3. */
    boolean areSaved(Safetensors weights, Contents contents) throws IOException {
        return contents.checksums().isEmpty()
                || checksum(weights).equals(contents.checksums().get().weights());
    }

    private static String checksum(Safetensors weights) throws IOException {
        try (InputStream in = Files.newInputStream(weights.path())) {
            return new Digest(Digest.SHA_256).add(in).hex();
        }
    }

    MalformedModelException malformed(String what, @Nullable Throwable cause) {
        return new MalformedModelException("model folder '" + path + "': " + what, cause);
    }

    private Path file(String name) throws IOException, MalformedModelException {
        Path file = path.resolve(name);
        if (Files.isRegularFile(file)) {
            return file;
        }
        if (Files.isDirectory(file)) {
            throw malformed("its " + name + " is a folder", null);
        }
        if (Files.exists(file)) {
            throw malformed("its " + name + " is a device or a pipe, not a file", null);
        }
        if (Files.isSymbolicLink(file)) {
            throw malformed(
                    "its " + name + " is a link that leads nowhere: '" + Files.readSymbolicLink(file) + "'", null);
        }
        List<String> names = names(path);
        if (names.stream().anyMatch(each -> CHECKPOINT.matcher(each).matches())) {
            throw malformed(
                    "it is a folder of checkpoints, not a saved model. Resume their training to its end, and save its"
                            + " model with trainer.model().save(folder)",
                    null);
        }
        String meant = Stream.of(OF_A_TRAINING, OF_A_FOLD)
                .map(path::resolve)
                .filter(inside -> Files.exists(inside.resolve(name)))
                .findFirst()
                .map(inside -> "; did you mean '" + inside + "'?")
                .orElse("; name the folder that MultiLabelModel.save wrote");
        throw malformed("it has no file " + name + "; it holds " + Excerpt.of(names) + meant, null);
    }
}
