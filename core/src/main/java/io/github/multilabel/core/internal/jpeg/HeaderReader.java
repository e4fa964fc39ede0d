package io.github.multilabel.core.internal.jpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the segments before the coded data (ITU-T T.81, B.2). Each has to be as long as what it holds: the JDK's reader
 * refuses others, and what is refused as a whole must be in parts.
 */
final class HeaderReader {

    static final int END_MARKER = 2;

    private static final int TABLES = 4;
    private static final int COEFFICIENTS = 64;

    private final byte[] bytes;
    private final int[][] quantization = new int[TABLES][];
    private final HuffmanTable[] dc = new HuffmanTable[TABLES];
    private final HuffmanTable[] ac = new HuffmanTable[TABLES];
    private int frame = -1;
    private int restartInterval;

    HeaderReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns empty if the file is of a kind that is not decoded here, or cut off. */
    Optional<BaselineJpeg> read() {
        try {
            int at = 2;
            while (bytes[at] == (byte) 0xff) {
                int marker = u8(at + 1);
                int start = at + 4;
                int stop = at + 2 + u16(at + 2);
                boolean known =
                        switch (marker) {
                            case 0xdb -> quantization(start, stop);
                            case 0xc4 -> codes(start, stop);
                            case 0xc0, 0xc1 -> frame(start, stop);
                            case 0xdd -> restarts(start, stop);
                            default -> marker >= 0xe0; // notes; what stands below is another kind of frame, or rare
                        };
                if (marker == 0xda) {
                    return scan(start, stop);
                }
                if (!known) {
                    return Optional.empty();
                }
                at = stop;
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private int u8(int at) {
        return bytes[at] & 0xff;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private boolean quantization(int start, int stop) {
        int at = start;
        for (; at < stop; at += 1 + COEFFICIENTS) {
            int[] table = new int[COEFFICIENTS];
            for (int i = 0; i < table.length; i++) {
                table[i] = u8(at + 1 + i);
            }
            quantization[u8(at)] = table; // 16-bit tables have a larger number, which ends the reading
        }
        return at == stop;
    }

    private boolean codes(int start, int stop) {
        int at = start;
        for (; at < stop; at += 1 + HuffmanTable.length(bytes, at + 1)) {
            HuffmanTable table = HuffmanTable.parse(bytes, at + 1);
            if (table == null) {
                return false;
            }
            boolean ofDifferences = u8(at) >> 4 == 0;
            if (u8(at) >> 4 > 1 || ofDifferences && !table.isOfDifferences()) {
                return false;
            }
            (ofDifferences ? dc : ac)[u8(at) & 0x0f] = table;
        }
        return at == stop;
    }

    private boolean frame(int start, int stop) {
        boolean first = frame < 0;
        frame = start;
        return first && u8(start) == 8 && stop - start == 6 + 3 * u8(start + 5) && areFactorsKnown(start);
    }

    /** Even of the only component, whose factors mean nothing. */
    private boolean areFactorsKnown(int start) {
        for (int i = 0; i < u8(start + 5); i++) {
            int factors = u8(start + 7 + 3 * i);
            if (factors >> 4 < 1 || factors >> 4 > 4 || (factors & 0x0f) < 1 || (factors & 0x0f) > 4) {
                return false;
            }
        }
        return true;
    }

    private boolean restarts(int start, int stop) {
        restartInterval = u16(start);
        return stop - start == 2;
    }

    private Optional<BaselineJpeg> scan(int start, int stop) {
        int count = u8(start);
        if (frame < 0 || count != u8(frame + 5) || count != 1 && count != 3 || stop - start != 4 + 2 * count) {
            return Optional.empty();
        }
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int declared = frame + 6 + 3 * i;
            int chosen = start + 1 + 2 * i;
            // the only component's sampling means nothing (A.2.2)
            int sampling = count == 1 ? 0x11 : u8(declared + 1);
            Component component = new Component(
                    sampling >> 4,
                    sampling & 0x0f,
                    quantization[u8(declared + 2)],
                    dc[u8(chosen + 1) >> 4],
                    ac[u8(chosen + 1) & 0x0f]);
            if (u8(declared) != u8(chosen) || isIncomplete(component)) {
                return Optional.empty();
            }
            components.add(component);
        }
        return isSampledAsUsual(components)
                ? Optional.of(new BaselineJpeg(
                        bytes, u16(frame + 1), u16(frame + 3), List.copyOf(components), restartInterval, stop))
                : Optional.empty();
    }

    private static boolean isIncomplete(Component component) {
        return component.quantization() == null || component.dc() == null || component.ac() == null;
    }

    /** Whether chroma has full size, half the width, or half of both. */
    private static boolean isSampledAsUsual(List<Component> components) {
        Component luma = components.get(0);
        return luma.horizontal() >= 1
                && luma.horizontal() <= 2
                && luma.vertical() >= 1
                && luma.vertical() <= luma.horizontal()
                && components.stream().skip(1).allMatch(chroma -> chroma.horizontal() == 1 && chroma.vertical() == 1);
    }
}
