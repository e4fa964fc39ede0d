package io.github.multilabel.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import org.junit.jupiter.api.Test;

/** Checkpoints keep these texts. With another text, the trainings of users would be refused when they are resumed. */
class DescriptionTest {

    @Test
    void aPresetIsDescribedByItsSteps() {
        String crop = "RandomResizedCrop(scale=0.35..1, ratio=0.75..1.3333333333333333)";
        assertThat(Augmentation.none().describe()).isEqualTo("none");
        assertThat(Augmentation.horizontalFlip().describe()).isEqualTo("RandomHorizontalFlip(p=0.5)");
        assertThat(Augmentation.light().describe()).isEqualTo(crop + ", RandomHorizontalFlip(p=0.5)");
        assertThat(Augmentation.strong().describe())
                .isEqualTo(crop + ", RandomHorizontalFlip(p=0.5), TrivialAugmentWide(),"
                        + " RandomErasing(p=0.25, scale=0.02..0.2, ratio=0.3..3.3, value=mean)");
    }

    @Test
    void aPresetAndTheSameStepsInAListAreTheSame() {
        assertThat(Augmentation.of(RandomResizedCrop.of(0.35, 1), RandomHorizontalFlip.of(0.5))
                        .describe())
                .isEqualTo(Augmentation.light().describe());
        assertThat(Augmentation.of().describe()).isEqualTo("none");
    }

    @Test
    void aStepIsDescribedByAllOfItsNumbers() {
        assertThat(RandomResizedCrop.of(0.08, 1)
                        .withRatio(1, 2.00001)
                        .withInterpolation(Interpolation.BICUBIC)
                        .keepingBox(0.7)
                        .describe())
                .isEqualTo("RandomResizedCrop(scale=0.08..1, ratio=1..2.00001, interpolation=bicubic, keepingBox=0.7)");
        assertThat(ColorJitter.of(0.2, 0.3, 0.4, 0.05).describe())
                .isEqualTo("ColorJitter(brightness=0.8..1.2, contrast=0.7..1.3, saturation=0.6..1.4, hue=-0.05..0.05)");
        assertThat(RandAugment.of(2, 9).describe()).isEqualTo("RandAugment(numOps=2, magnitude=9)");
        assertThat(RandAugment.of(2, 9).withFill(0xff8000).describe())
                .isEqualTo("RandAugment(numOps=2, magnitude=9, fill=#ff8000)");
        assertThat(TrivialAugmentWide.create().withFill(0x10).describe()).isEqualTo("TrivialAugmentWide(fill=#000010)");
        assertThat(RandomErasing.of(1).withRatio(0.5, 2).withNoise().describe())
                .isEqualTo("RandomErasing(p=1.0, scale=0.02..0.33, ratio=0.5..2, value=random)");
        assertThat(RandomRotation.of(15).withFill(0xffffff).describe())
                .isEqualTo("RandomRotation(degrees=-15..15, fill=#ffffff)");
        assertThat(RandomGrayscale.of(0.1).describe()).isEqualTo("RandomGrayscale(p=0.1)");
        assertThat(GaussianBlur.of(9, 0.1, 2).describe()).isEqualTo("GaussianBlur(kernel=9, sigma=0.1..2)");
    }

    @Test
    void oneOfYourOwnIsSaidToBeOneUnlessItDescribesItself() {
        AugmentationStep described = new AugmentationStep() {
            @Override
            public Pixels apply(Pixels image, Draw draw) {
                return image;
            }

            @Override
            public String describe() {
                return "Fog(density=0.3)";
            }
        };
        assertThat(Augmentation.of((image, draw) -> image, described).describe())
                .isEqualTo("a custom step, Fog(density=0.3)");
    }
}
