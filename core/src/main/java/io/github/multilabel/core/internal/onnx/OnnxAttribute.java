package io.github.multilabel.core.internal.onnx;

/** A setting of an operation. */
public final class OnnxAttribute {

    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private final Message message;

    private OnnxAttribute(String name, int type) {
        message = new Message().add(1, name).add(20, type);
    }

    /** A whole number. */
    public static OnnxAttribute of(String name, long value) {
        OnnxAttribute attribute = new OnnxAttribute(name, INT);
        attribute.message.add(3, value);
        return attribute;
    }

    /** A number. */
    public static OnnxAttribute of(String name, float value) {
        OnnxAttribute attribute = new OnnxAttribute(name, FLOAT);
        attribute.message.add(2, value);
        return attribute;
    }

    /** Several whole numbers. */
    public static OnnxAttribute ofAll(String name, long... values) {
        OnnxAttribute attribute = new OnnxAttribute(name, INTS);
        for (long value : values) {
            attribute.message.add(8, value); // not packed: the schema is of protobuf 2
        }
        return attribute;
    }

    Message message() {
        return message;
    }
}
