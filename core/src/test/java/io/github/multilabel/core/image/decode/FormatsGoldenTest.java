package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.core.image.ImageDecodeException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every format over depths, colours, compressions, layouts and encoder settings, whole and cut: the pixels are Pillow's
 * or the file is refused, and never anything between.
 */
class FormatsGoldenTest {

    @TestFactory
    Stream<DynamicTest> wholeFilesAreWhatPillowMakesOfThem() throws IOException {
        return FormatCase.all().stream()
                .filter(image -> image.expected() != null && !image.isLenient())
                .map(image -> DynamicTest.dynamicTest(
                        image.name(),
                        () -> image.requireEqual(ImageDecoder.strict().decode(image.source()))));
    }

    @TestFactory
    Stream<DynamicTest> filesWithoutAllOfTheirPixelsAreRefusedEvenByALenientDecoder() throws IOException {
        return FormatCase.all().stream()
                .filter(image -> image.expected() == null)
                .map(image -> DynamicTest.dynamicTest(image.name(), () -> {
                    ImageDecodeException refusal = refused(ImageDecoder.lenient(), image);
                    assertThat(refusal.reason()).doesNotContain("null", "Exception", "out of bounds");
                    if (image.name().startsWith("cut: ")) {
                        assertThat(refusal.kind())
                                .isIn(EnumSet.of(
                                        ImageDecodeException.Kind.TRUNCATED, ImageDecodeException.Kind.DAMAGED));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> filesThatLackOnlyWhatFollowsTheirPixelsAreReadByALenientDecoder() throws IOException {
        return FormatCase.all().stream()
                .filter(FormatCase::isLenient)
                .map(image -> DynamicTest.dynamicTest(image.name(), () -> {
                    ImageDecoder lenient = ImageDecoder.lenient();
                    image.requireEqual(lenient.decode(image.source()));
                    assertThat(lenient.repaired()).isEqualTo(1);
                    assertThat(refused(ImageDecoder.strict(), image).kind())
                            .isEqualTo(ImageDecodeException.Kind.TRUNCATED);
                }));
    }

    private static ImageDecodeException refused(ImageDecoder decoder, FormatCase image) {
        return assertThatExceptionOfType(ImageDecodeException.class)
                .isThrownBy(() -> decoder.decode(image.source()))
                .actual();
    }
}
