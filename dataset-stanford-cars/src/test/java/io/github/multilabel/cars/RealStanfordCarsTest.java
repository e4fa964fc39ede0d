package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.Split;
import io.github.multilabel.testsupport.RealPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The authors' own annotations, and 6,509 of their photos. */
@Tag("real-data")
class RealStanfordCarsTest {

    private static final Path ROOT = RealPhotos.stanfordCars();

    @BeforeEach
    void needsThePhotos() {
        assumeTrue(Files.isDirectory(ROOT), RealPhotos.missing());
    }

    private static StanfordCarsBuilder cars() {
        return StanfordCars.builder()
                .optRoot(ROOT)
                .optSplit(Split.TRAIN, Split.VALIDATION)
                .optBadImages(BadImages.SKIP);
    }

    @Test
    void countsWhatIsAnnotatedAndWhatIsThere() throws IOException {
        try (StanfordCars train = cars().build()) {
            assertThat(train.annotated()).isEqualTo(8_144);
            assertThat(train.present()).isEqualTo(6_509);
            assertThat(train.size()).isEqualTo(6_509);
        }
    }

    @Test
    void keepsTheFiveBrandsFromTheTrainingAnnotationsAlone() throws IOException {
        try (StanfordCars train = cars().build()) {
            assertThat(train.heads().get("brand").categories())
                    .containsExactly("Audi", "BMW", "Chevrolet", "Dodge", "Ford", "Other");
            CategoryCounts all = train.annotatedCounts();
            assertThat(all.count("brand", "Audi")).isEqualTo(589);
            assertThat(all.count("brand", "Chevrolet")).isEqualTo(905);
            System.out.println(all);
        }
    }

    @Test
    void missingPhotosAreAnErrorUnlessSkipped() {
        assertThatThrownBy(() -> cars().optBadImages(BadImages.FAIL).build())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1,635 of 8,144 annotated photos are missing in ")
                .hasMessageContaining("cars_train")
                .hasMessageContaining("BadImages.SKIP");
    }

    @Test
    void theNamesAreThoseOfTheGoldenFile() throws IOException {
        assertThat(CarLayouts.read(ROOT).names().stream().map(CarName::fullName))
                .containsExactlyElementsOf(
                        GoldenNames.all().stream().map(GoldenNames.Row::name).toList());
    }

    @Test
    void partsOfTheTrainingPhotosHaveNothingInCommonAndAreEverything() throws IOException {
        try (StanfordCars most = cars().optFraction(0, 0.9).build();
                StanfordCars rest = cars().optFraction(0.9, 1).build()) {
            Set<String> sources = new TreeSet<>();
            for (StanfordCars part : new StanfordCars[] {most, rest}) {
                for (int i = 0; i < part.size(); i++) {
                    assertThat(sources.add(part.source(i))).isTrue();
                }
            }
            assertThat(sources).hasSize(6_509);
            assertThat(rest.annotated()).isEqualTo(814);
            assertThat(most.heads()).isEqualTo(rest.heads());
        }
    }

    @Test
    void testPhotosThatAreNotThereAreNamed() {
        assertThatThrownBy(() -> cars().optSplit(Split.TEST).build())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("8,041 of 8,041 annotated photos are missing in ")
                .hasMessageContaining("cars_test");
    }
}
