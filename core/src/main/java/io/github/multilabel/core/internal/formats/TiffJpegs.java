package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Pixels;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A TIFF whose strips or tiles are JPEGs (Adobe's technical note 2 of 1995).
 *
 * @param tables that stand once in the file, between the start and the end marker of a JPEG without an image; or none
 * @param samples of each pixel
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffJpegs(byte[] bytes, TiffPieces pieces, byte[] tables, JpegColour colour, int samples) {

    private static final int MARKER = 2;

    Pixels decode() throws Defect, IOException {
        int width = pieces.image().width();
        byte[] rgb = new byte[pieces.image().height() * width * Pixels.CHANNELS];
        for (int piece = 0; piece < pieces.count(); piece++) {
            Pixels part = part(pieces.bytes(bytes, piece, pieces.lengths()[piece]));
            int rows = pieces.coveredRows(piece);
            int length = pieces.coveredColumns(piece) * Pixels.CHANNELS;
            if (part.height() < rows || part.width() != pieces.width()) {
                throw Defect.damaged(
                        ImageFormat.TIFF, "a JPEG in it has " + part.width() + "x" + part.height() + " pixels", null);
            }
            for (int y = 0; y < rows; y++) {
                int to = ((pieces.top(piece) + y) * width + pieces.left(piece)) * Pixels.CHANNELS;
                System.arraycopy(part.rgb(), y * part.width() * Pixels.CHANNELS, rgb, to, length);
            }
        }
        return new Pixels(pieces.image().height(), width, rgb);
    }

    private Pixels part(byte[] piece) throws Defect, IOException {
        PixelLimit size = new PixelLimit((long) pieces.width() * pieces.height());
        JpegImage image;
        try {
            image = JpegImage.parse(withTables(piece), size, Optional.of(colour));
        } catch (IndexOutOfBoundsException e) {
            throw Defect.truncated(ImageFormat.TIFF, "a JPEG in it ends within its headers");
        }
        if (image.isWithoutEnd()) {
            throw Defect.truncated(ImageFormat.TIFF, "a JPEG in it has no end marker");
        } else if (image.frame().ids().length != samples) {
            throw Defect.damaged(
                    ImageFormat.TIFF, "a JPEG in it has " + image.frame().ids().length + " components", null);
        }
        return image.decode();
    }

    private byte[] withTables(byte[] piece) {
        if (tables.length <= 2 * MARKER || piece.length <= MARKER) {
            return piece;
        }
        int start = tables.length - MARKER;
        byte[] whole = Arrays.copyOf(tables, start + piece.length - MARKER);
        System.arraycopy(piece, MARKER, whole, start, piece.length - MARKER);
        return whole;
    }
}
