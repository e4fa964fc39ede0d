package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.jpeg.BaselineJpeg;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A JPEG whose segments were walked through. The JDK's reader fills what is missing with grey and guesses colours from
 * segments that other programs wrote; so it is given only what it needs, and its warnings are listened to.
 *
 * @param frame the size and the components
 * @param colour what the components mean
 * @param end how far the file goes
 * @param orientation from its EXIF block
 * @param essence the image with one segment that names the colours, without profiles and notes, ended by an end marker
 */
@SuppressWarnings("ArrayRecordComponent")
public record JpegImage(JpegFrame frame, JpegColour colour, End end, Orientation orientation, byte[] essence)
        implements EncodedImage {

    /** How far the file goes. */
    enum End {
        /** To its end marker. */
        MARKED,
        /** Every scan begins, but there is no end marker. */
        UNMARKED,
        /** A part of the image is not there, whether an end marker is or not. */
        MISSING_SCANS
    }

    static JpegImage parse(byte[] bytes, PixelLimit limit) throws Defect {
        return parse(bytes, limit, Optional.empty());
    }

    /**
     * The same for an image within another file.
     *
     * @param colour what that file says about the components
     */
    static JpegImage parse(byte[] bytes, PixelLimit limit, Optional<JpegColour> colour) throws Defect {
        JpegImage image = new JpegWalk(bytes, limit).image(colour);
        if (image.end == End.MISSING_SCANS) {
            throw Defect.truncated(ImageFormat.JPEG, "it ends before all of its scans");
        }
        return image;
    }

    @Override
    public boolean isWithoutEnd() {
        return end == End.UNMARKED;
    }

    @Override
    public Box stored() {
        return new Box(0, 0, frame.height(), frame.width());
    }

    @Override
    public int bytesPerPixel() {
        // of a progressive one, all coefficients are kept until the last scan
        return frame.ids().length * (frame.progressive() ? 1 + Short.BYTES : 1);
    }

    /** The same image for decoding in parts; empty if it is not whole or of a rarer kind. */
    public Optional<BaselineJpeg> baseline() {
        boolean usual = end == End.MARKED && (colour == JpegColour.YCBCR || colour == JpegColour.GREY);
        return usual ? BaselineJpeg.parse(essence) : Optional.empty();
    }

    @Override
    public Pixels decode() throws Defect, IOException {
        if (colour == JpegColour.YCBCR || colour == JpegColour.RGB) {
            JdkReader.Answer<BufferedImage> answer =
                    JdkReader.read(ImageFormat.JPEG, essence, reader -> reader.read(0));
            requireWhole(answer.warnings());
            return Pixels.of(answer.value());
        }
        JdkReader.Answer<Raster> answer =
                JdkReader.read(ImageFormat.JPEG, essence, reader -> reader.readRaster(0, null));
        requireWhole(answer.warnings());
        return colour.pixels(answer.value());
    }

    private void requireWhole(List<String> warnings) throws Defect {
        for (String warning : warnings) {
            // extraneous bytes behind the last scan cost nothing, cameras write them; the reader reports the first
            // warning of a scan only, so that such bytes before another marker would hide what is wrong behind them
            boolean harmless = warning.contains("extraneous") && warning.endsWith("before marker 0xd9");
            if (warning.startsWith("Corrupt JPEG data") && !harmless
                    || warning.startsWith("Inconsistent progression") // a scan between others is missing
                    || warning.startsWith("Premature end")) {
                throw end == End.MARKED
                        ? Defect.damaged(ImageFormat.JPEG, "the reader says " + warning, null)
                        : Defect.truncated(ImageFormat.JPEG, "it ends within its pixels");
            }
        }
    }
}
