package io.github.multilabel.core.image.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;

/** JPEGs of every sampling that cameras and programs write. */
final class TestJpegs {

    private TestJpegs() {}

    /**
     * Writes a image of hard edges and soft colours.
     *
     * @param horizontal samples of luma for each of chroma, from left to right; 0 for a grey image
     * @param vertical the same from top to bottom
     * @param restartInterval in units, or 0
     */
    static byte[] write(int height, int width, int horizontal, int vertical, int restartInterval) {
        boolean grey = horizontal == 0;
        BufferedImage image = image(height, width, grey);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.9f);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            String format = metadata.getNativeMetadataFormatName();
            Element tree = (Element) metadata.getAsTree(format);
            if (!grey) {
                Element luma =
                        (Element) tree.getElementsByTagName("componentSpec").item(0);
                luma.setAttribute("HsamplingFactor", Integer.toString(horizontal));
                luma.setAttribute("VsamplingFactor", Integer.toString(vertical));
            }
            if (restartInterval > 0) {
                IIOMetadataNode restarts = new IIOMetadataNode("dri");
                restarts.setAttribute("interval", Integer.toString(restartInterval));
                tree.getElementsByTagName("markerSequence").item(0).appendChild(restarts);
            }
            metadata.setFromTree(format, tree);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage image(int height, int width, boolean grey) {
        BufferedImage image =
                new BufferedImage(width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int light = (x / 5 + y / 3) % 2 * 60 + (int) ((y * 31L + x * 17L) * 2654435761L >>> 27 & 0x1f);
                int red = light + 100 + (int) (60 * Math.sin(x / 7.0));
                int green = light + 90 + (int) (60 * Math.cos(y / 9.0));
                int blue = light + 80 + (int) (60 * Math.sin((x + y) / 11.0));
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }
}
