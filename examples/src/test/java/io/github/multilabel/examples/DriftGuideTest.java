package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.evaluation.AnswerReferences;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.drift.AnswerDrift;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadDrift;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/drift.md: it runs, and it is what stands there. */
class DriftGuideTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("colour", "red", "blue"));

    @Test
    void otherAnswersAndUnusualImagesAreNoticed() throws IOException {
        Predictions.Builder validation = Predictions.builder(HEADS);
        for (int i = 0; i < 100; i++) {
            validation.add(i + ".jpg", Labels.missing(HEADS), new float[] {i % 2, 0.5f});
        }
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.resnet18(), HEADS, Preprocessing.imageNet(32), Device.cpu(), 1);
                MultiLabelPredictor predictor = model.newPredictor()) {
            BufferedImage photo = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
            List<BufferedImage> photos = Collections.nCopies(100, photo);
            List<HeadDrift> heads = drift(model, predictor, validation.build(), photos);
            assertThat(heads.get(0).categories()).isGreaterThan(1);
            assertThat(distance(predictor, photo).isUnusual()).isFalse();
        }
    }

    private static List<HeadDrift> drift(
            MultiLabelModel model, MultiLabelPredictor predictor, Predictions validation, List<BufferedImage> photos) {
        // @start region=drift
        AnswerReference reference = model.answerReference()
                .orElseGet(() -> AnswerReferences.of(validation)); // predictions of images like those of the training
        AnswerDrift drift = AnswerDrift.of(reference); // counts the last 10,000 predictions, from any thread
        photos.forEach(photo -> drift.add(predictor.predict(photo)));
        for (HeadDrift head : drift.heads()) {
            System.out.println(head); // colour: categories 0.031, confidence 0.284 (10000 images)
            System.out.println(head.shares().get(0)); // the category whose share has changed most
        }
        // @end region=drift
        return drift.heads();
    }

    private static Prediction distance(MultiLabelPredictor predictor, BufferedImage photo) {
        // @start region=unusual
        Prediction prediction = predictor.predict(photo);
        if (prediction.isUnusual()) { // no head answers
            System.out.println("unknown: " + prediction.distance().orElseThrow());
        }
        // @end region=unusual
        return prediction;
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        assertThat(Files.readString(Path.of("../docs/drift.md")))
                .contains("```java\n" + Region.of(DriftGuideTest.class, "drift") + "\n```")
                .contains("```java\n" + Region.of(DriftGuideTest.class, "unusual") + "\n```");
    }
}
