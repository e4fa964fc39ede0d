package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.TestImages;
import io.github.multilabel.data.split.DataSplit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether there is something left to learn a head from, and to measure it by. */
class MeasurableLabelsTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("colour", "red", "green", "blue"), Head.multiLabel("extras", "roof rack", "spoiler"));

    private final List<Sample> samples = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();

    private void add(String part, boolean usable, String colour, String... extras) {
        byte[] bytes = usable
                ? TestImages.png(TestImages.plain(8, 8, 10 * samples.size()))
                : "damaged".getBytes(StandardCharsets.UTF_8);
        Labels.Builder labels = Labels.builder(HEADS);
        if (colour != null) {
            labels.set("colour", colour);
        }
        if (extras.length > 0) {
            labels.set("extras", List.of(extras));
        }
        samples.add(new Sample(ImageSource.of("photo " + samples.size(), bytes), labels.build(), ""));
        parts.add(part);
    }

    private DataReport check() {
        return DataCheck.builder()
                .setSamples(samples)
                .optSplit(DataSplit.byName(parts), "train")
                .optFewImages(0)
                .build()
                .run();
    }

    @Test
    void aHeadWithoutAnyUsableLabelInAPartCannotBeMeasuredThere() {
        add("train", true, "red", "spoiler");
        add("train", true, "green", "roof rack");
        add("validation", true, "red");
        add("validation", false, null, "spoiler");
        assertThat(check().of(Kind.NOTHING_TO_MEASURE)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message())
                    .isEqualTo(
                            "none of the 1 usable images of part 'validation' has a label for 'extras' that is one of"
                                    + " its categories: it cannot be measured there");
        });
    }

    @Test
    void aCategoryWithoutUsableTrainingImagesIsToldOf() {
        add("train", true, "red", "spoiler");
        add("train", true, "green", "roof rack");
        add("train", false, "blue");
        add("train", false, "blue");
        add("validation", true, "blue", "spoiler");
        assertThat(check().of(Kind.CATEGORY_WITHOUT_IMAGES)).singleElement().satisfies(finding -> assertThat(finding)
                .hasToString("WARNING category without images: 'colour': the training images of category 'blue' (2) are"
                        + " all missing or damaged: it cannot be learned"));
    }

    @Test
    void oneCategoryThatIsLeftIsNothingToLearn() {
        add("train", true, "red", "spoiler");
        add("train", false, "green", "roof rack");
        add("validation", true, "green", "spoiler");
        assertThat(check().of(Kind.CATEGORY_WITHOUT_IMAGES)).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message())
                    .isEqualTo("'colour': without missing and damaged images, all 1 training images have one category:"
                            + " there is nothing to learn");
        });
    }

    @Test
    void aHeadAllOfWhoseLabelsAreOnDamagedImagesHasNone() {
        add("train", true, "red");
        add("train", true, "green");
        add("train", false, "red", "spoiler");
        add("validation", true, "red", "spoiler");
        assertThat(check().of(Kind.HEAD_WITHOUT_LABELS)).singleElement().satisfies(finding -> assertThat(
                        finding.message())
                .startsWith("none of the 2 usable training rows has a label for 'extras'"));
    }

    @Test
    void whatIsThereIsNotToldOf() {
        add("train", true, "red", "spoiler");
        add("train", true, "green", "roof rack");
        add("validation", true, "green", "spoiler");
        assertThat(check().of(Kind.NOTHING_TO_MEASURE)).isEmpty();
        assertThat(check().of(Kind.CATEGORY_WITHOUT_IMAGES)).isEmpty();
        assertThat(check().isUsable()).isTrue();
    }

    @Test
    void damagedFilesOfEqualBytesAreNoCopiesOfEachOther() {
        add("train", false, "red", "spoiler");
        add("train", false, "green", "roof rack");
        add("validation", false, "blue", "spoiler");
        add("train", true, "red", "spoiler");
        assertThat(check().findings())
                .extracting(Finding::kind)
                .contains(Kind.UNREADABLE_IMAGE)
                .doesNotContain(Kind.CONTRADICTING_LABELS, Kind.DUPLICATE_IMAGE, Kind.DUPLICATE_ACROSS_PARTS);
    }
}
