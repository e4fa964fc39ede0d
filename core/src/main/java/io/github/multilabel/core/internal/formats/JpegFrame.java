package io.github.multilabel.core.internal.formats;

import java.util.Arrays;

/**
 * A JPEG's frame header (ITU-T T.81, B.2.2), with a record of which coefficients its scans have brought so far.
 *
 * @param width in pixels
 * @param height in pixels
 * @param progressive whether the coefficients come in several scans
 * @param ids the identifiers of the components
 * @param exact per component, a bit for each of the 64 coefficients that has arrived to its last digit
 */
@SuppressWarnings("ArrayRecordComponent")
record JpegFrame(int width, int height, boolean progressive, int[] ids, long[] exact) {

    private static final long ALL = -1;

    /**
     * Reads the header.
     *
     * @param start of the segment's content, behind its length
     */
    static JpegFrame parse(byte[] bytes, int start, boolean progressive) {
        int[] ids = new int[bytes[start + 5] & 0xff];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[start + 6 + 3 * i] & 0xff;
        }
        return new JpegFrame(
                JpegWalk.u16(bytes, start + 3), JpegWalk.u16(bytes, start + 1), progressive, ids, new long[ids.length]);
    }

    /**
     * Notes what a scan brings, from its header (B.2.3).
     *
     * @param start of the segment's content, behind its length
     */
    void scan(byte[] bytes, int start) {
        int components = bytes[start];
        int selection = start + 1 + 2 * components;
        long band = progressive ? band(bytes[selection], bytes[selection + 1]) : ALL;
        boolean last = !progressive || (bytes[selection + 2] & 0x0f) == 0;
        for (int i = 0; i < components && last; i++) {
            int id = bytes[start + 1 + 2 * i] & 0xff;
            for (int c = 0; c < ids.length; c++) {
                exact[c] |= ids[c] == id ? band : 0;
            }
        }
    }

    private static long band(int from, int to) {
        long upTo = to >= 63 ? ALL : (1L << to + 1) - 1;
        return upTo & ALL << from;
    }

    /** Whether the scans so far bring every coefficient in full. */
    boolean isComplete() {
        return Arrays.stream(exact).allMatch(coefficients -> coefficients == ALL);
    }
}
