package io.github.multilabel.core.internal.onnx;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A program in the format ONNX: operations in the order in which they are computed, and the arrays that they read.
 * Values that it names itself begin with a slash, so that names of weights, inputs and outputs without one are free.
 * Weights must live until it is written.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
public final class OnnxGraph {

    /** The version of the operators, the newest that all usual runtimes have had for years. */
    private static final int OPSET = 17;

    /** The version of the format that came with it. */
    private static final int IR_VERSION = 8;

    /** Readers of protobuf take no longer messages. */
    private static final long LONGEST = Integer.MAX_VALUE;

    private final String name;
    private final List<OnnxNode> nodes = new ArrayList<>();
    /** The arrays by their names, in the order in which they are written. */
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();

    private final List<Message> inputs = new ArrayList<>();
    private final List<Message> outputs = new ArrayList<>();
    /** The names of constants by what they are: each stands in the file once. */
    private final Map<String, String> constants = new HashMap<>();

    private String scope = "";

    /** Writes the values of an array, little-endian. */
    @FunctionalInterface
    private interface Values {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /**
     * An array in the file.
     *
     * @param bytes of the values
     */
    private record Initializer(String name, OnnxType type, List<Long> shape, long bytes, Values values) {

        /** Up to the values. */
        Message start() {
            Message start = new Message();
            shape.forEach(length -> start.add(1, length));
            return start.add(2, type.number()).add(8, name).begin(9, bytes);
        }

        long length() {
            return start().length() + bytes;
        }
    }

    /** @param name of the program, which runtimes show */
    public OnnxGraph(String name) {
        this.name = name;
    }

    /** Sets how the names of the operations that follow begin, such as the name of a layer. */
    public void within(String part) {
        scope = "/" + part;
    }

    /**
     * Adds an operation.
     *
     * @param operator its name in opset 17
     * @param inputs the names of what it reads
     * @return the name of its result
     */
    public String node(String operator, List<String> inputs, OnnxAttribute... attributes) {
        return nodes(operator, inputs, 1, attributes).get(0);
    }

    /**
     * Adds an operation with several results.
     *
     * @param operator its name in opset 17
     * @param inputs the names of what it reads
     * @param results how many it has
     * @return the names of its results
     */
    public List<String> nodes(String operator, List<String> inputs, int results, OnnxAttribute... attributes) {
        String node = scope + "/" + operator + "_" + nodes.size();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add(results == 1 ? node : node + "_" + i);
        }
        nodes.add(new OnnxNode(node, operator, inputs, names, List.of(attributes)));
        return names;
    }

    /** Returns the operations in their order, those that name the outputs included. */
    public List<OnnxNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Returns a program of other operations with the same inputs and outputs, and of the arrays those that are read.
     *
     * @param others each after those whose results it reads; they may read arrays that are added afterwards
     */
    public OnnxGraph withNodes(List<OnnxNode> others) {
        OnnxGraph graph = new OnnxGraph(name);
        graph.nodes.addAll(others);
        graph.inputs.addAll(inputs);
        graph.outputs.addAll(outputs);
        Set<String> read =
                others.stream().flatMap(node -> node.inputs().stream()).collect(Collectors.toSet());
        initializers.forEach((array, initializer) -> {
            if (read.contains(array)) {
                graph.initializers.put(array, initializer);
            }
        });
        return graph;
    }

    /**
     * Makes values of the program its outputs, in place of its own; their types and shapes are for runtimes to find.
     */
    public OnnxGraph withOutputs(List<String> values) {
        OnnxGraph graph = withNodes(nodes);
        graph.outputs.clear();
        values.forEach(value -> graph.outputs.add(new Message().add(1, value).add(2, anyShape())));
        return graph;
    }

    private static Message anyShape() {
        return new Message().add(1, new Message().add(1, OnnxType.FLOAT32.number()));
    }

    /**
     * Adds what the program is given.
     *
     * @param axes a length or a name of each axis
     */
    public void input(String input, OnnxType type, Object... axes) {
        inputs.add(declaration(input, type, axes));
    }

    /**
     * Names what the program gives, as float32.
     *
     * @param value the name of the value in this graph
     * @param axes a length or a name of each axis
     */
    public void output(String output, String value, Object... axes) {
        nodes.add(new OnnxNode("/outputs/" + output, "Identity", List.of(value), List.of(output), List.of()));
        outputs.add(declaration(output, OnnxType.FLOAT32, axes));
    }

    private static Message declaration(String value, OnnxType type, Object... axes) {
        Message shape = new Message();
        for (Object axis : axes) {
            Message length = new Message();
            if (axis instanceof Number number) {
                length.add(1, number.longValue());
            } else {
                length.add(2, axis.toString());
            }
            shape.add(1, length);
        }
        Message tensor = new Message().add(1, type.number()).add(2, shape);
        return new Message().add(1, value).add(2, new Message().add(1, tensor));
    }

    /**
     * Adds an array of float32.
     *
     * @param weight its name, which no other has
     * @param array dense, on any device
     */
    public void weight(String weight, NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("weight '" + weight + "' is " + array.getDataType() + ", not float32");
        }
        long[] shape = array.getShape().getShape();
        put(weight, OnnxType.FLOAT32, shape, array.size() * Float.BYTES, channel -> {
            // a handle of its own, so that a copy from another device does not stay with the array's manager
            try (NDArray values = array.toDevice(Device.cpu(), true)) {
                channel.write(values.toByteBuffer());
            }
        });
    }

    /**
     * A constant array of float32.
     *
     * @param shape of which no length is unknown
     * @return its name
     */
    public String floats(float[] values, long... shape) {
        return constant(OnnxType.FLOAT32, shape, Arrays.toString(values), values.length * Float.BYTES, bytes -> {
            for (float value : values) {
                bytes.putFloat(value);
            }
        });
    }

    /** The name of a constant number. */
    public String scalar(float value) {
        return floats(new float[] {value});
    }

    /** The name of a constant vector of whole numbers, such as a shape. */
    public String longs(long... values) {
        return constant(
                OnnxType.INT64,
                new long[] {values.length},
                Arrays.toString(values),
                values.length * Long.BYTES,
                bytes -> {
                    for (long value : values) {
                        bytes.putLong(value);
                    }
                });
    }

    /** The name of a constant whole number. */
    public String position(long value) {
        return constant(OnnxType.INT64, new long[0], Long.toString(value), Long.BYTES, bytes -> bytes.putLong(value));
    }

    private String constant(OnnxType type, long[] shape, String content, int length, Consumer<ByteBuffer> fill) {
        return constants.computeIfAbsent(type + Arrays.toString(shape) + content, key -> {
            String constant = "/constant_" + constants.size();
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            fill.accept(bytes);
            put(constant, type, shape, length, channel -> channel.write(bytes.rewind()));
            return constant;
        });
    }

    /**
     * Adds an array of a type.
     *
     * @param array its name, which no other has
     * @param values little-endian, from the start of the buffer to its end
     * @return the name
     */
    public String array(String array, OnnxType type, ByteBuffer values, long... shape) {
        put(array, type, shape, values.capacity(), channel -> channel.write(values.clear()));
        return array;
    }

    private void put(String array, OnnxType type, long[] shape, long bytes, Values values) {
        List<Long> lengths = Arrays.stream(shape).boxed().toList();
        initializers.put(array, new Initializer(array, type, lengths, bytes, values));
    }

    /** Whether a name is that of an array, and not of something computed. */
    public boolean isArray(String value) {
        return initializers.containsKey(value);
    }

    /**
     * Returns the shape of an array.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public List<Long> shapeOf(String array) {
        return named(array).shape();
    }

    /**
     * Returns the values of an array of float32, row after row.
     *
     * @throws IllegalArgumentException if there is none of that name, or of another type
     */
    public float[] valuesOf(String array) {
        Initializer initializer = named(array);
        if (initializer.type() != OnnxType.FLOAT32) {
            throw new IllegalArgumentException("'" + array + "' is " + initializer.type() + ", not FLOAT32");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) initializer.bytes());
        try {
            initializer.values().writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        float[] values = new float[(int) (initializer.bytes() / Float.BYTES)];
        ByteBuffer.wrap(bytes.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private Initializer named(String array) {
        Initializer initializer = initializers.get(array);
        if (initializer == null) {
            throw new IllegalArgumentException("there is no array '" + array + "'");
        }
        return initializer;
    }

    /**
     * Writes the program as a file, array for array.
     *
     * @param producer who made it
     * @param version of the producer
     * @param metadata texts by name, for whoever reads the file
     * @throws IllegalArgumentException if the file would have 2 GiB or more, before anything is written
     * @throws IOException if it cannot be written
     */
    public void write(OutputStream out, String producer, String version, Map<String, String> metadata)
            throws IOException {
        Message start = new Message();
        nodes.forEach(node -> start.add(1, node.message()));
        start.add(2, name);
        Message end = new Message();
        inputs.forEach(input -> end.add(11, input));
        outputs.forEach(output -> end.add(12, output));
        long length = (long) start.length() + end.length();
        for (Initializer initializer : initializers.values()) {
            length += new Message().begin(5, initializer.length()).length() + initializer.length();
        }
        Message model = new Message()
                .add(1, IR_VERSION)
                .add(8, new Message().add(1, "").add(2, OPSET))
                .add(2, producer)
                .add(3, version);
        metadata.forEach((key, value) -> model.add(14, new Message().add(1, key).add(2, value)));
        model.begin(7, length);
        if (model.length() + length > LONGEST) {
            throw new IllegalArgumentException("as an ONNX file the model would have " + (model.length() + length)
                    + " bytes; files of this format have less than 2 GiB: take a smaller backbone");
        }
        model.writeTo(out);
        start.writeTo(out);
        WritableByteChannel channel = Channels.newChannel(out);
        for (Initializer initializer : initializers.values()) {
            new Message().begin(5, initializer.length()).writeTo(out);
            initializer.start().writeTo(out);
            initializer.values().writeTo(channel);
        }
        end.writeTo(out);
    }
}
