package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Copies are found, and images that are much alike are no copies. */
class NearDuplicatesTest {

    private static final int WHITE = 255;

    private final List<ImageLook> looks = new ArrayList<>();

    private void add(Pixels... images) {
        for (Pixels image : images) {
            looks.add(ImageLook.of(image));
        }
    }

    private List<List<Integer>> groups() {
        return NearDuplicates.groups(looks, 6, 2, (task, done, total) -> {});
    }

    /** Blobs of colour, large and small as in a photo, other ones for each number. */
    private static Pixels photo(int number, int height, int width) {
        Random random = new Random(number);
        byte[] coarse = new byte[9 * 12 * Pixels.CHANNELS];
        random.nextBytes(coarse);
        return Resizer.resize(new Pixels(9, 12, coarse), height, width, Interpolation.BICUBIC);
    }

    private static Pixels photo(int number) {
        return photo(number, 96, 128);
    }

    private static Pixels plain(int height, int width, int grey) {
        byte[] rgb = new byte[height * width * Pixels.CHANNELS];
        Arrays.fill(rgb, (byte) grey);
        return new Pixels(height, width, rgb);
    }

    private static Pixels framed(Pixels image, int lines, int columns, int grey) {
        Pixels framed = plain(image.height() + 2 * lines, image.width() + 2 * columns, grey);
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(
                    image.rgb(),
                    y * image.width() * Pixels.CHANNELS,
                    framed.rgb(),
                    ((y + lines) * framed.width() + columns) * Pixels.CHANNELS,
                    image.width() * Pixels.CHANNELS);
        }
        return framed;
    }

    private static Pixels cut(Pixels image, double part) {
        int lines = (int) Math.round(image.height() * part);
        int columns = (int) Math.round(image.width() * part);
        return image.crop(new Box(lines, columns, image.height() - 2 * lines, image.width() - 2 * columns));
    }

    private static Pixels changed(Pixels image, UnaryOperator<int[]> pixel) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i += Pixels.CHANNELS) {
            int[] changed = pixel.apply(new int[] {rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff});
            for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                rgb[i + channel] = (byte) Math.min(WHITE, changed[channel]);
            }
        }
        return new Pixels(image.height(), image.width(), rgb);
    }

    /** A rectangle of a colour on white. */
    private static Pixels product(int top, int left, int height, int width, int... colour) {
        Pixels image = plain(120, 160, WHITE);
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                    image.rgb()[(y * image.width() + x) * Pixels.CHANNELS + channel] = (byte) colour[channel];
                }
            }
        }
        return image;
    }

    @Test
    void whatWasDoneToACopyDoesNotHideIt() {
        List<UnaryOperator<Pixels>> copies = List.of(
                image -> Resizer.resize(image, 50, 60, Interpolation.BILINEAR),
                image -> changed(image, rgb -> new int[] {rgb[0] * 11 / 10, rgb[1] * 11 / 10, rgb[2] * 11 / 10}),
                Pixels::mirrored,
                image -> cut(image, 0.03),
                image -> cut(image, 0.05),
                image -> cut(image, 0.08),
                image -> cut(image.mirrored(), 0.05),
                image -> image.crop(new Box(0, 0, 90, 128)),
                image -> framed(image, 6, 6, WHITE),
                image -> framed(image, 15, 15, 0),
                image -> framed(image, 16, 0, 0),
                image -> framed(image.mirrored(), 5, 9, 120));
        for (int kind = 0; kind < copies.size(); kind++) {
            looks.clear();
            for (int number = 0; number < 20; number++) {
                Pixels photo = photo(number);
                add(photo, copies.get(kind).apply(photo));
            }
            assertThat(groups())
                    .as("copies of kind %d", kind)
                    .hasSizeGreaterThanOrEqualTo(19)
                    .allSatisfy(group -> {
                        assertThat(group).hasSize(2);
                        assertThat(group.get(1)).isEqualTo(group.get(0) + 1);
                    });
        }
    }

    @Test
    void photosOfOtherThingsAreNoCopies() {
        for (int number = 0; number < 1_000; number++) {
            add(photo(number, 32, 32));
        }
        assertThat(groups()).isEmpty();
    }

    @Test
    void whatLooksLikeACopyOfACopyNeedNotLookLikeTheFirst() {
        Pixels first = photo(1, 400, 500);
        Pixels second = cut(first, 0.1);
        add(first, second, cut(second, 0.1));
        assertThat(groups()).containsExactly(List.of(0, 1), List.of(1, 2));
    }

    @Test
    void productsOnWhiteAreNoCopiesOfEachOther() {
        Random random = new Random(4);
        for (int number = 0; number < 300; number++) {
            int height = 30 + random.nextInt(70);
            int width = 40 + random.nextInt(80);
            int top = 60 - height / 2 + random.nextInt(11) - 5;
            int left = 80 - width / 2 + random.nextInt(15) - 7;
            add(product(top, left, height, width, random.nextInt(256), random.nextInt(256), random.nextInt(256)));
        }
        assertThat(groups()).hasSizeLessThan(15).allSatisfy(group -> assertThat(group)
                .hasSizeLessThan(4));
    }

    @Test
    void aCopyOfAProductOnWhiteIsFound() {
        Pixels product = product(20, 30, 70, 100, 200, 40, 30);
        add(product, Resizer.resize(product, 60, 80, Interpolation.BILINEAR), product(30, 50, 40, 60, 200, 40, 30));
        assertThat(groups()).containsExactly(List.of(0, 1));
    }

    @Test
    void ofOneShapeTheColoursTell() {
        Pixels photo = photo(3);
        add(photo, changed(photo, rgb -> new int[] {rgb[2], rgb[0], rgb[1]}));
        assertThat(groups()).isEmpty();
    }

    @Test
    void thousandsOfCopiesOfOneImageAreOneGroup() {
        ImageLook look = ImageLook.of(photo(5));
        for (int i = 0; i < 5_000; i++) {
            looks.add(look);
        }
        add(photo(6));
        assertThat(groups()).singleElement().satisfies(group -> assertThat(group)
                .hasSize(5_000));
    }

    @Test
    void plainImagesTakeNoPart() {
        add(plain(50, 50, 0), plain(50, 50, 0), plain(50, 50, WHITE));
        looks.add(null);
        assertThat(groups()).isEmpty();
    }

    @Test
    void oneThreadFindsWhatEightFind() {
        for (int number = 0; number < 60; number++) {
            add(photo(number % 40), photo(number));
        }
        assertThat(NearDuplicates.groups(looks, 6, 1, (task, done, total) -> {}))
                .isEqualTo(NearDuplicates.groups(looks, 6, 8, (task, done, total) -> {}))
                .isNotEmpty();
    }
}
