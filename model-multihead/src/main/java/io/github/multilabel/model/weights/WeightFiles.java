package io.github.multilabel.model.weights;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens weight files of any known format.
 *
 * <pre>{@code
 * try (WeightFile file = WeightFiles.open(Path.of("resnet34.pth"))) {
 *     file.tensors().values().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class WeightFiles {

    private WeightFiles() {}

    /**
     * Opens a file by what it holds, whatever its name: {@link Safetensors} or {@link TorchCheckpoint}.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, is damaged, or is of no known format; the message names the file and
     *     what it seems to be
     */
    public static WeightFile open(Path path) throws IOException {
        return open(path, FirstBytes.of(path), () -> TorchCheckpoint.open(path));
    }

    /**
     * Opens a checkpoint that holds several state dictionaries, such as the weights and their moving average.
     *
     * @param entry the key of the one that is wanted, such as {@code state_dict_ema}
     * @throws NoSuchFileException if there is no such file
     * @throws IOException as {@link #open(Path)}; or if it has no such entry, then the message names those there are
     */
    public static WeightFile open(Path path, String entry) throws IOException {
        FirstBytes first = FirstBytes.of(path);
        if (first.isSafetensors()) {
            throw new IOException("'" + path + "' is a safetensors file, which has no entries such as '" + entry
                    + "': its tensors are opened without naming one");
        }
        return open(path, first, () -> TorchCheckpoint.open(path, entry));
    }

    /** How a file of torch.save is opened. */
    private interface Checkpoint {
        WeightFile open() throws IOException;
    }

    private static WeightFile open(Path path, FirstBytes first, Checkpoint checkpoint) throws IOException {
        if (first.isSafetensors()) { // first: the length of its header may look like the start of a pickle
            return Safetensors.open(path);
        }
        if (first.isZip() || first.isPickle()) {
            return checkpoint.open();
        }
        throw new IOException("'" + path + "' is not a weight file: it " + first.describe()
                + ". Safetensors files and what torch.save writes (.pth, .pt) can be read");
    }
}
