package io.github.multilabel.core.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * A TIFF whose first picture is wholly there: grey, RGB, palette or YCbCr, of 1 to 16 bits, with or without alpha.
 *
 * @param orientation from its tag
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffImage(Orientation orientation, byte[] bytes) implements EncodedImage {

    private static final int WIDTH = 0x100;
    private static final int HEIGHT = 0x101;
    private static final int BITS = 0x102;
    private static final int PHOTOMETRIC = 0x106;
    private static final int SAMPLES = 0x115;
    private static final int EXTRA_SAMPLES = 0x152;
    private static final int SAMPLE_FORMAT = 0x153;
    private static final int STRIP_OFFSETS = 0x111;
    private static final int STRIP_LENGTHS = 0x117;
    private static final int TILE_OFFSETS = 0x144;
    private static final int TILE_LENGTHS = 0x145;

    private static final int RGB = 2;
    private static final int YCBCR = 6;
    private static final int PALETTE = 3;
    private static final int UNASSOCIATED_ALPHA = 2;

    static TiffImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        TiffTags tags = TiffTags.read(bytes);
        limit.check(ImageFormat.TIFF, tags.number(WIDTH), tags.number(HEIGHT));
        requireKnownKind(tags);
        boolean tiled = tags.has(TILE_OFFSETS);
        requireData(
                bytes.length,
                tags.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS),
                tags.numbers(tiled ? TILE_LENGTHS : STRIP_LENGTHS));
        return new TiffImage(Orientation.ofExif(bytes), bytes);
    }

    private static void requireKnownKind(TiffTags tags) throws Defect {
        long photometric = tags.number(PHOTOMETRIC);
        if (photometric < 0 || photometric > PALETTE && photometric != YCBCR) {
            throw Defect.unsupported("a TIFF that is neither grey, RGB, palette nor YCbCr");
        } else if (Arrays.stream(tags.numbers(SAMPLE_FORMAT)).anyMatch(format -> format != 1)
                || Arrays.stream(tags.numbers(BITS)).anyMatch(bits -> bits < 1 || bits > 16)) {
            throw Defect.unsupported("a TIFF whose samples are not whole numbers of 1 to 16 bits");
        }
        long[] extra = tags.numbers(EXTRA_SAMPLES);
        int colours = photometric == RGB || photometric == YCBCR ? Pixels.CHANNELS : 1;
        // the tag may be left out where it is 1
        long samples = tags.has(SAMPLES) ? tags.number(SAMPLES) : 1;
        if (samples != colours + extra.length || Arrays.stream(extra).anyMatch(kind -> kind != UNASSOCIATED_ALPHA)) {
            throw Defect.unsupported("a TIFF with samples beside its colours that are no plain alpha");
        }
    }

    /** The JDK's reader fills what lies behind the end. */
    private static void requireData(int length, long[] offsets, long[] lengths) throws Defect {
        if (offsets.length == 0 || offsets.length != lengths.length) {
            throw Defect.damaged(ImageFormat.TIFF, "it does not tell where its pixels are", null);
        }
        for (int i = 0; i < offsets.length; i++) {
            long end = offsets[i] + lengths[i];
            if (end > length) {
                throw Defect.truncated(ImageFormat.TIFF, "it needs " + end + " bytes and has " + length);
            }
        }
    }

    @Override
    public Pixels decode() throws IOException {
        return JdkReader.first(ImageFormat.TIFF, bytes);
    }
}
