package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a Java of 96 MB: images that need more, among others that do not, on several threads. */
@Tag("hostile")
class SmallHeapTest {

    /** Decodes files on four threads and prints what became of each, in their order. */
    static final class Program {

        private Program() {}

        public static void main(String[] files) {
            Stream.of(files)
                    .parallel()
                    .map(file -> {
                        try {
                            Pixels pixels = ImageDecoder.strict().decode(ImageSource.of(Path.of(file)));
                            return pixels.width() + "x" + pixels.height();
                        } catch (ImageDecodeException e) {
                            return e.kind() + " " + e.reason();
                        }
                    })
                    .toList()
                    .forEach(System.out::println);
        }
    }

    @Test
    void anImageThatDoesNotFitSaysSoAndCostsNoOther(@TempDir Path folder) throws Exception {
        List<String> files = Stream.of("jpeg", "png", "gif", "bmp", "tiff")
                .flatMap(format -> IntStream.of(100, 5000, 120).mapToObj(side -> write(folder, format, side)))
                .map(Path::toString)
                .toList();

        List<String> lines = run(files);

        assertThat(lines).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).contains("5000")) {
                assertThat(lines.get(i))
                        .as(files.get(i))
                        .startsWith("TOO_LARGE too large for the heap of 96 MB")
                        .doesNotContain("damaged");
            } else {
                assertThat(lines.get(i)).as(files.get(i)).isIn("100x100", "120x120");
            }
        }
    }

    private static List<String> run(List<String> files) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.concat(
                        Stream.of(
                                java.toString(),
                                "-Xmx96m",
                                "-Djava.awt.headless=true",
                                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName()),
                        files.stream())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    private static Path write(Path folder, String format, int side) {
        try {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
            return Files.write(folder.resolve(side + "." + format), DrawnImages.encoded(format, image));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
