package io.github.multilabel.core.image.decode;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes of a file what networks, disks, careless programs and malice make of it. */
final class OddImages {

    private static final int[] LIES = {0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, Integer.MAX_VALUE, -1, -2};

    private final SplittableRandom random;

    OddImages(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The file with one to four changes, most often near its start, where the headers are. */
    byte[] changed(byte[] whole) {
        byte[] changed = whole.clone();
        for (int changes = random.nextInt(1, 5); changes > 0 && changed.length > 8; changes--) {
            changed = once(changed);
        }
        return changed;
    }

    private byte[] once(byte[] whole) {
        int at = random.nextInt(random.nextBoolean() ? Math.min(100, whole.length) : whole.length);
        int length = random.nextInt(1, 1 + Math.min(64, whole.length - at));
        byte[] changed = whole.clone();
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(changed, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
            case 3 -> lie(changed, at);
            case 4 -> changed = Arrays.copyOf(whole, at + 1);
            case 5 -> changed = spliced(whole, at + length, whole, at); // a stretch twice
            case 6 -> changed = spliced(whole, at, whole, at + length); // a stretch lost
            default -> System.arraycopy(whole, random.nextInt(whole.length - length + 1), changed, at, length);
        }
        return changed;
    }

    /** A number of two or four bytes in either order, as lengths and sizes are written. */
    private void lie(byte[] bytes, int at) {
        int lie = LIES[random.nextInt(LIES.length)];
        int size = random.nextBoolean() ? 2 : 4;
        boolean fromLowest = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (lie >> 8 * (fromLowest ? i : size - 1 - i));
        }
    }

    /** The start of one and the rest of another. */
    private static byte[] spliced(byte[] start, int until, byte[] rest, int from) {
        byte[] spliced = Arrays.copyOf(start, until + rest.length - from);
        System.arraycopy(rest, from, spliced, until, rest.length - from);
        return spliced;
    }
}
