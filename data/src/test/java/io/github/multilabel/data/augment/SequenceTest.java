package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.TestImages;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final Preprocessing TARGET = Preprocessing.imageNet(16);
    private static final Pixels PHOTO = TestImages.pattern(40, 60);

    @Test
    void stepsBeforeTheCropSeeTheImageAndThoseAfterItTheSquare() throws Exception {
        List<Integer> widths = new ArrayList<>();
        AugmentationStep look = (image, draw) -> {
            widths.add(image.width());
            return image;
        };
        AugmentationStep half = (image, draw) -> TestImages.plain(20, 30, 1);
        Augmentation augmentation = Augmentation.of(look, half, look, RandomResizedCrop.of(0.5, 1), look);
        Pixels square = augmentation.apply(Draw.of(PHOTO, TARGET, new SplittableRandom(1)));
        assertThat(widths).containsExactly(60, 30, 16);
        assertThat(square.height()).isEqualTo(16);
    }

    @Test
    void withoutACropEveryStepSeesWhatEvaluationSees() throws Exception {
        Augmentation augmentation = Augmentation.of((image, draw) -> {
            assertThat(image.rgb()).isEqualTo(TARGET.apply(PHOTO).rgb());
            return image;
        });
        assertThat(augmentation
                        .apply(Draw.of(PHOTO, TARGET, new SplittableRandom(1)))
                        .width())
                .isEqualTo(16);
    }

    @Test
    void noStepsAreWhatEvaluationSees() throws Exception {
        assertThat(Augmentation.of()
                        .apply(Draw.of(PHOTO, TARGET, new SplittableRandom(1)))
                        .rgb())
                .isEqualTo(TARGET.apply(PHOTO).rgb());
    }

    @Test
    void aStepThatChangesTheSizeOfTheSquareIsNamed() {
        Augmentation wrong =
                Augmentation.of(RandomResizedCrop.of(0.5, 1), (image, draw) -> TestImages.plain(16, 17, 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> wrong.apply(Draw.of(PHOTO, TARGET, new SplittableRandom(1))))
                .withMessageContainingAll(
                        "step 2 of the augmentation, a custom step, returned an image of height 16, width 17",
                        "the model's input is 16 by 16");
    }

    @Test
    void aStepThatReturnsNullIsNamed() {
        Augmentation wrong = Augmentation.of(RandomHorizontalFlip.of(0), (image, draw) -> null);
        assertThatIllegalStateException()
                .isThrownBy(() -> wrong.apply(Draw.of(PHOTO, TARGET, new SplittableRandom(1))))
                .withMessageContaining("step 2 of the augmentation, a custom step, returned null");
    }

    @Test
    void aCropThatKeepsABoxComesFirst() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.of(
                        RandomHorizontalFlip.of(0.5),
                        RandomResizedCrop.of(0.3, 1).keepingBox(0.7)))
                .withMessageContainingAll("step 2", "keepingBox=0.7", "must be the first step");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.of(RandomHorizontalFlip.of(0.5), null))
                .withMessageContaining("step 2 of the augmentation is null");
    }

    @Test
    void itPrintsItsSteps() {
        assertThat(Augmentation.of(RandomResizedCrop.of(0.35, 1), RandomHorizontalFlip.of(0.5), (image, draw) -> image))
                .hasToString("[RandomResizedCrop(scale=0.35..1, ratio=0.75..1.3333333333333333),"
                        + " RandomHorizontalFlip(p=0.5), a custom step]");
        assertThat(Augmentation.none()).hasToString("none");
        assertThat(Augmentation.horizontalFlip()).hasToString("flip: [RandomHorizontalFlip(p=0.5)]");
        assertThat(Augmentation.light()).asString().startsWith("light: [RandomResizedCrop(");
    }

    @Test
    void presetsAreFoundByName() {
        for (String name : Augmentation.names()) {
            assertThat(Augmentation.byName(" " + name.toUpperCase(java.util.Locale.ROOT)))
                    .asString()
                    .startsWith(name);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.byName("ligt"))
                .withMessageContainingAll("no augmentation 'ligt'", "did you mean 'light'?");
    }
}
