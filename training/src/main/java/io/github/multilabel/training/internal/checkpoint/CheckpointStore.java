package io.github.multilabel.training.internal.checkpoint;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.files.AtomicOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of checkpoints, one folder each, named {@code checkpoint-00000120} after the steps that were made. The
 * newest two are kept: the older one is there in case the newest turns out to be damaged. A checkpoint gets its name
 * only when it is whole and on the disk, and an older one goes only after that; so a kill, a power cut or a full disk
 * at any moment leaves one that can be loaded.
 */
public final class CheckpointStore {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final String PREFIX = "checkpoint-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{8,18}");
    private static final Pattern LEFTOVER = Pattern.compile("\\." + PREFIX + "[0-9]{8,18}\\.(part|old|lock)");

    private final Path folder;
    private final UnaryOperator<OutputStream> disk;
    /** The last one that was written or found whole; null if there is none. */
    private @Nullable Path last;
    /** The one before, of another step; null if there is none. */
    private @Nullable Path previous;

    /** A store in a folder, which is made with the first checkpoint. */
    public CheckpointStore(Path folder) {
        this(folder, stream -> stream);
    }

    /** A store whose bytes go through a stream of the caller, such as one that fails. */
    CheckpointStore(Path folder, UnaryOperator<OutputStream> disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Where the checkpoints are. */
    public Path folder() {
        return folder;
    }

    /** Whether a file or folder of this name is a checkpoint. */
    public static boolean isCheckpoint(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether there is no checkpoint, whole or damaged. */
    public boolean isEmpty() throws IOException {
        return entries(NAME).isEmpty();
    }

    /**
     * Removes what an interrupted process left half-written, and puts back what it was about to replace.
     *
     * @throws IOException if it cannot be removed, or the folder is a file
     */
    public void removeLeftovers() throws IOException {
        for (Path leftover : entries(LEFTOVER)) {
            String name = leftover.getFileName().toString();
            AtomicOutput.recover(folder.resolve(name.substring(1, name.lastIndexOf('.'))));
            LOG.info("removing {}, which an earlier process did not finish", leftover);
            AtomicOutput.delete(leftover);
        }
    }

    /**
     * Writes a checkpoint, then removes all but this one and the one of another step that was written or found whole
     * before it.
     *
     * @param step how many steps were made; a checkpoint of the same number is replaced
     * @param description kept as {@code checkpoint.json}; its numbers must be finite
     * @param tensors kept as {@code state.safetensors}
     * @return the folder of the checkpoint
     * @throws IOException if it cannot be written; the earlier ones are as they were
     */
    public Path save(long step, JsonObject description, Map<String, NDArray> tensors) throws IOException {
        Path checkpoint = folder.resolve(PREFIX + String.format(Locale.ROOT, "%08d", step));
        AtomicOutput.folder(checkpoint, part -> CheckpointFiles.write(part, description, tensors, disk));
        force(folder);
        if (!checkpoint.equals(last)) {
            previous = last;
            last = checkpoint;
        }
        for (Path other : newestFirst()) {
            if (!other.equals(checkpoint) && !other.equals(previous)) {
                AtomicOutput.delete(other);
            }
        }
        return checkpoint;
    }

    /**
     * The newest checkpoint that is whole; those that are not are named in the log and passed over.
     *
     * @return to be closed by the caller; empty if there is no checkpoint at all
     * @throws IOException if there are checkpoints but none can be used, telling why of each
     */
    public Optional<SavedCheckpoint> newest() throws IOException {
        List<String> damaged = new ArrayList<>();
        List<Path> checkpoints = newestFirst();
        for (Path checkpoint : checkpoints) {
            try {
                SavedCheckpoint whole = SavedCheckpoint.open(checkpoint);
                if (!damaged.isEmpty()) {
                    LOG.warn("going back to the last whole checkpoint, {}", checkpoint);
                }
                last = checkpoint;
                previous = checkpoints.stream()
                        .skip(checkpoints.indexOf(checkpoint) + 1L)
                        .findFirst()
                        .orElse(null);
                return Optional.of(whole);
            } catch (IOException e) {
                LOG.warn("a checkpoint cannot be used: {}", e.getMessage());
                damaged.add(e.getMessage());
            }
        }
        if (!damaged.isEmpty()) {
            throw new IOException("none of the " + damaged.size() + " checkpoints in '" + folder
                    + "' can be used:\n- " + String.join("\n- ", damaged)
                    + "\nDelete the folder to start from the beginning");
        }
        return Optional.empty();
    }

    private List<Path> newestFirst() throws IOException {
        // one of another length is of another order of magnitude, so the length of the name comes first
        return entries(NAME).stream()
                .sorted(Comparator.comparingInt(
                                (Path path) -> path.getFileName().toString().length())
                        .thenComparing(path -> path.getFileName().toString())
                        .reversed())
                .toList();
    }

    private List<Path> entries(Pattern name) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (Files.exists(folder)) {
                throw new FileNotFoundException("'" + folder + "' is a file; checkpoints need a folder");
            }
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            path -> name.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** Brings the names of a folder to the disk, where the system can do that. */
    private static void force(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.debug("the names in {} cannot be forced to the disk here", folder, e); // Windows opens no folders
        }
    }
}
