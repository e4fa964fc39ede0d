package io.github.multilabel.core.internal.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The tags of the first image of a TIFF (TIFF 6.0, section 2), all of whose values are in the file.
 *
 * @param view of the file, in its byte order
 * @param entries where each tag's entry lies
 */
record TiffTags(ByteBuffer view, Map<Integer, Integer> entries) {

    private static final int ENTRY = 12;
    /** Behind the entries, where the next image's tags lie. */
    private static final int NEXT = 4;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int FRACTION = 5;
    /** Bytes per value of each type, from 1 on. */
    private static final int[] LENGTHS = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    static TiffTags read(byte[] bytes) throws Defect {
        ByteBuffer view =
                ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long start = view.getInt(4) & 0xffffffffL;
        if (start + 2 > bytes.length) {
            throw Defect.truncated(ImageFormat.TIFF, "the list of its tags is not there");
        }
        int count = view.getShort((int) start) & 0xffff;
        if (start + 2 + (long) count * ENTRY + NEXT > bytes.length) {
            throw Defect.truncated(ImageFormat.TIFF, "it ends within the list of its tags");
        }
        Map<Integer, Integer> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int at = (int) start + 2 + i * ENTRY;
            int tag = view.getShort(at) & 0xffff;
            long end = length(view, at) <= 4 ? 0 : (view.getInt(at + 8) & 0xffffffffL) + length(view, at);
            if (end > bytes.length) {
                throw Defect.truncated(ImageFormat.TIFF, "it ends before the values of its tag " + tag);
            }
            entries.put(tag, at);
        }
        return new TiffTags(view, entries);
    }

    private static long length(ByteBuffer view, int at) {
        int type = view.getShort(at + 2);
        return type < 1 || type > LENGTHS.length ? 0 : LENGTHS[type - 1] * (view.getInt(at + 4) & 0xffffffffL);
    }

    /** Where the list of the tags lies. */
    long start() {
        return view.getInt(4) & 0xffffffffL;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The whole numbers of a tag; none if it is not there or has others. */
    long[] numbers(int tag) {
        Integer at = entries.get(tag);
        if (at == null) {
            return new long[0];
        }
        int type = view.getShort(at + 2);
        if (type != SHORT && type != LONG) {
            return new long[0];
        }
        int values = length(view, at) <= 4 ? at + 8 : view.getInt(at + 8);
        long[] numbers = new long[view.getInt(at + 4)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    type == SHORT ? view.getShort(values + 2 * i) & 0xffff : view.getInt(values + 4 * i) & 0xffffffffL;
        }
        return numbers;
    }

    /** The fractions of a tag; none if it is not there or has others. */
    double[] fractions(int tag) {
        Integer at = entries.get(tag);
        if (at == null || view.getShort(at + 2) != FRACTION) {
            return new double[0];
        }
        double[] fractions = new double[view.getInt(at + 4)];
        for (int i = 0; i < fractions.length; i++) {
            int entry = view.getInt(at + 8) + 8 * i;
            fractions[i] = (view.getInt(entry) & 0xffffffffL) / (double) (view.getInt(entry + 4) & 0xffffffffL);
        }
        return fractions;
    }

    /** The only number of a tag, or -1. */
    long number(int tag) {
        long[] numbers = numbers(tag);
        return numbers.length == 1 ? numbers[0] : -1;
    }

    /** The bytes of a tag of undefined type; none if it is not there. */
    byte[] content(int tag) {
        Integer at = entries.get(tag);
        if (at == null) {
            return new byte[0];
        }
        int length = (int) length(view, at);
        int values = length <= 4 ? at + 8 : view.getInt(at + 8);
        return Arrays.copyOfRange(view.array(), values, values + length);
    }

    /** The only number of a tag, or another one if there is no such tag. */
    long number(int tag, long otherwise) {
        return has(tag) ? number(tag) : otherwise;
    }
}
