package io.github.multilabel.core.internal.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sources of images that give nothing, or throw. */
class CheckedSourceTest {

    /** A user's source. */
    private record Source(byte[] bytes, RuntimeException failure, Optional<String> problem) implements ImageSource {

        @Override
        public String name() {
            return "store/7";
        }

        @Override
        public byte[] read() {
            if (failure != null) {
                throw failure;
            }
            return bytes;
        }
    }

    @Test
    void bytesThatAreNullAreAMissingImage() {
        ImageSource image = ImageSource.of("car 7", null);
        assertThat(image.problem()).contains("no image: its bytes are null");
        assertThatIOException().isThrownBy(image::read).withMessage("car 7: no image: its bytes are null");
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(image))
                .withMessageContainingAll("car 7", "no image");
    }

    @Test
    void aSourceThatGivesNullIsABadImageWithItsName() {
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(new Source(null, null, Optional.empty())))
                .withMessageContainingAll("store/7", "its source gave null");
    }

    @Test
    void aSourceThatDoesNotTellWhereItKeepsItsBytesKeepsThemNowhere() {
        ImageSource image = new ImageSource() {
            @Override
            public String name() {
                return "store/8";
            }

            @Override
            public byte[] read() {
                return new byte[] {1, 2, 3};
            }

            @Override
            @SuppressWarnings("OptionalAssignedToNull")
            public Optional<Path> keptAs() {
                return null;
            }
        };
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(image))
                .withMessageStartingWith("store/8: ");
    }

    @Test
    void aSourceThatThrowsIsABadImageWithItsName() {
        IllegalStateException bug = new IllegalStateException("pool is closed");
        assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> ImageDecoder.strict().decode(new Source(null, bug, Optional.empty())))
                .withMessageContainingAll("store/7", "pool is closed");
    }

    @Test
    void aSourceThatFailsToTellItsProblemHasOne() throws IOException {
        CheckedSource none = new CheckedSource(new Source(new byte[] {1}, null, null));
        assertThat(none.problem()).isEmpty();
        assertThat(none.read()).containsExactly(1);
        CheckedSource failing = new CheckedSource(new ImageSource() {
            @Override
            public String name() {
                return "x";
            }

            @Override
            public byte[] read() {
                return new byte[0];
            }

            @Override
            public Optional<String> problem() {
                throw new UnsupportedOperationException("no look");
            }
        });
        assertThat(failing.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("no look"));
    }
}
