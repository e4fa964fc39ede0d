package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The number formats in weight files that this library reads. */
public enum TensorType {
    /** Floating point of 64 bits. */
    F64(DataType.FLOAT64, Double.BYTES),
    /** Floating point of 32 bits. */
    F32(DataType.FLOAT32, Float.BYTES),
    /** Floating point of 16 bits, 5 of them the exponent. */
    F16(DataType.FLOAT16, Short.BYTES),
    /** Read as FLOAT32 with the same value, because DJL has no arrays of bfloat16; never written. */
    BF16(DataType.FLOAT32, Short.BYTES),
    /** Integers of 64 bits. */
    I64(DataType.INT64, Long.BYTES),
    /** Integers of 32 bits. */
    I32(DataType.INT32, Integer.BYTES),
    /** Read as INT32 with the same value, because DJL has no arrays of 16-bit integers; never written. */
    I16(DataType.INT32, Short.BYTES),
    /** Integers of 8 bits. */
    I8(DataType.INT8, Byte.BYTES),
    /** Integers of 8 bits without a sign. */
    U8(DataType.UINT8, Byte.BYTES),
    /** True or false, one byte each. */
    BOOL(DataType.BOOLEAN, Byte.BYTES);

    private final DataType arrayType;
    private final int bytes;

    TensorType(DataType arrayType, int bytes) {
        this.arrayType = arrayType;
        this.bytes = bytes;
    }

    /** The data type of the array that is read. */
    public DataType arrayType() {
        return arrayType;
    }

    /** The size of one value in the file. */
    public int bytes() {
        return bytes;
    }

    /** Whether a value grows when it is read. */
    boolean isWidened() {
        return bytes != arrayType.getNumOfBytes();
    }

    /**
     * The format in which arrays of a type are written.
     *
     * @throws IllegalArgumentException if there is none
     */
    static TensorType of(DataType type) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.arrayType == type && !candidate.isWidened())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("arrays of type " + type.name()
                        + " cannot be written as safetensors; convert to one of "
                        + Arrays.stream(values())
                                .map(TensorType::arrayType)
                                .distinct()
                                .map(DataType::name)
                                .collect(Collectors.joining(", "))));
    }
}
