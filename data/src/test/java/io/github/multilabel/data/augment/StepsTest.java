package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.data.TestImages;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final List<AugmentationStep> ALL = List.of(
            RandomHorizontalFlip.of(1),
            ColorJitter.of(0.4, 0.4, 0.4, 0.1),
            RandAugment.of(3, 30),
            TrivialAugmentWide.create().withFill(0x102030),
            RandomErasing.of(1),
            RandomErasing.of(1).withNoise(),
            RandomRotation.of(180),
            RandomGrayscale.of(1),
            GaussianBlur.of(9, 0.1, 2));

    /** Steps look at nothing of it but the random numbers and the colours of ImageNet. */
    private static Draw draw(SplittableRandom random) {
        return Draw.of(TestImages.plain(1, 1, 0), Preprocessing.imageNet(16), random);
    }

    @Property(tries = 150)
    void everyStepKeepsTheSizeOfAnyImageAndRepeatsItselfBySeed(
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll long seed) {
        Pixels image = TestImages.pattern(height, width);
        byte[] before = image.rgb().clone();
        for (AugmentationStep step : ALL) {
            Pixels changed = step.apply(image, draw(new SplittableRandom(seed)));
            assertThat(changed.height()).as(step.toString()).isEqualTo(height);
            assertThat(changed.width()).as(step.toString()).isEqualTo(width);
            assertThat(step.apply(image, draw(new SplittableRandom(seed))).rgb())
                    .as(step.toString())
                    .isEqualTo(changed.rgb());
        }
        assertThat(image.rgb()).as("the image that was given").isEqualTo(before);
    }

    @Property(tries = 60)
    void everyPresetMakesTheSquareOfAnyImage(
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll long seed)
            throws Exception {
        Pixels image = TestImages.pattern(height, width);
        for (String name : Augmentation.names()) {
            Pixels square = Augmentation.byName(name)
                    .apply(Draw.of(image, Preprocessing.imageNet(16), new SplittableRandom(seed)));
            assertThat(square.height()).as(name).isEqualTo(16);
            assertThat(square.width()).as(name).isEqualTo(16);
        }
    }

    @Test
    void aProbabilityOfZeroNeverHappensAndOneAlways() {
        Pixels image = TestImages.pattern(12, 12);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            assertThat(RandomHorizontalFlip.of(0).apply(image, draw(random))).isSameAs(image);
            assertThat(RandomGrayscale.of(0).apply(image, draw(random))).isSameAs(image);
            assertThat(RandomErasing.of(0).apply(image, draw(random))).isSameAs(image);
            assertThat(RandomHorizontalFlip.of(1).apply(image, draw(random)).rgb())
                    .isEqualTo(image.mirrored().rgb());
            assertThat(RandomGrayscale.of(1).apply(image, draw(random)).rgb())
                    .isEqualTo(Colors.grayscale(image).rgb());
        }
    }

    @Test
    void aJitterOfNothingChangesNothing() {
        Pixels image = TestImages.pattern(12, 12);
        assertThat(ColorJitter.of(0, 0, 0, 0)
                        .apply(image, draw(new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(image.rgb());
    }

    @Test
    void jitterDrawsItsFactorsFromTheWholeRange() {
        Pixels grey = TestImages.plain(2, 2, 100);
        SplittableRandom random = new SplittableRandom(3);
        int darkest = 255;
        int brightest = 0;
        for (int i = 0; i < 1000; i++) {
            int value = ColorJitter.of(0.2, 0, 0, 0).apply(grey, draw(random)).get(0, 0, 0);
            darkest = Math.min(darkest, value);
            brightest = Math.max(brightest, value);
        }
        assertThat(darkest).isBetween(80, 81);
        assertThat(brightest).isBetween(118, 120);
    }

    @Test
    void everyOrderOfTheJitterIsAboutEquallyFrequent() {
        SplittableRandom random = new SplittableRandom(8);
        Map<String, Integer> orders = new HashMap<>();
        for (int i = 0; i < 24_000; i++) {
            orders.merge(Arrays.toString(Chance.order(4, random)), 1, Integer::sum);
        }
        assertThat(orders).hasSize(24);
        assertThat(orders.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void erasingLeavesTheMeanColourOfTheModel() {
        Preprocessing half = new Preprocessing(
                20,
                1,
                Preprocessing.CropMode.CENTER,
                Interpolation.BILINEAR,
                List.of(0.5, 0.25, 1.0),
                List.of(0.5, 0.5, 0.5));
        Pixels white = TestImages.plain(20, 20, 255);
        Pixels erased = RandomErasing.of(1).apply(white, Draw.of(white, half, new SplittableRandom(2)));
        int covered = 0;
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 20; x++) {
                if (erased.get(y, x, 0) != 255) {
                    assertThat(erased.get(y, x, 0)).isEqualTo(128);
                    assertThat(erased.get(y, x, 1)).isEqualTo(64);
                    assertThat(erased.get(y, x, 2)).isEqualTo(255);
                    covered++;
                }
            }
        }
        assertThat(covered / 400.0).isBetween(0.015, 0.35);
    }

    @Test
    void erasingByNoiseHasTheSpreadOfTheModel() {
        Pixels noise = RandomErasing.of(1)
                .withScale(0.9, 0.95)
                .withRatio(1, 1)
                .withNoise()
                .apply(TestImages.plain(200, 200, 0), draw(new SplittableRandom(4)));
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = 40; y < 160; y++) {
            for (int x = 40; x < 160; x++) {
                double value = (noise.get(y, x, 0) / 255.0 - 0.485) / 0.229;
                sum += value;
                squares += value * value;
                count++;
            }
        }
        assertThat(sum / count).isCloseTo(0, within(0.03));
        assertThat(Math.sqrt(squares / count)).isCloseTo(0.97, within(0.03)); // clipped at bytes, so less than 1
    }

    @Test
    void erasedAreasAreDrawnAsTorchvisionDraws() {
        SplittableRandom random = new SplittableRandom(5);
        double areas = 0;
        double logs = 0;
        for (int i = 0; i < 5000; i++) {
            Box part = RandomErasing.of(1).part(1000, 1000, random).orElseThrow();
            areas += part.area() / 1e6;
            logs += Math.log((double) part.height() / part.width());
        }
        assertThat(areas / 5000).isCloseTo((0.02 + 0.33) / 2, within(0.005));
        assertThat(logs / 5000).isCloseTo((Math.log(0.3) + Math.log(3.3)) / 2, within(0.03));
    }

    @Test
    void strongestAndMildestMagnitudesAreTorchvisions() {
        Pixels image = TestImages.pattern(40, 331);
        SplittableRandom random = new SplittableRandom(1);
        byte[] posterized = Operation.POSTERIZE
                .apply(image, 30, Strengths.RAND_AUGMENT, 0, random)
                .rgb();
        assertThat(posterized).isEqualTo(Colors.posterize(image, 4).rgb());
        byte[] two = Operation.POSTERIZE
                .apply(image, 30, Strengths.TRIVIAL_AUGMENT_WIDE, 0, random)
                .rgb();
        assertThat(two).isEqualTo(Colors.posterize(image, 2).rgb());
        byte[] negative = Operation.SOLARIZE
                .apply(image, 30, Strengths.RAND_AUGMENT, 0, random)
                .rgb();
        assertThat(negative).isEqualTo(Colors.invert(image).rgb());
        byte[] moved = Operation.TRANSLATE_X
                .apply(image, 30, Strengths.RAND_AUGMENT, 7, random)
                .rgb();
        assertThat(moved)
                .isIn(
                        Geometry.translateX(image, 150, 7).rgb(),
                        Geometry.translateX(image, -150, 7).rgb());
        for (Operation mild : Operation.values()) {
            if (mild != Operation.AUTO_CONTRAST && mild != Operation.EQUALIZE && mild != Operation.SOLARIZE) {
                assertThat(mild.apply(image, 0, Strengths.RAND_AUGMENT, 0, random)
                                .rgb())
                        .as(mild.name())
                        .isEqualTo(image.rgb());
            }
        }
    }

    @Test
    void magnitudesGoInBothDirections() {
        Pixels grey = TestImages.plain(2, 2, 100);
        SplittableRandom random = new SplittableRandom(1);
        Set<Integer> values = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            values.add(Operation.BRIGHTNESS
                    .apply(grey, 10, Strengths.RAND_AUGMENT, 0, random)
                    .get(0, 0, 0));
        }
        assertThat(values).containsExactlyInAnyOrder(70, 130);
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        refused(() -> RandomHorizontalFlip.of(1.1), "RandomHorizontalFlip: probability 1.1 is outside [0, 1]");
        refused(() -> RandomGrayscale.of(Double.NaN), "probability NaN");
        refused(() -> RandomErasing.of(-1), "RandomErasing: probability -1.0");
        refused(() -> RandomErasing.of(1).withScale(0.5, 0.2), "scale from 0.5 to 0.2");
        refused(() -> RandomErasing.of(1).withRatio(0, 1), "ratio from 0.0 to 1.0");
        refused(() -> RandomResizedCrop.of(0.5, 1.5), "scale from 0.5 to 1.5; needs 0.0 <= min <= max <= 1.0");
        refused(() -> RandomResizedCrop.of(0.5, 1).withRatio(-1, 1), "ratio from -1.0 to 1.0");
        refused(() -> RandomResizedCrop.of(0.5, 1).keepingBox(2), "fraction 2.0 of the box");
        refused(() -> ColorJitter.of(-0.1, 0, 0, 0), "brightness -0.1 is outside [0, 100]");
        refused(() -> ColorJitter.of(0, 0, 0, 0.6), "hue 0.6 is outside [0, 0.5]");
        refused(() -> RandomRotation.of(181), "181.0 degrees");
        refused(() -> RandAugment.of(0, 9), "0 operations");
        refused(() -> RandAugment.of(2, 31), "magnitude 31 is outside [0, 30]");
        refused(() -> GaussianBlur.of(4, 0.1, 2), "kernel size 4; must be odd");
        refused(() -> GaussianBlur.of(5, 0, 2), "sigma from 0.0 to 2.0");
        Pixels image = TestImages.pattern(2, 2);
        refused(() -> Colors.brightness(image, -1), "brightness: factor -1.0 must be at least 0");
        refused(() -> Colors.hue(image, 0.51), "shift 0.51 is outside [-0.5, 0.5]");
        refused(() -> Colors.posterize(image, 0), "0 bits are outside [1, 8]");
        refused(() -> Filters.sharpness(image, Double.NaN), "factor NaN");
        refused(() -> Geometry.rotate(image, Double.NaN), "not finite");
        refused(() -> Geometry.shearX(image, Double.POSITIVE_INFINITY, 0), "not finite");
        refused(() -> Filters.gaussianBlur(image, 3, 0), "sigma 0.0 is outside");
    }

    @Test
    void whatIsMovedOutOfTheImageIsGone() {
        Pixels image = TestImages.pattern(3, 3);
        for (int far : new int[] {3, -3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(Geometry.translateX(image, far, 0x050505).rgb()).containsOnly(5);
            assertThat(Geometry.translateY(image, far, 0x050505).rgb()).containsOnly(5);
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    @Test
    void stepsPrintTheirParameters() {
        assertThat(ColorJitter.of(0.2, 0.2, 0.2, 0.05))
                .hasToString("ColorJitter(brightness=0.8..1.2, contrast=0.8..1.2, saturation=0.8..1.2,"
                        + " hue=-0.05..0.05)");
        assertThat(RandAugment.of(2, 9)).hasToString("RandAugment(numOps=2, magnitude=9)");
        assertThat(RandomErasing.of(0.25))
                .hasToString("RandomErasing(p=0.25, scale=0.02..0.33, ratio=0.3..3.3, value=mean)");
    }
}
