package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {

    @TempDir
    private Path folder;

    @Test
    void anImageBecomesAPngWithoutATemporaryFile() throws IOException {
        String before =
                System.setProperty("java.io.tmpdir", folder.resolve("nowhere").toString());
        try {
            Path file = folder.resolve("image.png");
            PngFile.write(file, () -> new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
            assertThat(ImageIO.read(Files.newInputStream(file)).getWidth()).isEqualTo(3);
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    void aMachineThatCannotDrawIsAFailureInWordsAndTheOldImageStays() throws IOException {
        Path file = Files.writeString(folder.resolve("curves.png"), "old");
        assertThatIOException()
                .isThrownBy(() -> PngFile.write(file, () -> {
                    throw new Error("Probable fatal error: No physical fonts found."); // as AWT does
                }))
                .withMessageStartingWith("curves.png cannot be drawn on this machine: java.lang.Error: Probable fatal")
                .withMessageEndingWith("install the packages fontconfig and fonts-dejavu-core, or their like");
        assertThat(file).hasContent("old");
    }
}
