package io.github.multilabel.data.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.check.DataCheck;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.check.ImageFacts;
import io.github.multilabel.data.split.DataSplit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of labelled images and what is wrong with them. */
class DataPageTest {

    private static final Pattern PICTURE = Pattern.compile("<img [^>]*src=\"([^\"]*)\"");
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", SCRIPT),
            Head.singleLabel("type", "Van", "Coupe"),
            Head.multiLabel("tags", "red", "old", "wet"));

    @TempDir
    private Path folder;

    private final List<Sample> samples = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();

    private void add(String part, byte[] image, String brand, String type, String... tags) {
        Labels.Builder labels = Labels.builder(HEADS).set("brand", brand).set("tags", List.of(tags));
        if (!type.isEmpty()) {
            labels.set("type", type);
        }
        String name = "photos/" + samples.size() + ".jpg";
        samples.add(new Sample(ImageSource.of(name, image), labels.build(), "cars.csv line " + (samples.size() + 2)));
        parts.add(part);
    }

    private static byte[] jpeg(int height, int width) {
        return TestImages.jpeg(TestImages.pattern(height, width));
    }

    /** Four cars, of which one is in both parts, and one is not an image. */
    private DataReport cars() {
        byte[] twice = jpeg(40, 400);
        add("train", twice, "Audi", "Van", "red", "old");
        add("train", TestImages.png(TestImages.pattern(20, 20)), "Audi", "", "red", "old", "wet");
        add("train", new byte[] {1, 2, 3}, SCRIPT, "Coupe");
        add("validation", twice, "Audi", "Van", "red");
        return DataCheck.builder()
                .setSamples(samples)
                .optSplit(DataSplit.byName(parts), "train")
                .optFewImages(0)
                .optProgress(ProgressListener.none())
                .build()
                .run();
    }

    private String page(DataReport report) throws IOException {
        Path file = folder.resolve("new").resolve("data.html");
        DataPage.of(report).withTitle("cars & " + SCRIPT).write(file);
        return Files.readString(file);
    }

    /** What a reader sees of a row of bars: its name and its numbers. */
    private static List<String> bars(String page) {
        return Pattern.compile("<tr><th>.*")
                .matcher(page)
                .results()
                .map(row -> row.group()
                        .replaceAll("</t[hd]>", " ")
                        .replaceAll("<[^>]*>", "")
                        .replaceAll(" +", " ")
                        .strip())
                .toList();
    }

    private static List<BufferedImage> pictures(String page) {
        return PICTURE.matcher(page).results().map(DataPageTest::picture).toList();
    }

    private static BufferedImage picture(MatchResult found) {
        String start = "data:image/jpeg;base64,";
        assertThat(found.group(1)).startsWith(start);
        byte[] jpeg = Base64.getDecoder().decode(found.group(1).substring(start.length()));
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void labelsAreCountedForEachPart() throws IOException {
        String page = page(cars());
        assertThat(page)
                .contains("4 rows", "train 3", "validation 1", "1 image cannot be decoded", "<h2>Categories</h2>")
                .contains("3 categories, 4 labelled rows with 1.5 tags on average, 1 of them with none");
        assertThat(bars(page))
                .as("in train, in validation, in all")
                .contains("Audi 2 1 3", "Van 1 1 2", "red 2 1 3", "wet 1 0 1")
                .as("missing labels, in percent of train and of validation, and in all")
                .contains("type 33.3% 0.0% 1", "brand 0.0% 0.0% 0");
    }

    @Test
    void whatGoesTogetherIsCounted() throws IOException {
        assertThat(bars(page(cars())))
                .as("rows, and which part of the rarer tag that is")
                .contains("red + old 2 100.0%", "red + wet 1 100.0%")
                .as("rows, and which part of those with both labels that is")
                .contains("Audi + Van 2 66.7%");
    }

    @Test
    void sizesShapesAndFormatsAreCounted() throws IOException {
        String page = page(cars());
        assertThat(page).contains("from 20 \u00d7 20 to 400 \u00d7 40 pixels, half of them up to 400 \u00d7 40");
        assertThat(bars(page))
                .contains("below 32 1", "32 to 63 2", "about square 1", "2:1 and wider 2", "JPEG 2", "PNG 1");
    }

    @Test
    void duplicatesAreSideBySideAsSmallImages() throws IOException {
        String page = page(cars());
        String section = page.substring(page.indexOf("id=\"DUPLICATE_ACROSS_PARTS\""));
        String duplicates = section.substring(0, section.indexOf("</section>"));
        assertThat(pictures(duplicates)).hasSize(2).allSatisfy(picture -> {
            assertThat(picture.getWidth()).isEqualTo(Thumbnail.SIDE);
            assertThat(picture.getHeight()).isEqualTo(Thumbnail.SIDE / 10);
        });
        assertThat(duplicates).contains("0.jpg", "3.jpg", "the same image is in train: ");
        assertThat(page)
                .as("no picture, but words, of what cannot be decoded")
                .contains("photos/2.jpg (cars.csv line 4): ");
    }

    @Test
    void whatTheDataSaysIsNoMarkup() throws IOException {
        String page = page(cars());
        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;", "cars &amp; &lt;");
    }

    @Test
    void nothingIsAskedForFromElsewhere() throws IOException {
        String page = page(cars());
        assertThat(page).doesNotContain("http:", "https:", "url(", "@import", "<link", "<iframe");
        assertThat(page).contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"");
        assertThat(pictures(page)).isNotEmpty();
    }

    @Test
    void thePageStaysSmallWhateverTheDataHas() throws IOException {
        HeadSet heads = HeadSet.of(
                Head.singleLabel(
                        "id",
                        IntStream.range(0, 2_000).mapToObj(id -> "id " + id).toList()),
                Head.multiLabel(
                        "tags",
                        IntStream.range(0, 300).mapToObj(tag -> "tag " + tag).toList()));
        List<Sample> many = IntStream.range(0, 2_000)
                .mapToObj(row -> new Sample(
                        ImageSource.of("photos/" + row, jpeg(8, 8)),
                        Labels.builder(heads)
                                .setIndex("id", row)
                                .set("tags", List.of("tag " + row % 300, "tag " + row % 7))
                                .build(),
                        ""))
                .toList();
        List<Finding> findings = IntStream.range(0, 100)
                .mapToObj(group -> new Finding(
                        Kind.NEAR_DUPLICATE,
                        Severity.INFO,
                        IntStream.range(0, 20).mapToObj(i -> group * 20 + i).toList(),
                        "look the same: " + "x".repeat(100_000)))
                .toList();
        String page = page(
                new DataReport(many, Optional.empty(), findings, List.of(new ImageFacts(8, 8, "JPEG", false, 500))));
        assertThat(pictures(page)).as("12 findings of 4 images").hasSize(48);
        assertThat(page).contains("and 1,980 more, of 1 to 1 rows each, 1,980 in all", "and 16 more", "and 88 more");
        assertThat(page.length()).isLessThan(150_000);
    }

    @Test
    void aTableWithoutFaultsAndWithoutASplitHasAPageToo() throws IOException {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        List<Sample> good = List.of(new Sample(
                ImageSource.of("a", jpeg(8, 8)),
                Labels.builder(heads).set("brand", "BMW").build(),
                ""));
        String page = page(new DataReport(good, Optional.empty(), List.of(), List.of()));
        assertThat(page)
                .contains("Nothing was found", "Every row has a label for every head.", "None can be decoded.")
                .doesNotContain("<h2>Findings", "What goes together", "<img");
        assertThat(bars(page)).contains("BMW 1", "Audi 0");
    }
}
