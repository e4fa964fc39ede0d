package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.RowFingerprints;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.FileStamp;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.augment.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a data set says of itself, so that a training that is resumed finds out whether it is the same. */
class DescribedDatasetTest {

    private static final Instant CHANGED = Instant.parse("2024-05-06T07:08:09Z");

    @TempDir
    private Path folder;

    private static DatasetDescription describe(List<Sample> samples, UnaryOperator<ImageDatasetBuilder> settings)
            throws IOException {
        ImageDatasetBuilder builder =
                ImageDataset.builder().setHeads(Photos.HEADS).addSamples(samples);
        try (ImageDataset data = settings.apply(builder).build()) {
            return data.describe(DataPass.training(Preprocessing.imageNet(32), 0, 0));
        }
    }

    private static RowFingerprints rows(List<Sample> samples) throws IOException {
        return describe(samples, builder -> builder).rows();
    }

    /** Three photos in a folder; the labels are those of {@link Photos#greys}. */
    private static List<Sample> files(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Sample> samples = new ArrayList<>();
        for (Sample grey : Photos.greys(3)) {
            Path file = folder.resolve(grey.image().name() + ".png");
            Files.write(file, grey.image().read());
            Files.setLastModifiedTime(file, FileTime.from(CHANGED));
            samples.add(Sample.of(file, grey.labels()));
        }
        return samples;
    }

    /** Checkpoints keep these names and texts. */
    @Test
    void theUsualSettingsAreWrittenAsTheyAlwaysWere() throws IOException {
        DatasetDescription description = describe(Photos.greys(3), builder -> builder);

        assertThat(description.compared())
                .containsExactly(
                        Map.entry("batch size", "32"),
                        Map.entry("shuffle", "true"),
                        Map.entry("weighted sampling", "none"),
                        Map.entry("augmentation", Augmentation.light().describe()),
                        Map.entry("box crop", "none"),
                        Map.entry("decoder", "strict, at most 100000000 pixels"),
                        Map.entry("limit", "none"),
                        Map.entry("boxes", "none"),
                        Map.entry("sampling weights", "none"));
        assertThat(description.free())
                .containsExactly(Map.entry("bad images", "fail"), Map.entry("photo cache", "none"));
    }

    /** An evaluation neither shuffles nor augments, and its batch size changes nothing but rounding. */
    @Test
    void anEvaluationIsDescribedByWhatItDependsOn() throws IOException {
        try (ImageDataset data = ImageDataset.builder()
                .setHeads(Photos.HEADS)
                .addSamples(Photos.greys(3))
                .build()) {
            DatasetDescription description = data.describe(DataPass.evaluation(Preprocessing.imageNet(32)));

            assertThat(description.compared())
                    .containsExactly(
                            Map.entry("box crop", "none"),
                            Map.entry("decoder", "strict, at most 100000000 pixels"),
                            Map.entry("limit", "none"),
                            Map.entry("boxes", "none"));
            assertThat(description.free())
                    .containsExactly(Map.entry("batch size", "32"), Map.entry("bad images", "fail"));
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                new Setting("batch size", "8", builder -> builder.optBatchSize(8)),
                new Setting("shuffle", "false", builder -> builder.optShuffle(false)),
                new Setting("augmentation", "none", builder -> builder.optAugmentation(Augmentation.none())),
                new Setting(
                        "augmentation",
                        Augmentation.strong().describe(),
                        builder -> builder.optAugmentation(Augmentation.strong())),
                new Setting("box crop", "margin 0.1", builder -> builder.optBoxCrop(BoxCrop.withMargin(0.1))),
                new Setting(
                        "decoder",
                        "lenient, at most 5000 pixels, in full size",
                        builder -> builder.optDecoder(
                                ImageDecoder.lenient().withPixelLimit(5_000).inFullSize())),
                new Setting("limit", "2", builder -> builder.optLimit(2)),
                new Setting("bad images", "skip", builder -> builder.optBadImages(BadImages.SKIP)),
                new Setting("photo cache", "shorter side 300", builder -> builder.optCache(Path.of("cache"), 300)));
    }

    private record Setting(String name, String text, UnaryOperator<ImageDatasetBuilder> option) {}

    @ParameterizedTest
    @MethodSource("settings")
    void anOptionChangesItsOwnEntryAlone(Setting setting) throws IOException {
        assertThat(difference(describe(Photos.greys(3), setting.option())))
                .isEqualTo(Map.of(setting.name(), setting.text()));
    }

    private static Map<String, String> difference(DatasetDescription other) throws IOException {
        DatasetDescription usual = describe(Photos.greys(3), builder -> builder);
        Map<String, String> all = new TreeMap<>(other.compared());
        all.putAll(other.free());
        all.entrySet().removeAll(usual.compared().entrySet());
        all.entrySet().removeAll(usual.free().entrySet());
        return all;
    }

    @Test
    void samplingWeightsAreComparedByNameAndByNumber() throws IOException {
        DatasetDescription balanced = describe(
                Photos.greys(3), builder -> builder.optWeightedSampling(SamplingWeights.balanced("type", "extras")));
        DatasetDescription own =
                describe(Photos.greys(3), builder -> builder.optWeightedSampling(SamplingWeights.each(sample -> 1)));
        DatasetDescription other = describe(
                Photos.greys(3),
                builder -> builder.optWeightedSampling(
                        SamplingWeights.each(sample -> sample.labels().isMissing("type") ? 2 : 1)));

        assertThat(balanced.compared()).containsEntry("weighted sampling", "balanced by type, extras");
        assertThat(own.compared()).containsEntry("weighted sampling", "custom weights");
        assertThat(own.compared().get("sampling weights"))
                .matches("fingerprint [0-9a-f]{8}")
                .isNotEqualTo(other.compared().get("sampling weights"));
    }

    @Test
    void anotherBoxIsNoticed() throws IOException {
        List<String> boxes = new ArrayList<>();
        for (int width = 3; width < 5; width++) {
            List<Sample> samples = Photos.greys(3);
            samples = List.of(samples.get(0), samples.get(1).withBox(new Box(0, 0, 4, width)));
            boxes.add(describe(samples, builder -> builder).compared().get("boxes"));
        }
        assertThat(boxes).doesNotHaveDuplicates().allMatch(text -> text.matches("1 samples, fingerprint [0-9a-f]{8}"));
    }

    @Test
    void dataThatWasMovedIsTheSame() throws IOException {
        RowFingerprints before = rows(files(folder.resolve("before")));
        RowFingerprints after = rows(files(folder.resolve("after/elsewhere")));

        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.lengths()).isEqualTo(before.lengths()).doesNotContain(0);
        assertThat(after.times()).isEqualTo(before.times()).containsOnly((int) CHANGED.getEpochSecond());
    }

    @Test
    void aFileThatWasReplacedIsNoticed() throws IOException {
        List<Sample> samples = files(folder);
        RowFingerprints before = rows(samples);
        Files.write(folder.resolve("photo 1.png"), TestImages.png(TestImages.pattern(20, 30)));
        RowFingerprints after = rows(samples);

        assertThat(different(before.lengths(), after.lengths())).containsExactly(1);
        assertThat(different(before.times(), after.times())).containsExactly(1);
        assertThat(after.labels()).isEqualTo(before.labels());
    }

    @Test
    void anotherLabelChangesItsRowAlone() throws IOException {
        List<Sample> samples = Photos.greys(6);
        RowFingerprints before = rows(samples);
        List<Sample> corrected = new ArrayList<>(samples);
        corrected.set(4, new Sample(samples.get(4).image(), Labels.missing(Photos.HEADS), ""));

        assertThat(different(before.labels(), rows(corrected).labels())).containsExactly(4);
    }

    @Test
    void theOrderOfRowsMatters() throws IOException {
        List<Sample> samples = Photos.greys(3);
        RowFingerprints before = rows(samples);
        List<Sample> reversed = new ArrayList<>(samples);
        Collections.reverse(reversed);

        assertThat(different(before.labels(), rows(reversed).labels())).containsExactly(0, 2);
    }

    private static List<Integer> different(int[] before, int[] after) {
        return IntStream.range(0, before.length)
                .filter(i -> before[i] != after[i])
                .boxed()
                .toList();
    }

    @Test
    void imagesThatAreNoFilesHaveNeitherLengthsNorTimes() throws IOException {
        assertThat(rows(Photos.greys(3)).lengths()).isEmpty();
        assertThat(rows(Photos.greys(3)).times()).isEmpty();
    }

    @Test
    void aSourceThatFailsIsASampleWhoseFileIsNotKnown() throws IOException {
        List<Sample> samples = new ArrayList<>(files(folder));
        Labels labels = samples.get(0).labels();
        samples.add(new Sample(new FailingSource(), labels, ""));

        assertThat(rows(samples).lengths()).hasSize(4).endsWith(0);
    }

    private static final class FailingSource implements ImageSource {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public byte[] read() {
            return new byte[0];
        }

        @Override
        public Optional<FileStamp> stamp() {
            throw new IllegalStateException("no connection");
        }
    }

    @Test
    void aMillionRowsTakeFourBytesForEachKind() throws IOException {
        Sample sample = Photos.greys(1).get(0);
        RowFingerprints rows = rows(Collections.nCopies(1_000_000, sample));

        assertThat(rows.labels()).hasSize(1_000_000);
        assertThat(IntStream.of(rows.labels()).distinct()).hasSize(1);
        assertThat(rows.lengths()).isEmpty();
    }
}
