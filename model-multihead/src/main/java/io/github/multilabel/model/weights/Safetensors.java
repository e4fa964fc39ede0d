package io.github.multilabel.model.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of named arrays in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format, as Python
 * writes and reads it: eight bytes with the length of a JSON header, the header, the values.
 *
 * <pre>{@code
 * Safetensors.write(out, Map.of("fc.bias", bias), Map.of("format", "pt"));
 * try (Safetensors file = Safetensors.open(path)) {
 *     NDArray bias = file.read(manager, "fc.bias");
 * }
 * }</pre>
 *
 * <p>Opening checks the whole header against the length of the file and reads no values; each {@link #read} takes those
 * of one tensor. Use one instance from one thread.
 */
public final class Safetensors implements WeightFile {

    /** The reference implementation's own bound. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final int LENGTH_BYTES = Long.BYTES;

    /** A buffer has fewer than 2 GiB. */
    private static final int MOST_MAPPED = 1 << 30;

    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final ValueBuffer buffer = new ValueBuffer();

    private Safetensors(Path path, FileChannel channel, SafetensorsHeader header, long dataStart) {
        this.path = path;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read or is not a whole, valid file of this format; the message names the
     *     file, the tensor and the cause: a header longer than the file, not JSON or with a key twice, an unknown type,
     *     a negative or overflowing shape, a range that does not fit the shape or the file, ranges that overlap or
     *     leave gaps, bytes that belong to no tensor
     */
    public static Safetensors open(Path path) throws IOException {
        FileChannel channel = FileBytes.open(path);
        try {
            long length = headerLength(channel);
            ByteBuffer json = ByteBuffer.allocate(Math.toIntExact(length));
            FileBytes.readFully(channel, json, LENGTH_BYTES);
            long dataStart = LENGTH_BYTES + length;
            SafetensorsHeader header = SafetensorsHeader.parse(json.flip(), channel.size() - dataStart);
            return new Safetensors(path, channel, header, dataStart);
        } catch (IOException e) {
            channel.close();
            throw new IOException("'" + path + "' is not a valid safetensors file: " + e.getMessage(), e);
        }
    }

    private static long headerLength(FileChannel channel) throws IOException {
        if (channel.size() < LENGTH_BYTES) {
            throw new IOException("it has " + channel.size() + " bytes, fewer than the " + LENGTH_BYTES
                    + " for the length of its header");
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FileBytes.readFully(channel, bytes, 0);
        long length = bytes.getLong(0);
        if (length < 0 || length > channel.size() - LENGTH_BYTES) {
            throw new IOException("its header should have " + Long.toUnsignedString(length) + " bytes, but only "
                    + (channel.size() - LENGTH_BYTES) + " follow: it was cut short, or is of another format");
        }
        if (length > LONGEST_HEADER) {
            throw new IOException("its header has " + length + " bytes; at most " + LONGEST_HEADER + " are accepted");
        }
        return length;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /** The texts that the writer added, such as {@code format}; empty if there are none. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public NDArray read(NDManager manager, String name) throws IOException {
        TensorInfo tensor = tensor(name);
        try {
            return buffer.array(
                    manager, tensor, values -> FileBytes.readFully(channel, values, dataStart + tensor.begin()));
        } catch (IOException e) {
            throw new IOException(
                    "tensor '" + Excerpt.of(name) + "' of '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Maps the values of a tensor into memory, read only: little-endian, in the order of the file. The mapping stays
     * when the file is closed, and needs the file to stay as it is.
     *
     * @param name of a tensor
     * @param rowBytes parts end at multiples of so many bytes, at least 1
     * @return one after the other, each of as many bytes as the first, but the last, which may have fewer
     * @throws IOException if it cannot be mapped
     * @throws IllegalArgumentException if the file has no such tensor
     */
    public List<ByteBuffer> map(String name, int rowBytes) throws IOException {
        TensorInfo tensor = tensor(name);
        long partBytes = Math.max(1, MOST_MAPPED / rowBytes) * (long) rowBytes;
        List<ByteBuffer> parts = new ArrayList<>();
        for (long from = 0; from < tensor.bytes(); from += partBytes) {
            parts.add(channel.map(
                            FileChannel.MapMode.READ_ONLY,
                            dataStart + tensor.begin() + from,
                            Math.min(partBytes, tensor.bytes() - from))
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return parts;
    }

    /**
     * Writes a file as {@link #write(OutputStream, Map, Map)} does, of values that are no arrays.
     *
     * @param tensors of different names
     */
    public static void write(OutputStream out, List<TensorContent> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsWriter.write(out, tensors, metadata);
    }

    /**
     * Writes a file: the header padded so that the values start at a multiple of 8 bytes, the tensors by the size of
     * their values, largest first, then by name, as the reference implementation does. Equal input gives equal bytes.
     *
     * @param out takes the bytes; not closed. Write to {@link io.github.multilabel.core.internal.files.AtomicOutput} to
     *     replace a file safely
     * @param tensors by name; on any device, of any memory layout
     * @param metadata texts to keep with them, possibly none
     * @throws IllegalArgumentException if a name is {@code __metadata__}, or the type of an array has no counterpart in
     *     the format; nothing is written then
     * @throws IOException if it cannot be written
     */
    public static void write(OutputStream out, Map<String, NDArray> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsWriter.writeArrays(out, tensors, metadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
