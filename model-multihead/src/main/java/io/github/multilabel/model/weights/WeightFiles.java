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
        FirstBytes first = FirstBytes.of(path);
        if (first.isSafetensors()) { // first: the length of its header may look like the start of a pickle
            return Safetensors.open(path);
        }
        if (first.isZip() || first.isPickle()) {
            return TorchCheckpoint.open(path);
        }
        throw new IOException("'" + path + "' is not a weight file: it " + first.describe()
                + ". Safetensors files and what torch.save writes (.pth, .pt) can be read");
    }
}
