package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.Shape;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.multilabel.core.internal.files.StrictJson;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a file, parsed strictly and checked against the bytes that follow it, before anything is allocated
 * for them.
 *
 * @param tensors by name, in the order of the header
 * @param metadata the texts under {@value #METADATA}
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";
    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /** Digits only: JSON's numbers also have signs, fractions and exponents, which Gson would round or accept. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,19}");

    /**
     * @param json the bytes of the header
     * @param dataBytes how many bytes follow it
     * @throws IOException what is wrong, with the tensor's name; the caller adds the file's
     */
    static SafetensorsHeader parse(ByteBuffer json, long dataBytes) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("its header is not UTF-8 text", e);
        }
        JsonReader reader;
        try {
            reader = StrictJson.reader(text);
        } catch (IOException e) {
            throw new IOException("its header is " + e.getMessage(), e);
        }
        try {
            SafetensorsHeader header = header(reader);
            expect(reader, JsonToken.END_DOCUMENT, "what follows its header");
            requireWhole(header.tensors.values(), dataBytes);
            return header;
        } catch (MalformedJsonException | EOFException e) {
            throw new IOException("its header is not valid JSON at " + Excerpt.of(reader.getPath()), e);
        }
    }

    private static SafetensorsHeader header(JsonReader reader) throws IOException {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = null;
        expect(reader, JsonToken.BEGIN_OBJECT, "its header");
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (tensors.containsKey(name) || name.equals(METADATA) && metadata != null) {
                throw new IOException("'" + Excerpt.of(name) + "' appears twice in its header");
            }
            if (name.equals(METADATA)) {
                metadata = metadata(reader);
            } else {
                tensors.put(name, tensor(reader, name));
            }
        }
        reader.endObject();
        return new SafetensorsHeader(
                Collections.unmodifiableMap(tensors),
                metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
    }

    private static Map<String, String> metadata(JsonReader reader) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        expect(reader, JsonToken.BEGIN_OBJECT, METADATA);
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            expect(reader, JsonToken.STRING, METADATA + " '" + Excerpt.of(key) + "'");
            if (metadata.put(key, reader.nextString()) != null) {
                throw new IOException(METADATA + " '" + Excerpt.of(key) + "' appears twice");
            }
        }
        reader.endObject();
        return metadata;
    }

    private static TensorInfo tensor(JsonReader reader, String name) throws IOException {
        String what = "tensor '" + Excerpt.of(name) + "'";
        @Nullable String type = null;
        @Nullable List<Long> shape = null;
        @Nullable List<Long> offsets = null;
        expect(reader, JsonToken.BEGIN_OBJECT, what);
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            @Nullable
            Object before =
                    switch (key) {
                        case TYPE -> {
                            expect(reader, JsonToken.STRING, what + " " + TYPE);
                            Object old = type;
                            type = reader.nextString();
                            yield old;
                        }
                        case SHAPE -> {
                            Object old = shape;
                            shape = sizes(reader, what + " " + SHAPE);
                            yield old;
                        }
                        case OFFSETS -> {
                            Object old = offsets;
                            offsets = sizes(reader, what + " " + OFFSETS);
                            yield old;
                        }
                        default ->
                            throw new IOException(what + " has an unknown entry '" + Excerpt.of(key) + "'; known are "
                                    + List.of(TYPE, SHAPE, OFFSETS));
                    };
            if (before != null) {
                throw new IOException(what + " has '" + key + "' twice");
            }
        }
        reader.endObject();
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new IOException(what + " needs " + TYPE + ", " + SHAPE + " and two " + OFFSETS + ", got "
                    + Excerpt.of(type) + ", " + shape + ", " + offsets);
        }
        return tensor(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static TensorInfo tensor(String name, String typeName, List<Long> shape, long begin, long end)
            throws IOException {
        TensorType type = Arrays.stream(TensorType.values())
                .filter(known -> known.name().equals(typeName))
                .findFirst()
                .orElseThrow(() -> new IOException("tensor '" + Excerpt.of(name) + "' has the type '"
                        + Excerpt.of(typeName) + "', which is not one of " + Arrays.toString(TensorType.values())));
        long bytes = type.bytes();
        long bytesIfNoneWereZero = type.bytes();
        try {
            for (long size : shape) {
                bytesIfNoneWereZero = Math.multiplyExact(bytesIfNoneWereZero, Math.max(size, 1));
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new IOException(
                    "tensor '" + Excerpt.of(name) + "' has the shape " + shape + ", which is more than any file", e);
        }
        if (end < begin || end - begin != bytes) {
            throw new IOException("tensor '" + Excerpt.of(name) + "' of type " + type + " and shape " + shape
                    + " needs " + bytes + " bytes, but its range [" + begin + ", " + end + ") has " + (end - begin));
        }
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        return new TensorInfo(name, type, new Shape(sizes), begin, end);
    }

    private static List<Long> sizes(JsonReader reader, String what) throws IOException {
        List<Long> sizes = new ArrayList<>();
        expect(reader, JsonToken.BEGIN_ARRAY, what);
        reader.beginArray();
        while (reader.hasNext()) {
            if (sizes.size() == TorchTensor.MOST_DIMENSIONS) {
                throw new IOException(what + " has more than " + sizes.size() + " numbers");
            }
            expect(reader, JsonToken.NUMBER, what);
            String number = reader.nextString();
            try {
                if (!SIZE.matcher(number).matches()) {
                    throw new NumberFormatException("not a whole number from 0");
                }
                sizes.add(Long.parseLong(number));
            } catch (NumberFormatException e) {
                throw new IOException(
                        what + " holds " + Excerpt.of(number) + "; whole numbers from 0 to 2^63-1 are accepted", e);
            }
        }
        reader.endArray();
        return sizes;
    }

    private static void expect(JsonReader reader, JsonToken wanted, String what) throws IOException {
        JsonToken found = reader.peek();
        if (found != wanted) {
            throw new IOException(what + " must be a JSON " + wanted + ", got " + found);
        }
    }

    /** Every byte of the data belongs to exactly one tensor. */
    private static void requireWhole(Collection<TensorInfo> tensors, long dataBytes) throws IOException {
        List<TensorInfo> inFileOrder = tensors.stream()
                .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                .toList();
        long covered = 0;
        String last = "the header";
        for (TensorInfo tensor : inFileOrder) {
            String what = "tensor '" + Excerpt.of(tensor.name()) + "'";
            if (tensor.begin() != covered) {
                throw new IOException(what + " starts at byte " + tensor.begin() + " of the data, but " + last
                        + " ends at " + covered
                        + (tensor.begin() < covered ? ": they overlap" : ": there is a gap between them"));
            }
            if (tensor.end() > dataBytes) {
                throw new IOException(what + " ends at byte " + tensor.end() + " of the data, but the file holds only "
                        + dataBytes + ": it was cut short, or its header is wrong");
            }
            covered = tensor.end();
            last = what;
        }
        if (covered != dataBytes) {
            throw new IOException((dataBytes - covered) + " bytes follow " + last + ", and no tensor claims them");
        }
    }
}
