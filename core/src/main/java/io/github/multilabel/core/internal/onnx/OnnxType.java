package io.github.multilabel.core.internal.onnx;

/** The types of arrays that are used, with their numbers in {@code TensorProto.DataType}. */
public enum OnnxType {
    /** Numbers of 4 bytes. */
    FLOAT32(1),
    /** Bytes from 0 to 255. */
    UINT8(2),
    /** Bytes from -128 to 127. */
    INT8(3),
    /** Whole numbers of 4 bytes. */
    INT32(6),
    /** Whole numbers of 8 bytes, such as sizes and positions. */
    INT64(7);

    private final int number;

    OnnxType(int number) {
        this.number = number;
    }

    /** The number in files. */
    public int number() {
        return number;
    }
}
