package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import io.github.multilabel.core.files.AtomicOutput;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The two files of a saved model. */
record ModelFolder(Path path) {

    static final String DESCRIPTION = "model.json";
    static final String WEIGHTS = "weights.safetensors";

    private static final int SHOWN = 5;

    /**
     * Writes a model in place of an earlier one, or where there is nothing.
     *
     * @throws IOException if it cannot be written, or the folder holds anything but a model; it is then as it was
     */
    void write(ModelDescription description, AtomicOutput.Content weights) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path; // a link stays a link
        AtomicOutput.recover(target);
        requireReplaceable(target);
        AtomicOutput.folder(target, folder -> {
            AtomicOutput.file(
                    folder.resolve(DESCRIPTION),
                    out -> out.write(description.toJson().getBytes(StandardCharsets.UTF_8)));
            AtomicOutput.file(folder.resolve(WEIGHTS), weights);
        });
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
        boolean isModel = List.of(DESCRIPTION, WEIGHTS).containsAll(names)
                && names.contains(DESCRIPTION)
                && ModelDescription.isOne(Files.readString(target.resolve(DESCRIPTION)));
        if (!names.isEmpty() && !isModel) {
            throw new IOException("folder '" + target + "' is not replaced, because it holds what is not a model: "
                    + names.stream().limit(SHOWN).toList() + (names.size() > SHOWN ? ", ..." : "")
                    + "; choose another folder, or empty it");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * @throws NoSuchFileException if there is no such folder
     * @throws MalformedModelException if it does not hold the description of a model that this release reads
     */
    ModelDescription description() throws IOException, MalformedModelException {
        AtomicOutput.recover(path);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such model folder");
        }
        if (!Files.isDirectory(path)) {
            throw new MalformedModelException(
                    "'" + path + "' is a file; a model is a folder with " + DESCRIPTION + " and " + WEIGHTS);
        }
        Path description = file(DESCRIPTION);
        try {
            return ModelDescription.parse(Files.readString(description));
        } catch (MalformedModelException e) {
            throw malformed(DESCRIPTION + ": " + e.getMessage(), e);
        } catch (MalformedInputException e) {
            throw malformed(DESCRIPTION + " is not UTF-8 text", e);
        }
    }

    Safetensors openWeights() throws IOException, MalformedModelException {
        return Safetensors.open(file(WEIGHTS));
    }

    MalformedModelException malformed(String what, Throwable cause) {
        return new MalformedModelException("model folder '" + path + "': " + what, cause);
    }

    private Path file(String name) throws IOException, MalformedModelException {
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw malformed("it has no file " + name + "; it holds " + names(path), null);
        }
        return file;
    }
}
