package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.data.TestImages;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {

    /** Means of 100,000 draws of torchvision 0.22.1's get_params for 375 x 500, scale 0.08 to 1, seed 0. */
    private static final double TORCHVISION_AREA = 0.4338;

    private static final double TORCHVISION_RATIO = 1.0452;

    @Test
    void areaAndRatioAreDrawnAsTorchvisionDraws() {
        SplittableRandom random = new SplittableRandom(11);
        int count = 20_000;
        double areas = 0;
        double logs = 0;
        int[] quarters = new int[4];
        for (int i = 0; i < count; i++) {
            Box part = RandomResizedCrop.of(0.08, 0.5).part(3000, 3000, random); // always fits: never drawn anew
            double share = part.area() / 9e6;
            areas += share;
            logs += Math.log((double) part.width() / part.height());
            quarters[(int) Math.min(3, Math.max(0, (share - 0.08) / 0.105))]++;
        }
        assertThat(areas / count).isCloseTo(0.29, within(0.003)); // the middle of a uniform draw
        assertThat(logs / count)
                .as("ratios and their inverses are equally frequent")
                .isCloseTo(0, within(0.004));
        for (int quarter : quarters) {
            assertThat(quarter).isBetween(count / 4 - 300, count / 4 + 300);
        }
    }

    @Test
    void partsThatDoNotFitAreDrawnAnew() {
        SplittableRandom random = new SplittableRandom(12);
        int count = 20_000;
        double areas = 0;
        double ratios = 0;
        for (int i = 0; i < count; i++) {
            Box part = RandomResizedCrop.of(0.08, 1).part(375, 500, random);
            areas += part.area() / (375.0 * 500);
            ratios += (double) part.width() / part.height();
        }
        assertThat(areas / count).isCloseTo(TORCHVISION_AREA, within(0.006));
        assertThat(ratios / count).isCloseTo(TORCHVISION_RATIO, within(0.006));
    }

    @Test
    void aLineFallsBackToItsMiddle() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(RandomResizedCrop.of(0.9, 1).part(1, 1000, random)).isEqualTo(new Box(0, 499, 1, 1));
        assertThat(RandomResizedCrop.of(0.9, 1).part(1000, 10, random)).isEqualTo(new Box(493, 0, 13, 10));
    }

    @Property(tries = 300)
    void enoughOfTheBoxIsAlwaysKept(
            @ForAll @IntRange(min = 1, max = 400) int height,
            @ForAll @IntRange(min = 1, max = 400) int width,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share,
            @ForAll @IntRange(min = 0, max = 99) int place,
            @ForAll long seed) {
        Box box = new Box(height * place / 100, width * place / 100, Math.max(1, height / 5), Math.max(1, width / 3));
        Box inside = box.intersection(new Box(0, 0, height, width)).orElseThrow();
        Box part = RandomResizedCrop.of(0.08, 0.6)
                .keepingBox(share)
                .part(height, width, inside, new SplittableRandom(seed));
        long kept = part.intersection(inside).map(Box::area).orElse(0L);
        assertThat((double) kept).isGreaterThanOrEqualTo(share * inside.area());
        assertThat(part.intersection(new Box(0, 0, height, width))).contains(part);
    }

    @Test
    void whereTheImageIsSquashedTheRatioIsThatToTheImage() throws Exception {
        Pixels strip = brightening(10, 250);
        RandomResizedCrop proportional = RandomResizedCrop.of(1, 1).withRatio(1, 1);
        Preprocessing cropped = Preprocessing.imageNet(10);
        Preprocessing squashed = cropped.squashed();
        assertThat(columns(proportional, strip, cropped)).as("a square part").isBetween(8, 10);
        assertThat(columns(proportional, strip, squashed))
                .as("all of it, as in evaluation")
                .isGreaterThan(200);
        assertThat(Augmentation.of(proportional)
                        .apply(Draw.of(strip, squashed, new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(squashed.apply(strip).rgb());
    }

    @Test
    void aPartForARectangleHasItsShape() throws Exception {
        Pixels image = brightening(40, 100);
        RandomResizedCrop proportional = RandomResizedCrop.of(1, 1).withRatio(1, 1);
        Preprocessing wide = Preprocessing.imageNet(1).withSize(new ImageSize(20, 40));

        Pixels input = Augmentation.of(proportional).apply(Draw.of(image, wide, new SplittableRandom(1)));

        assertThat(Box.of(input)).isEqualTo(Box.of(wide.size()));
        assertThat(columns(proportional, image, wide))
                .as("the widest part that is twice as wide as high")
                .isBetween(78, 82);
    }

    @Property(tries = 50)
    void aPartForAPaddedInputHasTheBordersOfTheWholeImage(@ForAll long seed) throws Exception {
        // given
        Pixels image = TestImages.plain(20, 60, 250);
        Preprocessing padded = Preprocessing.imageNet(30).withCropMode(CropMode.PAD);
        // when
        Pixels input =
                Augmentation.of(RandomResizedCrop.of(0.2, 1)).apply(Draw.of(image, padded, new SplittableRandom(seed)));
        // then
        assertThat(input.rgb()).isEqualTo(padded.apply(image).rgb());
    }

    @Test
    void theWholeImageAsAPartIsWhatAnEvaluationSees() throws Exception {
        Pixels image = TestImages.pattern(23, 57);
        Preprocessing padded =
                Preprocessing.imageNet(1).withSize(new ImageSize(24, 40)).withCropMode(CropMode.PAD);
        assertThat(Augmentation.of(RandomResizedCrop.of(1, 1).withRatio(1, 1))
                        .apply(Draw.of(image, padded, new SplittableRandom(3)))
                        .rgb())
                .isEqualTo(padded.apply(image).rgb());
    }

    @Property(tries = 100)
    void partsOfASquashedStripAreAboutAsLongForItsLengthAsForItsHeight(@ForAll long seed) throws Exception {
        RandomResizedCrop half = RandomResizedCrop.of(0.5, 0.5); // 0.61 to 0.82 of each side
        int columns =
                columns(half, brightening(30, 240), Preprocessing.imageNet(64).squashed(), seed);
        assertThat(columns).isBetween((int) (0.58 * 240), (int) (0.84 * 240));
    }

    /** How many columns of a brightening image are to be seen, roughly. */
    private static int columns(RandomResizedCrop crop, Pixels image, Preprocessing target) throws Exception {
        return columns(crop, image, target, 1);
    }

    private static int columns(RandomResizedCrop crop, Pixels image, Preprocessing target, long seed) throws Exception {
        Pixels square = Augmentation.of(crop).apply(Draw.of(image, target, new SplittableRandom(seed)));
        int step = square.get(1, 1, 0) - square.get(1, 0, 0); // of one column of the square
        int span = square.get(0, square.width() - 1, 0) - square.get(0, 0, 0);
        return span + step;
    }

    /** Each column is brighter by one than that to its left. */
    private static Pixels brightening(int height, int width) {
        byte[] rgb = new byte[3 * height * width];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % width);
        }
        return new Pixels(height, width, rgb);
    }

    @Test
    void theFilterIsTheModelsUnlessOneIsGiven() throws Exception {
        Pixels photo = TestImages.pattern(40, 40);
        Preprocessing target = Preprocessing.imageNet(16);
        RandomResizedCrop whole = RandomResizedCrop.of(1, 1).withRatio(1, 1);
        assertThat(Augmentation.of(whole)
                        .apply(Draw.of(photo, target, new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(Resizer.resize(photo, 16, 16, Interpolation.BILINEAR).rgb());
        assertThat(Augmentation.of(whole.withInterpolation(Interpolation.BICUBIC))
                        .apply(Draw.of(photo, target, new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(Resizer.resize(photo, 16, 16, Interpolation.BICUBIC).rgb());
    }
}
