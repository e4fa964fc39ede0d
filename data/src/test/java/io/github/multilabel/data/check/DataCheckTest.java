package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found before training. */
class DataCheckTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW", "bmw"), Head.multiLabel("tags", "red", "old"));

    private final List<Sample> samples = new ArrayList<>();

    private void add(String name, byte[] bytes, String brand, String... tags) {
        add(ImageSource.of(name, bytes), brand, tags);
    }

    private void add(ImageSource image, String brand, String... tags) {
        Labels.Builder labels = Labels.builder(HEADS).set("tags", List.of(tags));
        if (brand != null) {
            labels.set("brand", brand);
        }
        samples.add(new Sample(image, labels.build(), "labels.csv line " + (samples.size() + 2)));
    }

    private DataReport check() {
        return DataCheck.builder().setSamples(samples).optFewImages(0).build().run();
    }

    /** A photo-like image: smooth blobs of colour, other ones for each number. */
    private static Pixels scene(int number, int size) {
        Random random = new Random(number);
        Pixels coarse = new Pixels(6, 6, bytes(random, 6 * 6 * 3));
        return Resizer.resize(coarse, size, size, Interpolation.BICUBIC);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] photo(int number) {
        return TestImages.jpeg(scene(number, 64));
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        List<Sample> good = IntStream.range(0, 6)
                .mapToObj(i -> new Sample(
                        ImageSource.of("photo " + i, photo(i)),
                        Labels.builder(heads).setIndex("brand", i % 2).build(),
                        ""))
                .toList();
        DataReport report =
                DataCheck.builder().setSamples(good).optFewImages(3).build().run();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isUsable()).isTrue();
        assertThat(report.table()).contains("checked 6 rows: nothing was found");
    }

    @Test
    void missingTruncatedAndUnreadableImagesAreToldApart() {
        byte[] whole = photo(1);
        add("good", whole, "Audi");
        add(ImageSource.of(Path.of("no", "such.jpg")), "Audi");
        add("cut", Arrays.copyOf(whole, whole.length / 2), "BMW");
        add("page", "<html>not found</html>".getBytes(StandardCharsets.UTF_8), "BMW");
        add("empty", new byte[0], "BMW");
        DataReport report = check();
        assertThat(report.isUsable()).isFalse();
        assertThat(report.of(Kind.MISSING_IMAGE)).singleElement().satisfies(found -> {
            assertThat(found.rows()).containsExactly(1);
            assertThat(found.message()).contains("such.jpg", "labels.csv line 3", "no such file");
            assertThat(found.severity()).isEqualTo(Severity.ERROR);
        });
        assertThat(report.of(Kind.TRUNCATED_IMAGE)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("cut (labels.csv line 4)", "truncated JPEG"));
        assertThat(report.of(Kind.UNREADABLE_IMAGE)).extracting(Finding::rows).containsExactly(List.of(3), List.of(4));
    }

    @Test
    void aSourceThatFailsIsAFindingAndDoesNotStopTheCheck() {
        add(
                new ImageSource() {
                    @Override
                    public String name() {
                        return "store/1";
                    }

                    @Override
                    public byte[] read() throws IOException {
                        throw new IOException("bucket is gone");
                    }
                },
                "Audi");
        add(
                new ImageSource() {
                    @Override
                    public String name() {
                        return "store/2";
                    }

                    @Override
                    public byte[] read() {
                        throw new IllegalStateException("bug");
                    }
                },
                "BMW");
        DataReport report = check();
        assertThat(report.of(Kind.MISSING_IMAGE).get(0).message()).contains("store/1", "bucket is gone");
        assertThat(report.of(Kind.UNREADABLE_IMAGE).get(0).message()).contains("store/2", "bug");
    }

    @Test
    void theSameBytesWithOtherLabelsContradict() {
        add("a.jpg", photo(1), "Audi", "red");
        add("b.jpg", photo(1), "BMW", "red");
        add("c.jpg", photo(1), null, "red");
        add("d.jpg", photo(2), "BMW");
        DataReport report = check();
        assertThat(report.of(Kind.CONTRADICTING_LABELS)).singleElement().satisfies(found -> {
            assertThat(found.rows()).containsExactly(0, 1, 2);
            assertThat(found.message())
                    .contains("'brand'", "Audi in a.jpg (labels.csv line 2)", "BMW in b.jpg (labels.csv line 3)");
        });
        assertThat(report.of(Kind.DUPLICATE_IMAGE)).hasSize(1);
    }

    @Test
    void theSameRowAgainIsToldFromAnotherFileOfTheSameBytes() {
        add("a.jpg", photo(1), "Audi");
        add("a.jpg", photo(1), "Audi");
        add("b.jpg", photo(2), "Audi");
        DataReport report = check();
        assertThat(report.of(Kind.DUPLICATE_ROW)).singleElement().satisfies(found -> assertThat(found.rows())
                .containsExactly(0, 1));
        assertThat(report.of(Kind.DUPLICATE_IMAGE)).isEmpty();
        assertThat(report.of(Kind.CONTRADICTING_LABELS)).isEmpty();
    }

    @Test
    void duplicatesAcrossPartsAreToldOf() {
        add("a.jpg", photo(1), "Audi");
        add("b.jpg", photo(2), "BMW");
        add("c.jpg", photo(1), "Audi");
        add("d.jpg", TestImages.jpeg(Resizer.resize(scene(2, 64), 40, 48, Interpolation.BILINEAR)), "BMW");
        DataSplit split = DataSplit.byName(List.of("train", "train", "validation", "validation"));
        DataReport report = DataCheck.builder()
                .setSamples(samples)
                .optSplit(split, "train")
                .optFewImages(0)
                .build()
                .run();
        assertThat(report.of(Kind.DUPLICATE_ACROSS_PARTS)).singleElement().satisfies(found -> assertThat(
                        found.message())
                .contains("train: a.jpg (labels.csv line 2)", "validation: c.jpg (labels.csv line 4)"));
        assertThat(report.of(Kind.NEAR_DUPLICATE_ACROSS_PARTS))
                .singleElement()
                .satisfies(found -> assertThat(found.rows()).containsExactly(1, 3));
    }

    @Test
    void resizedCompressedAndBrighterCopiesLookTheSameAndOthersDoNot() {
        Pixels scene = scene(5, 96);
        byte[] brighter = scene.rgb().clone();
        for (int i = 0; i < brighter.length; i++) {
            brighter[i] = (byte) Math.min(255, (brighter[i] & 0xff) + 8);
        }
        add("original.png", TestImages.png(scene), "Audi");
        add("compressed.jpg", TestImages.jpeg(scene), "Audi");
        add("smaller.png", TestImages.png(Resizer.resize(scene, 50, 60, Interpolation.BILINEAR)), "Audi");
        add("brighter.png", TestImages.png(new Pixels(96, 96, brighter)), "Audi");
        for (int other = 100; other < 150; other++) {
            add("other " + other, TestImages.png(scene(other, 32)), "BMW");
        }
        assertThat(check().of(Kind.NEAR_DUPLICATE)).singleElement().satisfies(found -> assertThat(found.rows())
                .containsExactly(0, 1, 2, 3));
    }

    @Test
    void plainImagesAreNotTakenForEachOther() {
        for (int grey = 0; grey < 250; grey += 10) {
            add("grey " + grey, TestImages.png(TestImages.plain(20, 20, grey)), "Audi");
        }
        assertThat(check().of(Kind.NEAR_DUPLICATE)).isEmpty();
    }

    @Test
    void headsAndCategoriesAreCountedInTheTrainingPart() {
        add("a.jpg", photo(1), null, "red");
        add("b.jpg", photo(2), null, "red");
        add("c.jpg", photo(3), "Audi", "old");
        DataSplit split = DataSplit.byName(List.of("train", "train", "validation"));
        DataReport report = DataCheck.builder()
                .setSamples(samples)
                .optSplit(split, "train")
                .optFewImages(2)
                .build()
                .run();
        assertThat(report.of(Kind.HEAD_WITHOUT_LABELS)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("2 training rows", "'brand'"));
        assertThat(report.of(Kind.FEW_IMAGES)).singleElement().satisfies(found -> assertThat(found.message())
                .contains("'tags'", "'old' has 0"));
    }

    @Test
    void categoriesThatDifferOnlyInCaseOrBlanksAreToldOf() {
        HeadSet heads = HeadSet.of(Head.singleLabel(
                "a", "Aston Martin", "AstonMartin", "aston-martin", "BMW", "\uff22\uff2d\uff37", "Ford"));
        Sample sample = new Sample(
                ImageSource.of("1", photo(1)),
                Labels.builder(heads).setIndex("a", 0).build(),
                "");
        DataReport report =
                DataCheck.builder().setSamples(List.of(sample)).build().run();
        assertThat(report.of(Kind.SIMILAR_CATEGORIES))
                .extracting(Finding::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("'Aston Martin' and 'AstonMartin' and 'aston-martin'"),
                        second -> assertThat(second).contains("'BMW' and '\uff22\uff2d\uff37'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"True|1|False|0", "yes|true|no", "ja|nein|0"})
    void severalWordsForYesOrNoAreToldOf(String categories) {
        assertThat(similar(categories)).isNotEmpty().allSatisfy(found -> assertThat(found.message())
                .contains("seem to say the same, yes or no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"True|False", "0|1", "0|1|2", "on|off", "NO|DE|SI", "1|yellow|y", "Y|N"})
    void wordsThatMeanDifferentThingsAreNot(String categories) {
        assertThat(similar(categories)).isEmpty();
    }

    private List<Finding> similar(String categories) {
        HeadSet heads = HeadSet.of(Head.singleLabel("a", categories.split("\\|")));
        Sample sample = new Sample(
                ImageSource.of("1", photo(1)),
                Labels.builder(heads).setIndex("a", 0).build(),
                "");
        return DataCheck.builder().setSamples(List.of(sample)).build().run().of(Kind.SIMILAR_CATEGORIES);
    }

    @Test
    void aColumnOfIdsIsToldOfOnceAndNotCategoryByCategory() {
        HeadSet heads = HeadSet.of(Head.singleLabel(
                "id", IntStream.range(0, 30).mapToObj(i -> "id " + i).toList()));
        List<Sample> rows = IntStream.range(0, 30)
                .mapToObj(i -> new Sample(
                        ImageSource.of("photo " + i, photo(i)),
                        Labels.builder(heads).setIndex("id", i).build(),
                        ""))
                .toList();
        assertThat(DataCheck.builder().setSamples(rows).build().run().findings())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(Kind.LOOKS_LIKE_ID);
                    assertThat(found.message()).contains("'id' has 30 categories for 30 labelled rows");
                });
    }

    @Test
    void theTableCountsAndShowsTheFirstInEveryLocale() {
        for (int i = 0; i < 1_200; i++) {
            add(ImageSource.of(Path.of("gone", i + ".jpg")), "Audi");
        }
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(check().table())
                    .contains("checked 1,200 rows", "missing image", "error", "1,200", "and 1,195 more")
                    .containsOnlyOnce("labels.csv line 3)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneThreadAndFourFindTheSame() {
        for (int i = 0; i < 12; i++) {
            add("photo " + i, photo(i % 5), i % 2 == 0 ? "Audi" : "BMW");
        }
        DataReport one =
                DataCheck.builder().setSamples(samples).optThreads(1).build().run();
        DataReport four =
                DataCheck.builder().setSamples(samples).optThreads(4).build().run();
        assertThat(one).isEqualTo(four);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataCheck.builder()
                        .optNearDistance(17)
                        .optFewImages(-1)
                        .optThreads(0)
                        .optDecoder(null)
                        .build())
                .withMessageContainingAll("setSamples", "optNearDistance(17)", "optFewImages(-1)", "optThreads(0)");
    }
}
