package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cars.download.StanfordCarsDownload;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StanfordCarsTest {

    @TempDir
    Path temp;

    private StanfordCarsBuilder cars() {
        return StanfordCars.builder().optRoot(temp).optBatchSize(2).optShuffle(false);
    }

    private static List<String> labels(StanfordCars cars) {
        return IntStream.range(0, cars.size())
                .mapToObj(i -> cars.labels(i).toString())
                .toList();
    }

    @Test
    void labelsFollowFromTheNames() throws IOException {
        CarFolder.torchvision(temp);
        try (StanfordCars train = cars().build()) {
            assertThat(labels(train))
                    .containsExactly(
                            "brand=Audi, type=Coupe, year=2010 and later",
                            "brand=BMW, type=SUV, year=2009 and earlier",
                            "brand=smart, type=Convertible, year=2010 and later");
            assertThat(train.carName(1)).map(CarName::model).contains("X5");
            assertThat(train.source(0)).endsWith("00001.jpg");
        }
    }

    @Test
    void withoutARootTheDataIsThatOfTheDownload() throws IOException {
        CarFolder.torchvision(temp);
        StanfordCarsDownload there =
                StanfordCarsDownload.builder().optFolder(temp).build();
        try (StanfordCars train = StanfordCars.builder()
                .optDownload(there)
                .optBatchSize(2)
                .optShuffle(false)
                .build()) {
            assertThat(train.size()).isEqualTo(3);
        }
    }

    @Test
    void withARootNothingIsDownloaded() throws IOException {
        Path root = temp.resolve("root");
        CarFolder.torchvision(root);
        StanfordCarsDownload unused = StanfordCarsDownload.builder()
                .optMirror(URI.create("http://no-such-host.invalid/"))
                .optFolder(temp.resolve("download"))
                .build();
        try (StanfordCars train = StanfordCars.builder()
                .optRoot(root)
                .optDownload(unused)
                .optBatchSize(2)
                .optShuffle(false)
                .build()) {
            assertThat(train.size()).isEqualTo(3);
        }
        assertThat(temp.resolve("download")).doesNotExist();
    }

    @Test
    void trainingAndTestDataHaveTheSameHeads() throws IOException {
        CarFolder.torchvision(temp);
        try (StanfordCars train = cars().optUsage(Usage.TRAIN).build();
                StanfordCars test = cars().optUsage(Usage.TEST).build();
                StanfordCars all = cars().optSplit(Split.TRAIN, Split.TEST).build()) {
            assertThat(train.heads()).isEqualTo(test.heads()).isEqualTo(all.heads());
            assertThat(train.size()).isEqualTo(3);
            assertThat(test.size()).isEqualTo(2);
            assertThat(all.size()).isEqualTo(5);
        }
    }

    @Test
    void aBuilderBuildsAgain() throws IOException {
        CarFolder.torchvision(temp);
        StanfordCarsBuilder builder = StanfordCars.builder().optRoot(temp);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optLimit(0).build())
                .withMessageContaining("optLimit");
        builder.optLimit(99);
        try (StanfordCars train = builder.build();
                StanfordCars test = builder.optUsage(Usage.TEST).build()) {
            assertThat(train.size()).isEqualTo(3);
            assertThat(test.size()).isEqualTo(2);
        }
    }

    @Test
    void rareBrandsAreOther() throws IOException {
        CarFolder.torchvision(temp);
        // Audi has 2 of 5 photos, the others 1: a threshold between one and two fifths keeps Audi
        try (StanfordCars train = cars().optBrandThreshold(16_185 / 4).build()) {
            assertThat(train.heads().get("brand").categories()).containsExactly("Audi", "Other");
            assertThat(labels(train)).element(1).asString().startsWith("brand=Other");
        }
    }

    @Test
    void theThresholdIsExceededNotReached() throws IOException {
        CarFolder.torchvision(temp);
        // 16,185 / 5 = 3,237: exactly the share of one photo of five
        try (StanfordCars train = cars().optBrandThreshold(3_237).build()) {
            assertThat(train.heads().get("brand").categories()).containsExactly("Audi", "Other");
        }
        try (StanfordCars train = cars().optBrandThreshold(3_236).build()) {
            assertThat(train.heads().get("brand").categories()).containsExactly("Audi", "BMW", "Ram", "smart", "Other");
        }
    }

    @Test
    void brandsCanBeNamedInAnOrderOfOnesOwn() throws IOException {
        CarFolder.torchvision(temp);
        try (StanfordCars train = cars().optBrands(List.of("smart", "Audi")).build()) {
            assertThat(train.heads().get("brand").categories()).containsExactly("smart", "Audi", "Other");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().optBrands(List.of("Audy")).build())
                .withMessageContaining("no brand 'Audy'")
                .withMessageContaining("did you mean 'Audi'?");
    }

    @Test
    void theModelOfACarDeterminesEverythingElse() throws IOException {
        CarFolder.torchvision(temp);
        try (StanfordCars train = cars().optHeads("year", "model", "brand").build()) {
            assertThat(train.heads().hierarchy()).hasToString("model -> year, brand");
            List<Integer> yearOf = train.heads().hierarchy().parentOf("model", "year");
            assertThat(IntStream.range(0, (int) train.size()))
                    .allSatisfy(i -> assertThat(train.labels(i).index("year"))
                            .isEqualTo(yearOf.get(train.labels(i).index("model"))));
        }
        try (StanfordCars train = cars().build()) {
            assertThat(train.heads().hierarchy().isEmpty()).isTrue();
        }
    }

    @Test
    void headsComeInTheOrderAskedFor() throws IOException {
        CarFolder.torchvision(temp);
        try (StanfordCars train = cars().optHeads("model", "year").build()) {
            assertThat(train.heads().names()).containsExactly("model", "year");
            assertThat(train.heads().get("model").categories()).isEqualTo(CarFolder.NAMES);
            assertThat(train.labels(2).index("model")).isEqualTo(3);
        }
    }

    @Test
    void theTypeRuleCanBeReplaced() throws IOException {
        CarFolder.torchvision(temp);
        VehicleTypeRule rule = VehicleTypeRule.of(
                List.of("Small", "Large"), name -> name.brand().equals("smart") ? "Small" : "Large");
        try (StanfordCars train = cars().optTypeRule(rule).optHeads("type").build()) {
            assertThat(labels(train)).containsExactly("type=Large", "type=Large", "type=Small");
        }
        VehicleTypeRule wrong = VehicleTypeRule.of(List.of("Small", "Large"), name -> "Huge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().optTypeRule(wrong).build())
                .withMessageContaining("calls 'Audi A5 Coupe 2012' a 'Huge'")
                .withMessageContaining("[Small, Large]");
    }

    @Test
    void photosWithoutClassAreMissingInAllHeads() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1)
                .listWithoutClasses("devkit/cars_test_annos.mat", "00001.jpg", "00002.jpg")
                .photos("cars_train", "00001.jpg")
                .photos("cars_test", "00001.jpg", "00002.jpg");
        try (StanfordCars all = cars().optSplit(Split.TRAIN, Split.TEST)
                .optHeads("brand", "type", "year", "model")
                .build()) {
            for (String head : all.heads().names()) {
                assertThat(all.labels(1).index(head)).as(head).isEqualTo(Labels.MISSING);
                assertThat(all.counts().missing(head)).as(head).isEqualTo(2);
            }
            assertThat(all.heads().get("brand").categories()).containsExactly("Audi", "Other");
            assertThat(all.carName(1)).isEmpty();
            assertThat(all.counts().toString()).contains("no label");
        }
    }

    @Test
    void missingPhotosAreCountedAndNamed() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "1.jpg", 1, "2.jpg", 1, "3.jpg", 2, "4.jpg", 2, "5.jpg", 3)
                .photos("cars_train", "4.jpg");
        assertThatThrownBy(() -> cars().build())
                .isInstanceOf(IOException.class)
                .hasMessage("4 of 5 annotated photos are missing in " + temp.resolve("cars_train")
                        + ": 1.jpg, 2.jpg, 3.jpg, .... Put them there, or leave them out:"
                        + " optBadImages(BadImages.SKIP), or --on-bad-image skip on the command line");
        try (StanfordCars train = cars().optBadImages(BadImages.SKIP).build()) {
            assertThat(train.annotated()).isEqualTo(5);
            assertThat(train.present()).isEqualTo(1);
            assertThat(train.size()).isEqualTo(1);
            assertThat(train.annotatedCounts().count("type", "SUV")).isEqualTo(2);
            assertThat(train.counts().count("type", "SUV")).isEqualTo(1);
        }
    }

    @Test
    void noPhotoAtAllIsAnErrorEvenIfSkipped() throws IOException {
        new CarFolder(temp).meta().list("devkit/cars_train_annos.mat", "1.jpg", 1, "2.jpg", 1);
        assertThatThrownBy(() -> cars().optBadImages(BadImages.SKIP).build())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 of 2 annotated photos are missing in " + temp.resolve("cars_train"))
                .hasMessageContaining("None is there");
    }

    @Test
    void aListThatFitsUnderHalfOfTheFilesIsAnErrorEvenIfSkipped() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1, "00002.jpg", 1)
                .photos("cars_train", "00001.jpg", "000002.jpg", "000003.jpg");
        assertThatThrownBy(() -> cars().optBadImages(BadImages.SKIP).build())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name 1 of its 3 photos, less than half")
                .hasMessageContaining("another packaging");
    }

    @Test
    void aListThatFitsHalfOfTheFilesIsNot() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1)
                .photos("cars_train", "00001.jpg", "mine.jpg");
        try (StanfordCars train = cars().build()) {
            assertThat(train.size()).isEqualTo(1);
        }
    }

    @Test
    void theLimitDrawsFromTheWholeList() throws IOException {
        List<Object> rows = new ArrayList<>();
        CarFolder folder = new CarFolder(temp).meta();
        for (int i = 0; i < 200; i++) {
            rows.add(i + ".jpg");
            rows.add(1 + i / 50); // sorted by class, as some lists are
            folder.photos("cars_train", i + ".jpg");
        }
        folder.list("devkit/cars_train_annos.mat", rows.toArray());
        StanfordCarsBuilder all =
                cars().optSplit(Split.TRAIN, Split.VALIDATION).optLimit(40).optHeads("model");
        try (StanfordCars train = all.build();
                StanfordCars again = all.build()) {
            assertThat(train.size()).isEqualTo(40);
            assertThat(train.present()).isEqualTo(200);
            for (String name : CarFolder.NAMES) {
                assertThat(train.counts().count("model", name)).as(name).isPositive();
            }
            assertThat(labels(train)).isEqualTo(labels(again));
        }
    }

    @Test
    void partsDoNotOverlapAndAreEverything() throws IOException {
        CarFolder.torchvision(temp);
        List<String> sources = new ArrayList<>();
        for (double from : new double[] {0, 0.4}) {
            try (StanfordCars part = cars().optSplit(Split.TRAIN, Split.TEST)
                    .optFraction(from, from == 0 ? 0.4 : 1)
                    .build()) {
                IntStream.range(0, part.size()).mapToObj(part::source).forEach(sources::add);
            }
        }
        assertThat(sources).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void withoutLabelledTestPhotosATenthOfTheTrainingPhotosIsHeldOut() throws IOException {
        trainingPhotos(40);

        try (StanfordCars train = cars().optSplit(Split.TRAIN).build();
                StanfordCars validation = cars().optUsage(Usage.VALIDATION).build();
                StanfordCars both =
                        cars().optSplit(Split.VALIDATION, Split.TRAIN).build()) {
            assertThat(train.size()).isEqualTo(36);
            assertThat(validation.size()).isEqualTo(4);
            assertThat(sources(both))
                    .hasSize(40)
                    .containsAll(sources(train))
                    .containsAll(sources(validation))
                    .isSorted();
        }
        assertThat(StanfordCars.hasLabelledTest(temp)).isFalse();
    }

    @Test
    void labelledTestPhotosValidateAndAllTrainingPhotosTrain() throws IOException {
        CarFolder.torchvision(temp);

        try (StanfordCars train = cars().optSplit(Split.TRAIN).build();
                StanfordCars validation = cars().optSplit(Split.VALIDATION).build();
                StanfordCars test = cars().optSplit(Split.TEST).build()) {
            assertThat(train.size()).isEqualTo(3);
            assertThat(sources(validation)).isEqualTo(sources(test));
        }
    }

    private void trainingPhotos(int count) throws IOException {
        CarFolder folder = new CarFolder(temp).meta();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add((100 + i) + ".jpg");
            rows.add(1 + i % 4);
            folder.photos("cars_train", (100 + i) + ".jpg");
        }
        folder.list("devkit/cars_train_annos.mat", rows.toArray());
    }

    private static List<String> sources(StanfordCars cars) {
        return IntStream.range(0, cars.size()).mapToObj(cars::source).toList();
    }

    @Test
    void aShareWithoutAnyPhotoIsAnError() throws IOException {
        CarFolder.torchvision(temp);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().optFraction(0.99, 1).build())
                .withMessageContaining("optFraction(0.99, 1.0): no photo of 3");
    }

    @Test
    void everyWrongOptionIsListed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StanfordCars.builder()
                        .optHeads("brand", "tipe", "brand")
                        .optBatchSize(0)
                        .optLimit(0)
                        .optFraction(0.9, 0.1)
                        .optBrandThreshold(-1)
                        .optBrands(List.of("Audi", "Other"))
                        .build())
                .withMessageContaining("optBatchSize(0): at least 1 image per batch")
                .withMessageContaining("no head 'tipe'")
                .withMessageContaining("did you mean 'type'?")
                .withMessageContaining("a head appears twice")
                .withMessageContaining("optLimit(0)")
                .withMessageContaining("optFraction(0.9, 0.1)")
                .withMessageContaining("optBrandThreshold(-1)")
                .withMessageContaining("optBrands([Audi, Other])");
    }

    @Test
    void aThresholdThatNoBrandReachesIsAnError() throws IOException {
        CarFolder.torchvision(temp);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cars().optBrandThreshold(16_000).build())
                .withMessageContaining("optBrandThreshold(16000)")
                .withMessageContaining("[Audi, BMW, Ram, smart]");
    }

    @Test
    void aSplitWithoutAnnotationsIsAnError() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1)
                .photos("cars_train", "00001.jpg");
        assertThatThrownBy(() -> cars().optSplit(Split.TEST).build())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no annotations for TEST");
    }

    @Test
    void theCountsAreATableInAnyLocale() throws IOException {
        CarFolder.torchvision(temp);
        Locale before = Locale.getDefault();
        try (StanfordCars train = cars().optHeads("year").build()) {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(train.counts())
                    .hasToString(
                            """
                    year
                                         photos  percent
                      2009 and earlier        1     33.3
                      2010 and later          2     66.7
                      all                     3    100.0
                    """);
        } finally {
            Locale.setDefault(before);
        }
    }
}
