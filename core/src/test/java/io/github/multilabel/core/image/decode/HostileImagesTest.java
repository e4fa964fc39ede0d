package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format, cut at every byte and changed in every way: an answer comes back, and never half a image. */
class HostileImagesTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);
    private static final long LIMIT = 1 << 16;

    /** Whole files of a format, spread over all kinds of it. */
    private static List<FormatCase> some(String format, int count) throws IOException {
        List<FormatCase> whole = FormatCase.all().stream()
                .filter(image -> image.name().endsWith("." + format) && image.expected() != null && !image.isLenient())
                .toList();
        List<FormatCase> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, whole.size()); i++) {
            chosen.add(whole.get((int) ((long) i * whole.size() / Math.min(count, whole.size()))));
        }
        return chosen;
    }

    private static Optional<Pixels> decoded(ImageDecoder decoder, String name, byte[] bytes) {
        try {
            return Optional.of(decoder.withPixelLimit(LIMIT).decode(ImageSource.of(name, bytes)));
        } catch (ImageDecodeException refusal) {
            requireHelpful(refusal, bytes);
            return Optional.empty();
        }
    }

    /** With words of our own; for the formats that are decoded here, without an exception from deep inside. */
    private static void requireHelpful(ImageDecodeException refusal, byte[] bytes) {
        String reason = refusal.reason();
        assertThat(reason).doesNotContain("null", "Exception:", "out of bounds", "'', ", "heap");
        assertThat(refusal.kind()).isNotNull();
        String start = new String(bytes, 0, Math.min(2, bytes.length), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (start.equals("GI") || start.equals("BM")) {
            assertThat(reason).doesNotContain("gave up");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif", "webp"})
    void noCutGivesAnythingButTheWholeImage(String format) throws IOException {
        for (FormatCase image : some(format, Math.max(4, TRIALS / 12))) {
            byte[] whole = image.bytes();
            int step = Math.max(1, whole.length / (10 * TRIALS));
            for (int length = 0; length < whole.length; length += step) {
                byte[] cut = Arrays.copyOf(whole, length);
                for (ImageDecoder decoder : List.of(ImageDecoder.strict(), ImageDecoder.lenient())) {
                    // notes behind the pixels, such as EXIF, may be gone
                    decoded(decoder, image.name() + " cut to " + length, cut).ifPresent(image::requireEqual);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif", "webp"})
    void whateverIsChangedAnAnswerComesBack(String format) throws IOException {
        OddImages odd = new OddImages(format.hashCode());
        List<FormatCase> files = some(format, 40);
        int refused = 0;
        for (int i = 0; i < 8 * TRIALS; i++) {
            FormatCase image = files.get(i % files.size());
            String name = String.format(Locale.ROOT, "%s, change %d", image.name(), i);
            Optional<Pixels> decoded = decoded(ImageDecoder.lenient(), name, odd.changed(image.bytes()));
            decoded.ifPresent(pixels ->
                    assertThat((long) pixels.height() * pixels.width()).isLessThanOrEqualTo(LIMIT));
            refused += decoded.isPresent() ? 0 : 1;
        }
        assertThat(refused).as("a change that nobody notices is rare").isGreaterThan(TRIALS);
    }
}
