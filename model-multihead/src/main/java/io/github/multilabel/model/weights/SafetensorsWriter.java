package io.github.multilabel.model.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays tensors out and writes them one after the other, holding the values of one at a time. */
final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private SafetensorsWriter() {}

    static void writeArrays(OutputStream out, Map<String, NDArray> arrays, Map<String, String> metadata)
            throws IOException {
        write(
                out,
                arrays.entrySet().stream()
                        .map(entry -> content(entry.getKey(), entry.getValue()))
                        .toList(),
                metadata);
    }

    static void write(OutputStream out, List<TensorContent> contents, Map<String, String> metadata) throws IOException {
        // values of decreasing size need no padding between them to be aligned
        List<TensorContent> tensors = contents.stream()
                .sorted(Comparator.comparing(
                                (TensorContent tensor) -> -tensor.type().bytes())
                        .thenComparing(TensorContent::name))
                .toList();
        byte[] header = JSON.toJson(header(tensors, metadata)).getBytes(StandardCharsets.UTF_8);
        int padding = (ALIGNMENT - header.length % ALIGNMENT) % ALIGNMENT;
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(0, header.length + padding);
        out.write(start.array());
        out.write(header);
        out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        WritableByteChannel channel = Channels.newChannel(out);
        for (TensorContent tensor : tensors) {
            tensor.values().writeTo(channel);
        }
    }

    private static TensorContent content(String name, NDArray array) {
        return new TensorContent(name, TensorType.of(array.getDataType()), array.getShape(), channel -> {
            // a handle of its own, so that a copy from another device does not stay with the array's manager
            try (NDArray values = array.toDevice(Device.cpu(), true)) {
                channel.write(values.toByteBuffer());
            }
        });
    }

    private static JsonObject header(List<TensorContent> tensors, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        if (!metadata.isEmpty()) {
            header.add(SafetensorsHeader.METADATA, JSON.toJsonTree(new TreeMap<>(metadata)));
        }
        long offset = 0;
        for (TensorContent tensor : tensors) {
            JsonArray shape = new JsonArray();
            for (long size : tensor.shape().getShape()) {
                shape.add(size);
            }
            long end = offset + tensor.shape().size() * tensor.type().bytes();
            JsonArray offsets = new JsonArray();
            offsets.add(offset);
            offsets.add(end);
            JsonObject entry = new JsonObject();
            entry.addProperty(SafetensorsHeader.TYPE, tensor.type().name());
            entry.add(SafetensorsHeader.SHAPE, shape);
            entry.add(SafetensorsHeader.OFFSETS, offsets);
            header.add(tensor.name(), entry);
            offset = end;
        }
        return header;
    }
}
