package io.github.multilabel.core.internal.onnx;

/** A setting of an operation. */
public final class OnnxAttribute {

    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private final String name;
    private final long whole;
    private final Message message;

    private OnnxAttribute(String name, int type, long whole) {
        this.name = name;
        this.whole = whole;
        message = new Message().add(1, name).add(20, type);
    }

    /** A whole number. */
    public static OnnxAttribute of(String name, long value) {
        OnnxAttribute attribute = new OnnxAttribute(name, INT, value);
        attribute.message.add(3, value);
        return attribute;
    }

    /** A number. */
    public static OnnxAttribute of(String name, float value) {
        OnnxAttribute attribute = new OnnxAttribute(name, FLOAT, 0);
        attribute.message.add(2, value);
        return attribute;
    }

    /** Several whole numbers. */
    public static OnnxAttribute ofAll(String name, long... values) {
        OnnxAttribute attribute = new OnnxAttribute(name, INTS, 0);
        for (long value : values) {
            attribute.message.add(8, value); // not packed: the schema is of protobuf 2
        }
        return attribute;
    }

    String name() {
        return name;
    }

    /** Its value if it is a whole number, otherwise 0. */
    long whole() {
        return whole;
    }

    Message message() {
        return message;
    }
}
