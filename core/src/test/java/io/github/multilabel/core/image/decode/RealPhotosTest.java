package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.testsupport.RealPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decoder on photos as people have them. */
@Tag("real-data")
class RealPhotosTest {

    @Test
    void realPhotosAreWholeAndNeverRefused() throws IOException {
        assumeTrue(Files.isDirectory(RealPhotos.training()), RealPhotos.missing());
        List<Path> photos;
        try (Stream<Path> files = Files.list(RealPhotos.training())) {
            photos = files.sorted().limit(1000).toList();
        }
        assertThat(photos).isNotEmpty();
        for (Path photo : photos) {
            Pixels decoded = ImageDecoder.strict().decode(ImageSource.of(photo));
            assertThat(Math.min(decoded.height(), decoded.width()))
                    .as(photo.toString())
                    .isGreaterThan(1);
        }
    }
}
