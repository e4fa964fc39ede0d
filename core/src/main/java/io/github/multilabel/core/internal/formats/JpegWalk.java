package io.github.multilabel.core.internal.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks once through the segments of a JPEG (ITU-T T.81, annex B) and keeps what decides about its pixels. */
final class JpegWalk {

    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;
    private static final int COMMENT = 0xfe;
    private static final byte[] EXIF_HEAD = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE_HEAD = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JFIF_HEAD = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ADOBE_TRANSFORM = 11;
    /** Programs write about ten. */
    private static final int MOST_SCANS = 200;

    private final byte[] bytes;
    private final PixelLimit limit;
    private final ByteArrayOutputStream kept;
    /** Null until its header is read. */
    private @Nullable JpegFrame frame;

    private int scans;
    /** From the first EXIF block that has one: editors add blocks that have none. */
    private Optional<Orientation> orientation = Optional.empty();

    private boolean jfif;
    private int transform = -1;

    JpegWalk(byte[] bytes, PixelLimit limit) {
        this.bytes = bytes;
        this.limit = limit;
        this.kept = new ByteArrayOutputStream(bytes.length);
    }

    static int u16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }

    /** @param given what the components mean, if that is known from elsewhere */
    JpegImage image(Optional<JpegColour> given) throws Defect {
        boolean ended = walk();
        if (frame == null) {
            throw ended
                    ? Defect.damaged(ImageFormat.JPEG, "it has no frame header", null)
                    : Defect.truncated(ImageFormat.JPEG, "it ends before its frame header");
        }
        JpegImage.End end = !frame.isComplete()
                ? JpegImage.End.MISSING_SCANS
                : ended ? JpegImage.End.MARKED : JpegImage.End.UNMARKED;
        JpegColour colour = given.isPresent() ? given.get() : JpegColour.of(frame.ids(), jfif, transform);
        return new JpegImage(frame, colour, end, orientation.orElse(Orientation.UPRIGHT), essence(colour));
    }

    private byte[] essence(JpegColour colour) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(kept.size() + 32);
        whole.write(bytes, 0, 2);
        whole.writeBytes(colour.segment());
        whole.writeBytes(kept.toByteArray());
        whole.write(0xff);
        whole.write(END);
        return whole.toByteArray();
    }

    /** Returns whether the end marker was reached. */
    private boolean walk() throws Defect {
        int at = 2;
        while (true) {
            at = marker(at);
            if (at >= bytes.length) {
                return false;
            }
            int marker = bytes[at] & 0xff;
            at++;
            if (marker == END) {
                return true;
            }
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
                continue; // stands alone, without a length
            }
            // a length counts itself; notes with a smaller one are met, and passed over by all readers
            int stop = at + 2 <= bytes.length ? at + Math.max(2, u16(bytes, at)) : Integer.MAX_VALUE;
            if (stop > bytes.length) {
                return false;
            }
            note(marker, at + 2, stop);
            if (marker == SCAN) {
                stop = entropyEnd(stop);
            }
            if (marker < JFIF) { // all above are notes, or reserved for extensions
                kept.write(bytes, at - 2, stop - at + 2);
            }
            at = stop;
        }
    }

    /** The position behind the next 0xff bytes, where a marker's number stands. */
    private int marker(int at) {
        while (at < bytes.length && !(bytes[at] == (byte) 0xff && at + 1 < bytes.length && isNumber(bytes[at + 1]))) {
            at++;
        }
        return at + 1;
    }

    /** The first marker behind coded data, in which 0xff00 and restart markers have their place. */
    private int entropyEnd(int at) {
        for (; at < bytes.length; at++) {
            if (bytes[at] == (byte) 0xff
                    && at + 1 < bytes.length
                    && isNumber(bytes[at + 1])
                    && (bytes[at + 1] & 0xf8) != 0xd0) {
                return at;
            }
        }
        return at;
    }

    private static boolean isNumber(byte value) {
        return value != 0 && value != (byte) 0xff;
    }

    private void note(int marker, int start, int stop) throws Defect {
        boolean frameHeader = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frameHeader) {
            requireReadable(marker, bytes[start]);
            frame = JpegFrame.parse(bytes, start, marker == 0xc2);
            limit.check(ImageFormat.JPEG, frame.width(), frame.height());
        } else if (marker == SCAN && frame != null) {
            if (++scans > MOST_SCANS) { // each may go through all of the image, and costs the sender ten bytes
                throw Defect.damaged(ImageFormat.JPEG, "it has more than " + MOST_SCANS + " scans", null);
            }
            frame.scan(bytes, start);
        } else if (marker == JFIF && has(JFIF_HEAD, start, stop)) {
            jfif = true;
        } else if (marker == ADOBE && has(ADOBE_HEAD, start, stop) && stop - start > ADOBE_TRANSFORM) {
            transform = bytes[start + ADOBE_TRANSFORM] & 0xff;
        } else if (marker == EXIF && orientation.isEmpty() && has(EXIF_HEAD, start, stop)) {
            orientation = Orientation.ofExif(Arrays.copyOfRange(bytes, start, stop));
        }
    }

    /** The kinds of table B.1 of the standard that are met in practice are the three of Huffman codes and 8 bits. */
    private static void requireReadable(int frameHeader, int bits) throws Defect {
        if (frameHeader >= 0xc9) {
            throw Defect.unsupported("an arithmetic-coded JPEG");
        } else if (frameHeader == 0xc3) {
            throw Defect.unsupported("a lossless JPEG");
        } else if (frameHeader > 0xc3) {
            throw Defect.unsupported("a hierarchical JPEG");
        } else if (bits != 8) {
            throw Defect.unsupported("a JPEG of " + bits + " bits per sample");
        }
    }

    private boolean has(byte[] head, int start, int stop) {
        return stop - start >= head.length && Arrays.equals(bytes, start, start + head.length, head, 0, head.length);
    }
}
