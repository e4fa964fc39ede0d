package io.github.multilabel.model.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the few operations of Python's pickle, protocol 2, of which PyTorch makes objects and arrays. */
final class PickleOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PickleOutput() {
        operations("\u0080\u0002");
    }

    /** Operations without arguments, as Python's pickletools call them, or the bytes of others. */
    PickleOutput operations(String codes) {
        bytes.writeBytes(codes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** A class or a function of a module. */
    PickleOutput global(String module, String name) {
        return operations("c" + module + "\n" + name + "\n");
    }

    PickleOutput text(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        operations("X").bytesOf(content.length);
        bytes.writeBytes(content);
        return this;
    }

    PickleOutput number(long number) {
        return operations("J").bytesOf(Math.toIntExact(number));
    }

    PickleOutput truth(boolean truth) {
        return operations(truth ? "\u0088" : "\u0089");
    }

    /** A tuple of numbers. */
    PickleOutput numbers(long... numbers) {
        operations("(");
        for (long number : numbers) {
            number(number);
        }
        return operations("t");
    }

    private PickleOutput bytesOf(int number) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
        return this;
    }

    /** All that was written. */
    byte[] end() {
        operations(".");
        return bytes.toByteArray();
    }
}
