package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.TestImages;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Preprocessing TARGET = Preprocessing.imageNet(16);

    @Property(tries = 300)
    void lightTakesAPartOfTheImageOfTheSizesItPromises(
            @ForAll @IntRange(min = 1, max = 2000) int height,
            @ForAll @IntRange(min = 1, max = 2000) int width,
            @ForAll long seed) {
        Box box = RandomResizedCrop.of(0.35, 1).part(height, width, new SplittableRandom(seed));
        assertThat(box.top()).isBetween(0, height - box.height());
        assertThat(box.left()).isBetween(0, width - box.width());
        assertThat(box.height()).isPositive();
        assertThat(box.width()).isPositive();
        if (Math.min(height, width) > 50) { // below, rounding to whole pixels weighs too much
            assertThat((double) box.width() / box.height()).isBetween(0.72, 1.38);
        }
    }

    @Test
    void lightTakesAtLeastAThirdOfAnOrdinaryPhoto() {
        SplittableRandom random = new SplittableRandom(3);
        double smallest = 1;
        double largest = 0;
        for (int i = 0; i < 2000; i++) {
            Box box = RandomResizedCrop.of(0.35, 1).part(375, 500, random);
            double share = box.height() * box.width() / (375.0 * 500);
            smallest = Math.min(smallest, share);
            largest = Math.max(largest, share);
        }
        assertThat(smallest).isBetween(0.345, 0.37);
        assertThat(largest).isBetween(0.95, 1.0);
    }

    @Test
    void lightMirrorsHalfOfTheImages() throws Exception {
        assertMirrorsHalf(Augmentation.light());
    }

    @Test
    void horizontalFlipMirrorsHalfOfTheImages() throws Exception {
        assertMirrorsHalf(Augmentation.horizontalFlip());
    }

    private static void assertMirrorsHalf(Augmentation augmentation) throws Exception {
        byte[] rgb = new byte[32 * 32 * Pixels.CHANNELS];
        for (int y = 0; y < 32; y++) {
            Arrays.fill(rgb, y * 96, y * 96 + 48, (byte) 255);
        }
        Pixels brightLeft = new Pixels(32, 32, rgb);
        SplittableRandom random = new SplittableRandom(5);
        int mirrored = 0;
        for (int i = 0; i < 1000; i++) {
            Pixels seen = augmentation.apply(Draw.of(brightLeft, TARGET, random));
            mirrored += seen.get(8, 0, 0) < seen.get(8, 15, 0) ? 1 : 0;
        }
        assertThat(mirrored).isBetween(440, 560);
    }

    @Test
    void theSameSeedGivesTheSameImage() throws Exception {
        Pixels photo = TestImages.pattern(40, 60);
        Pixels first = Augmentation.light().apply(Draw.of(photo, TARGET, new SplittableRandom(9)));
        assertThat(first.rgb())
                .isEqualTo(Augmentation.light()
                        .apply(Draw.of(photo, TARGET, new SplittableRandom(9)))
                        .rgb());
        assertThat(first.rgb())
                .isNotEqualTo(Augmentation.light()
                        .apply(Draw.of(photo, TARGET, new SplittableRandom(10)))
                        .rgb());
        assertThat(first.rgb()).hasSize(16 * 16 * Pixels.CHANNELS);
    }

    @Test
    void noneIsWhatEvaluationSees() throws Exception {
        Pixels photo = TestImages.pattern(40, 60);
        assertThat(Augmentation.none()
                        .apply(Draw.of(photo, TARGET, new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(TARGET.apply(photo).rgb());
    }

    @Test
    void mirroredSwapsLeftAndRight() {
        Pixels mirrored = new Pixels(1, 2, new byte[] {1, 2, 3, 4, 5, 6}).mirrored();
        assertThat(mirrored.rgb()).containsExactly(4, 5, 6, 1, 2, 3);
    }
}
