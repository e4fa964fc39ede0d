package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images that are tiny, without colour or blurred, among others. */
class OddImagesTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    private final List<Sample> samples = new ArrayList<>();
    private final Random random = new Random(1);

    private void add(String name, byte[] image) {
        samples.add(new Sample(ImageSource.of(name, image), Labels.missing(HEADS), ""));
    }

    /** Colours at random, each as large as some pixels. */
    private Pixels photo(int side, int grain) {
        Pixels coarse = new Pixels(side / grain, side / grain, new byte[side / grain * (side / grain) * 3]);
        random.nextBytes(coarse.rgb());
        return Resizer.resize(coarse, side, side, Interpolation.BICUBIC);
    }

    private static Pixels withoutColour(Pixels photo) {
        byte[] grey = photo.rgb().clone();
        for (int at = 0; at < grey.length; at += 3) {
            grey[at + 1] = grey[at];
            grey[at + 2] = grey[at];
        }
        return new Pixels(photo.height(), photo.width(), grey);
    }

    private void addGoodOnes() {
        for (int i = 0; i < 4; i++) {
            add("good " + i, TestImages.jpeg(photo(64, 2)));
        }
    }

    private DataReport check() {
        return DataCheck.builder()
                .setSamples(samples)
                .optProgress(ProgressListener.none())
                .build()
                .run();
    }

    @Test
    void theyAreListedWithTheirReason() {
        addGoodOnes();
        add("tiny", TestImages.png(photo(31, 1)));
        add("grey", TestImages.jpeg(withoutColour(photo(64, 2))));
        add("blurred", TestImages.jpeg(photo(64, 32)));

        DataReport report = check();

        assertThat(report.of(Kind.TINY_IMAGE))
                .containsExactly(
                        new Finding(Kind.TINY_IMAGE, Severity.INFO, List.of(4), "tiny: it has 31 x 31 pixels"));
        assertThat(report.of(Kind.GREY_IMAGE)).extracting(Finding::rows).containsExactly(List.of(5));
        assertThat(report.of(Kind.BLURRED_IMAGE)).singleElement().satisfies(found -> {
            assertThat(found.rows()).containsExactly(6);
            assertThat(found.message()).contains("blurred", "variance of its Laplacian", "below 100");
        });
    }

    @Test
    void whatHalfOfTheImagesAreIsHowTheDataIs() {
        addGoodOnes();
        for (int i = 0; i < 4; i++) {
            add("x-ray " + i, TestImages.png(withoutColour(photo(30, 1))));
        }
        assertThat(check().findings())
                .extracting(Finding::kind)
                .doesNotContain(Kind.TINY_IMAGE, Kind.GREY_IMAGE, Kind.BLURRED_IMAGE);
    }

    /** A single white pixel on black: one -4, four 1 of 255 among 9 places. */
    @Test
    void sharpnessIsTheVarianceOfTheLaplacian() {
        Pixels point = new Pixels(5, 5, new byte[5 * 5 * 3]);
        for (int channel = 0; channel < 3; channel++) {
            point.rgb()[(2 * 5 + 2) * 3 + channel] = (byte) 255;
        }
        assertThat(Sharpness.of(point)).isEqualTo(255.0 * 255 * (16 + 4) / 9, within(1e-6));
        assertThat(Sharpness.of(TestImages.plain(1, 1, 90))).isZero();
    }

    @Test
    void aLargeCopyIsAboutAsSharp() {
        Pixels photo = photo(224, 8);
        Pixels large = Resizer.resize(photo, 672, 672, Interpolation.BICUBIC);
        assertThat(Sharpness.of(large) / Sharpness.of(photo)).isBetween(0.5, 1.5);
    }
}
