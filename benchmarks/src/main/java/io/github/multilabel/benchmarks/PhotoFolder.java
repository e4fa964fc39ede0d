package io.github.multilabel.benchmarks;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.image.decode.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Some photos in a temporary folder of their own, so that every contender reads the same files; deleted when closed.
 */
record PhotoFolder(Path folder, List<Path> files) implements AutoCloseable {

    /** The first photos of a folder as they are. */
    static PhotoFolder copied(Path from, int count) throws IOException {
        return make(from, count, Files::copy);
    }

    /** The first photos of a folder, resized as a camera would have made them. */
    static PhotoFolder resized(Path from, int count, int height, int width) throws IOException {
        return make(from, count, (source, target) -> {
            Pixels photo = ImageDecoder.strict().decode(ImageSource.of(source));
            ImageIO.write(image(Resizer.resize(photo, height, width, Interpolation.BICUBIC)), "jpeg", target.toFile());
        });
    }

    @FunctionalInterface
    private interface Maker {
        void make(Path source, Path target) throws IOException;
    }

    private static PhotoFolder make(Path from, int count, Maker maker) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.list(from)) {
            sources = files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .limit(count)
                    .toList();
        }
        Path folder = Files.createTempDirectory("photos");
        List<Path> targets =
                sources.stream().map(s -> folder.resolve(s.getFileName())).toList();
        for (int i = 0; i < sources.size(); i++) {
            maker.make(sources.get(i), targets.get(i));
        }
        return new PhotoFolder(folder, targets);
    }

    private static BufferedImage image(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.get(y, x, 0) << 16 | pixels.get(y, x, 1) << 8 | pixels.get(y, x, 2));
            }
        }
        return image;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
