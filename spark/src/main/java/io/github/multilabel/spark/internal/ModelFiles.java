package io.github.multilabel.spark.internal;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.onnx.EnginePredictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The files of a model as bytes, as they travel from the driver to executors: those of a saved model's folder, or one
 * exported file. Immutable.
 */
public final class ModelFiles implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String OF_ONNX = ".onnx";

    /** Where Spark ML's folder of a model has the model itself, beside its parameters. */
    public static final String MODEL = "model";

    // plain arrays: what Spark serialises is read by Scala of either version, and by Kryo if that is set
    private final String[] names;
    private final byte[][] contents;
    private final String digest;

    private ModelFiles(List<Path> files) throws IOException {
        names = new String[files.size()];
        contents = new byte[files.size()][];
        StringBuilder sums = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            names[i] = files.get(i).getFileName().toString();
            contents[i] = Files.readAllBytes(files.get(i));
            sums.append(names[i]).append(' ').append(Digest.sha256(contents[i])).append('\n');
        }
        digest = Digest.sha256(sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A model with what it says.
     *
     * @param answers of its heads, and how
     * @param files it is made of
     */
    public record Described(ModelAnswers answers, ModelFiles files) {}

    /**
     * Reads the folder of a saved model, or an exported file.
     *
     * @throws IOException if it cannot be read, is damaged, or is neither
     */
    public static Described read(Path place) throws IOException {
        ModelAnswers answers = EnginePredictor.answers(place); // whole, or nothing is sent anywhere
        return new Described(answers, new ModelFiles(EnginePredictor.isFile(place) ? List.of(place) : filesOf(place)));
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** Such as the checksums that Hadoop writes beside local files. */
    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    /**
     * Reads a model from any of Hadoop's file systems.
     *
     * @param named the folder of a saved model, of one that Spark ML saved, or an exported file
     * @throws IOException if it cannot be read, is damaged, or is none of them
     */
    public static Described read(org.apache.hadoop.fs.Path named, Configuration hadoop) throws IOException {
        FileSystem system = named.getFileSystem(hadoop);
        org.apache.hadoop.fs.Path ofSpark = new org.apache.hadoop.fs.Path(named, MODEL);
        org.apache.hadoop.fs.Path place = system.exists(ofSpark) ? ofSpark : named;
        FileStatus found = system.getFileStatus(place);
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus file : found.isDirectory() ? system.listStatus(place) : new FileStatus[] {found}) {
            if (file.isFile() && !isHidden(file.getPath().getName())) {
                files.add(file);
            }
        }
        Path folder = Files.createTempDirectory("multilabel-spark");
        try {
            for (FileStatus file : files) {
                try (InputStream in = system.open(file.getPath())) {
                    Files.copy(in, folder.resolve(file.getPath().getName()));
                }
            }
            return read(found.isDirectory() ? placeIn(folder, files) : folder.resolve(place.getName()));
        } catch (IOException e) {
            throw new IOException(
                    "no model can be read from '" + Excerpt.inOneLine(place.toString()) + "': " + e.getMessage(), e);
        } finally {
            AtomicOutput.delete(folder);
        }
    }

    /** Whether a place is a model as such, rather than one that Spark ML saved; false if nothing is known of it. */
    public static boolean isModelAlone(org.apache.hadoop.fs.Path place, Configuration hadoop) {
        try {
            FileSystem system = place.getFileSystem(hadoop);
            return system.exists(place) && !system.exists(new org.apache.hadoop.fs.Path(place, "metadata"));
        } catch (IOException e) {
            return false; // whoever reads it will say why
        }
    }

    /** A folder with an exported file alone is as good as the file. */
    private static Path placeIn(Path folder, List<FileStatus> files) {
        return files.size() == 1 && files.get(0).getPath().getName().endsWith(OF_ONNX)
                ? folder.resolve(files.get(0).getPath().getName())
                : folder;
    }

    /** Whether it is an exported file, which has no backbone of its own. */
    public boolean isFile() {
        return names.length == 1 && names[0].endsWith(OF_ONNX);
    }

    /** The SHA-256 of names and contents. */
    public String digest() {
        return digest;
    }

    /** Writes the files into a folder of any of Hadoop's file systems; those that are there are replaced. */
    public void write(org.apache.hadoop.fs.Path folder, Configuration hadoop) throws IOException {
        FileSystem system = folder.getFileSystem(hadoop);
        for (int i = 0; i < names.length; i++) {
            try (OutputStream out = system.create(new org.apache.hadoop.fs.Path(folder, names[i]), true)) {
                out.write(contents[i]);
            }
        }
    }

    /** Makes something of the files while they lie in a temporary folder. */
    @FunctionalInterface
    public interface Use<T> {
        /** @param place the folder of a saved model, or an exported file; deleted afterwards */
        T of(Path place) throws IOException;
    }

    /** Unpacks the files, makes something of them, and deletes them. */
    public <T> T unpacked(Use<T> use) throws IOException {
        Path folder = Files.createTempDirectory("multilabel-spark");
        try {
            return use.of(unpackInto(folder));
        } finally {
            AtomicOutput.delete(folder);
        }
    }

    /**
     * Unpacks the files.
     *
     * @param folder that is empty
     * @return the folder, as that of a saved model, or the exported file in it
     */
    public Path unpackInto(Path folder) throws IOException {
        for (int i = 0; i < names.length; i++) {
            Files.write(folder.resolve(names[i]), contents[i]);
        }
        return isFile() ? folder.resolve(names[0]) : folder;
    }
}
