package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;

/**
 * The first image of a TIFF: grey, RGB, palette or YCbCr, of 1 to 16 bits, with or without alpha, in strips or tiles.
 *
 * <p>Java's own reader fills what is missing, and takes samples of 9 to 15 bits for ones of 16. It reads fax, which
 * nearly nobody writes.
 *
 * @param orientation from its tag
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffImage(
        Orientation orientation,
        byte[] bytes,
        TiffTags tags,
        TiffPieces pieces,
        TiffCodec codec,
        int photometric,
        int samples,
        int bits,
        Alpha alpha,
        boolean planar)
        implements EncodedImage {

    private static final int WIDTH = 0x100;
    private static final int HEIGHT = 0x101;
    private static final int BITS = 0x102;
    private static final int COMPRESSION = 0x103;
    private static final int PHOTOMETRIC = 0x106;
    private static final int FILL_ORDER = 0x10a;
    private static final int SAMPLES = 0x115;
    private static final int PLANAR = 0x11c;
    private static final int PREDICTOR = 0x13d;
    private static final int COLOUR_MAP = 0x140;
    private static final int EXTRA_SAMPLES = 0x152;
    private static final int SAMPLE_FORMAT = 0x153;
    private static final int JPEG_TABLES = 0x15b;
    private static final int SUBSAMPLING = 0x212;

    private static final int WHITE_IS_ZERO = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int YCBCR = 6;
    private static final int WHITE = 255;
    /** Beside the colours: alpha, and what programs keep of selections. */
    private static final int MOST_EXTRAS = 5;

    /** What a sample beside the colours is (tag 338). */
    enum Alpha {
        NONE,
        /** The colours were multiplied by it. */
        ASSOCIATED,
        UNASSOCIATED
    }

    static TiffImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        TiffTags tags = TiffTags.read(bytes);
        limit.check(ImageFormat.TIFF, tags.number(WIDTH), tags.number(HEIGHT));
        Box whole = new Box(0, 0, (int) tags.number(HEIGHT), (int) tags.number(WIDTH));
        int photometric = (int) tags.number(PHOTOMETRIC);
        if (photometric < 0 || photometric > PALETTE && photometric != YCBCR) {
            throw Defect.unsupported("a TIFF that is neither grey, RGB, palette nor YCbCr");
        }
        TiffCodec codec = TiffCodec.of(tags.number(COMPRESSION, 1));
        int bits = bits(tags, photometric);
        int samples = (int) tags.number(SAMPLES, 1);
        Alpha alpha = alpha(tags, photometric, samples);
        boolean planar = samples > 1 && tags.number(PLANAR, 1) == 2;
        TiffPieces pieces = TiffPieces.of(tags, whole, planar ? samples : 1, bytes.length, limit);
        Orientation orientation = Orientation.ofExif(bytes).orElse(Orientation.UPRIGHT);
        TiffImage image =
                new TiffImage(orientation, bytes, tags, pieces, codec, photometric, samples, bits, alpha, planar);
        image.requireData();
        return image;
    }

    private static int bits(TiffTags tags, int photometric) throws Defect {
        long[] bits = tags.has(BITS) ? tags.numbers(BITS) : new long[] {1};
        if (bits.length == 0
                || Arrays.stream(tags.numbers(SAMPLE_FORMAT)).anyMatch(format -> format != 1)
                || Arrays.stream(bits).anyMatch(each -> each < 1 || each > 16 || each != bits[0])) {
            throw Defect.unsupported("a TIFF whose samples are not whole numbers of 1 to 16 bits, all of one length");
        } else if (photometric == PALETTE && bits[0] > 8) {
            throw Defect.unsupported("a TIFF with a palette of more than 8 bits");
        }
        return (int) bits[0];
    }

    private static Alpha alpha(TiffTags tags, int photometric, int samples) throws Defect {
        int colours = photometric == RGB || photometric == YCBCR ? Pixels.CHANNELS : 1;
        long[] extra = tags.numbers(EXTRA_SAMPLES);
        if (samples < colours || samples > colours + MOST_EXTRAS) {
            throw Defect.unsupported(
                    "a TIFF of " + samples + " samples per pixel, of which " + colours + " are its colours");
        } else if (samples == colours) {
            return Alpha.NONE;
        }
        // of several, only the first can be alpha; taken for that where nothing is said, as Pillow does
        int kind = extra.length == 0 ? 2 : (int) extra[0];
        return switch (kind) {
            case 0 -> Alpha.NONE;
            case 1 -> Alpha.ASSOCIATED;
            case 2 -> Alpha.UNASSOCIATED;
            default -> throw Defect.unsupported("a TIFF with a sample of the unknown kind " + kind);
        };
    }

    /**
     * What lies behind the end is missing. Of uncompressed pixels, only what is looked at has to be there; where that
     * is more than the file says, as some programs write it, it must not reach into anything else.
     */
    private void requireData() throws Defect {
        boolean plain = isPlain();
        for (int i = 0; i < pieces.offsets().length; i++) {
            long start = pieces.offsets()[i];
            long declared = pieces.lengths()[i];
            long needed = plain && i < pieceCount() ? pieceBytes(i % pieces.count()) : declared;
            if (start + needed > bytes.length) {
                throw Defect.truncated(
                        ImageFormat.TIFF, "it needs " + (start + needed) + " bytes and has " + bytes.length);
            } else if (needed > declared && isAnythingIn(start + declared, start + needed)) {
                throw TiffCodec.truncated(needed, declared);
            }
        }
    }

    private boolean isPlain() {
        return codec == TiffCodec.NONE && photometric != YCBCR;
    }

    private boolean isAnythingIn(long from, long to) {
        long directory = tags.start();
        return directory >= from && directory < to
                || Arrays.stream(pieces.offsets()).anyMatch(offset -> offset >= from && offset < to);
    }

    private int pieceCount() {
        return pieces.count() * (planar ? samples : 1);
    }

    private int samplesPerPiece() {
        return planar ? 1 : samples;
    }

    private long rowBytes() {
        return ((long) pieces.width() * samplesPerPiece() * bits + 7) / 8;
    }

    private long pieceBytes(int piece) {
        return rowBytes() * pieces.rows(piece);
    }

    @Override
    public Box stored() {
        return pieces.image();
    }

    @Override
    public int bytesPerPixel() {
        return samples * (bits > 8 ? 3 : 2);
    }

    @Override
    public Pixels decode() throws Defect, IOException {
        if (codec == TiffCodec.JPEG) {
            return ofJpegs();
        } else if (photometric == YCBCR) {
            return ycbcr();
        } else if (codec == TiffCodec.FAX) {
            return fax();
        }
        return colours(eightBitSamples());
    }

    /** Java's reader warns of fax codes that end too early, or runs over their end. */
    private Pixels fax() throws Defect, IOException {
        try {
            JdkReader.Answer<BufferedImage> answer = JdkReader.read(ImageFormat.TIFF, bytes, reader -> reader.read(0));
            if (!answer.warnings().isEmpty()) {
                throw Defect.truncated(
                        ImageFormat.TIFF,
                        "of its fax codes the reader says '" + answer.warnings().get(0) + "'");
            }
            return Pixels.of(answer.value());
        } catch (IndexOutOfBoundsException e) {
            throw Defect.truncated(ImageFormat.TIFF, "it ends within its fax codes");
        }
    }

    private byte[] decoded(int piece, long length) throws Defect {
        byte[] in = pieces.bytes(bytes, piece, isPlain() ? length : pieces.lengths()[piece]);
        if (tags.number(FILL_ORDER, 1) == 2) { // bits of bytes from the right
            for (int i = 0; i < in.length; i++) {
                in[i] = (byte) (Integer.reverse(in[i]) >>> 24);
            }
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw Defect.unsupported("a TIFF with strips of more than 2 GB");
        }
        byte[] out = codec.decode(in, (int) length);
        if (out.length < length) {
            throw TiffCodec.truncated(length, out.length);
        }
        return out;
    }

    /** All samples, pixel by pixel: of a palette the indices, of colours the upper eight bits. */
    private byte[] eightBitSamples() throws Defect {
        long predictor = predictor();
        if (predictor != 1 && (predictor != 2 || bits != 8 && bits != 16)) {
            throw Defect.unsupported("a TIFF with predictor " + predictor + " for samples of " + bits + " bits");
        }
        boolean littleEndian = bytes[0] == 'I';
        int width = stored().width();
        byte[] all = new byte[stored().height() * width * samples];
        for (int i = 0; i < pieceCount(); i++) {
            int piece = i % pieces.count();
            TiffRow row =
                    new TiffRow(decoded(i, pieceBytes(piece)), pieces.width(), samplesPerPiece(), bits, littleEndian);
            for (int y = 0; y < pieces.coveredRows(piece); y++) {
                int[] values = row.read(y, predictor == 2);
                int target = ((pieces.top(piece) + y) * width + pieces.left(piece)) * samples + i / pieces.count();
                for (int x = 0; x < pieces.coveredColumns(piece); x++) {
                    for (int s = 0; s < samplesPerPiece(); s++) {
                        int value = values[x * samplesPerPiece() + s];
                        all[target + x * samples + s] =
                                (byte) (photometric == PALETTE ? value : Samples.eightBits(value, bits));
                    }
                }
            }
        }
        return all;
    }

    /** Says nothing of other codecs, whatever programs write. */
    private long predictor() {
        return codec == TiffCodec.LZW || codec == TiffCodec.DEFLATE ? tags.number(PREDICTOR, 1) : 1;
    }

    private Pixels colours(byte[] all) throws Defect {
        int[] palette = photometric == PALETTE ? palette() : new int[0];
        int colours = photometric == RGB ? Pixels.CHANNELS : 1;
        byte[] rgb = new byte[stored().height() * stored().width() * Pixels.CHANNELS];
        for (int from = 0, to = 0; from < all.length; from += samples, to += Pixels.CHANNELS) {
            int opacity = alpha == Alpha.NONE ? WHITE : all[from + colours] & 0xff;
            for (int c = 0; c < Pixels.CHANNELS; c++) {
                int sample = all[from + (colours == 1 ? 0 : c)] & 0xff;
                if (photometric == PALETTE) {
                    sample = palette[sample] >> 16 - 8 * c & 0xff;
                } else if (photometric == WHITE_IS_ZERO) {
                    sample = WHITE - sample;
                }
                rgb[to + c] = alpha == Alpha.ASSOCIATED
                        ? Samples.addedToWhite(sample, opacity)
                        : Samples.onWhite(sample, opacity);
            }
        }
        return new Pixels(stored().height(), stored().width(), rgb);
    }

    /** All reds, all greens and all blues, of 16 bits each. */
    private int[] palette() throws Defect {
        long[] map = tags.numbers(COLOUR_MAP);
        int count = 1 << bits;
        if (map.length < Pixels.CHANNELS * count) {
            throw Defect.damaged(ImageFormat.TIFF, "its palette has " + map.length + " numbers", null);
        }
        int[] palette = new int[count];
        for (int i = 0; i < count; i++) {
            palette[i] = (int) (map[i] >> 8 << 16 | map[count + i] >> 8 << 8 | map[2 * count + i] >> 8);
        }
        return palette;
    }

    private Pixels ofJpegs() throws Defect, IOException {
        JpegColour colour =
                switch (photometric) {
                    case YCBCR -> JpegColour.YCBCR;
                    case RGB -> JpegColour.RGB;
                    default -> JpegColour.GREY;
                };
        if (planar || samples > Pixels.CHANNELS || samples == 2 || photometric == WHITE_IS_ZERO) {
            throw Defect.unsupported("a TIFF of JPEGs in separate planes, with alpha or in negative");
        }
        return new TiffJpegs(bytes, pieces, tags.content(JPEG_TABLES), colour, samples).decode();
    }

    /** Luma of several pixels, then one pair of chroma for them (TIFF 6.0, section 21). */
    private Pixels ycbcr() throws Defect {
        long[] factors = tags.has(SUBSAMPLING) ? tags.numbers(SUBSAMPLING) : new long[] {2, 2};
        if (bits != 8
                || codec == TiffCodec.FAX
                || planar
                || samples != Pixels.CHANNELS
                || factors.length != 2
                || !isFactor(factors[0])
                || !isFactor(factors[1])) {
            throw Defect.unsupported("a TIFF of YCbCr in planes, with alpha or of other than 8 bits");
        }
        int across = (int) factors[0];
        int down = (int) factors[1];
        TiffYcbcr ycbcr = TiffYcbcr.of(tags);
        if (across == 1 && down == 1) {
            byte[] all = eightBitSamples();
            for (int i = 0; i < all.length; i += Pixels.CHANNELS) {
                ycbcr.write(all[i] & 0xff, all[i + 1] & 0xff, all[i + 2] & 0xff, all, i);
            }
            return new Pixels(stored().height(), stored().width(), all);
        } else if (predictor() != 1) {
            throw Defect.unsupported("a TIFF of subsampled YCbCr in differences");
        }
        byte[] rgb = new byte[stored().height() * stored().width() * Pixels.CHANNELS];
        for (int i = 0; i < pieces.count(); i++) {
            int units = (pieces.width() + across - 1) / across;
            long rows = (pieces.rows(i) + down - 1) / down;
            byte[] in = decoded(i, units * rows * (across * down + 2));
            for (int y = 0; y < pieces.coveredRows(i); y++) {
                int target = ((pieces.top(i) + y) * stored().width() + pieces.left(i)) * Pixels.CHANNELS;
                for (int x = 0; x < pieces.coveredColumns(i); x++) {
                    int unit = (y / down * units + x / across) * (across * down + 2);
                    int luma = in[unit + y % down * across + x % across] & 0xff;
                    int chroma = unit + across * down;
                    ycbcr.write(luma, in[chroma] & 0xff, in[chroma + 1] & 0xff, rgb, target + x * Pixels.CHANNELS);
                }
            }
        }
        return new Pixels(stored().height(), stored().width(), rgb);
    }

    private static boolean isFactor(long factor) {
        return factor == 1 || factor == 2 || factor == 4;
    }
}
