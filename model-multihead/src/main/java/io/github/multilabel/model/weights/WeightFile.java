package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file of named arrays, whatever its format:
 *
 * <pre>{@code
 * try (WeightFile file = WeightFile.open(Path.of("resnet34.pth"))) {
 *     file.tensors().values().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>An open file has been checked and none of its values have been read. Use one instance from one thread, and close
 * it.
 */
public interface WeightFile extends AutoCloseable {

    /**
     * Opens a file by what it holds, whatever its name: safetensors, or what Python wrote with {@code torch.save}. Of a
     * checkpoint that keeps its state dictionary beside an epoch or an optimizer's state, under {@code state_dict},
     * {@code model_state_dict} or {@code model}, these are the tensors.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, is damaged, or is of no known format; the message names the file and
     *     what it seems to be
     */
    static WeightFile open(Path path) throws IOException {
        FirstBytes first = FirstBytes.of(path);
        if (first.isSafetensors()) { // first: the length of its header may look like the start of a pickle
            return Safetensors.open(path);
        }
        requireCheckpoint(path, first);
        return TorchCheckpoint.open(path);
    }

    /**
     * Opens a checkpoint that holds several state dictionaries, such as the weights and their moving average.
     *
     * @param entry the key of the one that is wanted, such as {@code state_dict_ema}
     * @throws NoSuchFileException if there is no such file
     * @throws IOException as {@link #open(Path)}; or if it has no such entry, then the message names those there are
     */
    static WeightFile open(Path path, String entry) throws IOException {
        FirstBytes first = FirstBytes.of(path);
        if (first.isSafetensors()) {
            throw new IOException("'" + path + "' is a safetensors file, which has no entries such as '" + entry
                    + "': its tensors are opened without naming one");
        }
        requireCheckpoint(path, first);
        return TorchCheckpoint.open(path, entry);
    }

    private static void requireCheckpoint(Path path, FirstBytes first) throws IOException {
        if (!first.isZip() && !first.isPickle()) {
            throw new IOException("'" + path + "' is not a weight file: it " + first.describe()
                    + ". Safetensors files and what torch.save writes (.pth, .pt) can be read");
        }
    }

    /** The file. */
    Path path();

    /** The tensors by name, in the order of the file. */
    Map<String, TensorInfo> tensors();

    /**
     * The description of one tensor.
     *
     * @throws IllegalArgumentException if there is no such tensor; the message names similar ones
     */
    default TensorInfo tensor(String name) {
        TensorInfo tensor = tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + Excerpt.of(name) + "' in '" + path() + "'; "
                    + NearMatches.thereAre(name, tensors().keySet()));
        }
        return tensor;
    }

    /**
     * Reads one tensor into memory of its own, dense and row by row, however it lies in the file.
     *
     * @param manager will own the array, on its device
     * @param name one of {@link #tensors()}
     * @return an array of the tensor's shape and {@link TensorType#arrayType()}, named {@code name}
     * @throws IllegalArgumentException if there is no such tensor
     * @throws IOException if it cannot be read, or has 2 GiB or more
     */
    NDArray read(NDManager manager, String name) throws IOException;

    /** Closes the file; arrays that were read stay valid. */
    @Override
    void close() throws IOException;
}
