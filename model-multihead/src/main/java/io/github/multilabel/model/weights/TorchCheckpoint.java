package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tensors of a state dictionary that Python wrote with {@code torch.save}, usually named {@code .pth} or
 * {@code .pt}: the zip format of PyTorch 1.6 and later, and the one before it.
 *
 * <pre>{@code
 * try (TorchCheckpoint file = TorchCheckpoint.open(path)) {
 *     NDArray weight = file.read(manager, "conv1.weight");
 * }
 * }</pre>
 *
 * <p>A checkpoint that keeps its state dictionary under {@code state_dict}, {@code model_state_dict} or {@code model},
 * beside an epoch or an optimizer's state, is entered by itself; another entry, such as {@code state_dict_ema}, must be
 * named. What is not a tensor is passed over.
 *
 * <p>Opening runs no code of the file: a pickle that names anything but tensors and plain containers is refused, with
 * the name. Opening reads no values either, and {@link #read} takes those of one tensor, whatever its strides.
 */
final class TorchCheckpoint implements WeightFile {

    private static final List<String> USUAL_ENTRIES = List.of("state_dict", "model_state_dict", "model");

    private final Path path;
    private final TorchContainer container;
    private final Map<String, TorchTensor> layouts = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final ValueBuffer buffer = new ValueBuffer();

    private TorchCheckpoint(Path path, TorchContainer container, Map<?, ?> dictionary) throws IOException {
        this.path = path;
        this.container = container;
        for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
            if (entry.getKey() instanceof String name && entry.getValue() instanceof TorchTensor tensor) {
                TensorInfo info = tensor.info(name);
                String key = tensor.storage().key();
                long bytes = container.bytes(key);
                if (info.end() > bytes) {
                    throw new IOException("tensor '" + Excerpt.of(name) + "' of type " + info.type() + " and shape "
                            + info.shape() + " ends at byte " + info.end() + " of storage '" + Excerpt.of(key)
                            + "', which has " + bytes);
                }
                layouts.put(name, tensor);
                tensors.put(name, info);
            }
        }
    }

    /**
     * Opens a file and checks that it holds all its tensors.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, is damaged or cut short, names a class that is not allowed, is a
     *     TorchScript model, or has no state dictionary; the message names the file and the cause
     */
    static TorchCheckpoint open(Path path) throws IOException {
        return open(path, TorchCheckpoint::usualEntry);
    }

    /**
     * Opens a file that holds several state dictionaries.
     *
     * @param entry the key of the one that is wanted, such as {@code state_dict_ema}
     * @throws NoSuchFileException if there is no such file
     * @throws IOException as {@link #open(Path)}, or if there is no such entry; the message names those there are
     */
    static TorchCheckpoint open(Path path, String entry) throws IOException {
        return open(path, content -> {
            if (content.get(entry) instanceof Map<?, ?> dictionary && hasTensors(dictionary)) {
                return dictionary;
            }
            throw new IOException("it has no state dictionary under '" + entry + "'; " + entries(content));
        });
    }

    @FunctionalInterface
    private interface Choice {
        Map<?, ?> from(Map<?, ?> content) throws IOException;
    }

    private static TorchCheckpoint open(Path path, Choice choice) throws IOException {
        FirstBytes first = FirstBytes.of(path);
        try {
            if (!first.isZip() && !first.isPickle()) {
                throw new IOException("it " + first.describe());
            }
            TorchContainer container = first.isZip() ? TorchArchive.open(path) : LegacyTorchFile.open(path);
            try {
                if (!(container.content() instanceof Map<?, ?> content)) {
                    throw new IOException("it holds no dictionary of tensors;"
                            + " save one in Python: torch.save(model.state_dict(), file)");
                }
                return new TorchCheckpoint(path, container, choice.from(content));
            } catch (IOException e) {
                container.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException("'" + path + "' cannot be read as a file of torch.save: " + e.getMessage(), e);
        }
    }

    private static Map<?, ?> usualEntry(Map<?, ?> content) throws IOException {
        for (String entry : USUAL_ENTRIES) {
            if (content.get(entry) instanceof Map<?, ?> dictionary && hasTensors(dictionary)) {
                return dictionary;
            }
        }
        if (hasTensors(content)) {
            return content;
        }
        throw new IOException(
                "it has no tensors at its top, nor under one of " + USUAL_ENTRIES + "; " + entries(content));
    }

    private static boolean hasTensors(Map<?, ?> dictionary) {
        return dictionary.values().stream().anyMatch(TorchTensor.class::isInstance);
    }

    private static String entries(Map<?, ?> content) {
        Map<Object, Boolean> walked = new IdentityHashMap<>(); // a hostile file has the same dictionary many times
        List<String> names = content.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof String
                        && entry.getValue() instanceof Map<?, ?> dictionary
                        && walked.computeIfAbsent(dictionary, any -> hasTensors(dictionary)))
                .map(entry -> entry.getKey().toString())
                .toList();
        return names.isEmpty()
                ? "no entry of it holds tensors"
                : "entries with tensors are " + Excerpt.of(names)
                        + ": name one: Backbone.pretrained(file, entry), or WeightFile.open(file, entry)";
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public NDArray read(NDManager manager, String name) throws IOException {
        TensorInfo info = tensor(name);
        TorchTensor layout = Objects.requireNonNull(layouts.get(name), name);
        try {
            if (layout.repeats()) {
                throw new IOException("its shape " + info.shape() + " repeats fewer values (an expanded view);"
                        + " call contiguous() before saving it");
            }
            return buffer.array(manager, info, values -> read(layout, info, values));
        } catch (IOException e) {
            throw new IOException(
                    "tensor '" + Excerpt.of(name) + "' of '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private void read(TorchTensor layout, TensorInfo info, ByteBuffer values) throws IOException {
        String key = layout.storage().key();
        if (layout.isDense() && container.byteOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
            container.read(key, info.begin(), values);
            return;
        }
        if (info.bytes() > Integer.MAX_VALUE) {
            throw new IOException("its values lie spread over " + info.bytes() + " bytes; less than 2 GiB can be read");
        }
        ByteBuffer spread = ByteBuffer.allocateDirect((int) info.bytes()).order(container.byteOrder());
        container.read(key, info.begin(), spread);
        layout.gather(spread, values);
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
