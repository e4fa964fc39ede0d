package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.onnx.ExportedModel;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.OnnxInput;
import io.github.multilabel.onnx.OnnxOutput;
import io.github.multilabel.onnx.OnnxPredictor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/onnx.md and docs/engines.md: it runs, and it is what stands there. */
class OnnxGuideTest {

    @TempDir
    private Path folder;

    @Test
    void aModelBecomesAFile() throws IOException, MalformedModelException {
        Path saved = folder.resolve("model");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "red", "blue"), Head.multiLabel("tags", "open", "rusty"));
        try (MultiLabelModel model =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 1)) {
            model.save(saved);
        }

        // @start region=export
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            ExportedModel exported = OnnxExport.of(model)
                    .optInput(OnnxInput.UINT8) // pixels; FLOAT32 by default
                    .optOutput(OnnxOutput.PROBABILITIES) // LOGITS by default
                    .write(folder.resolve("cars.onnx"));
            System.out.println(
                    exported); // cars.onnx: 13.5 MB, outputs colour, tags, agrees with the model within 4.1e-07
        }
        // @end region=export

        assertThat(folder.resolve("cars.onnx")).isNotEmptyFile();
        assertThat(Files.readString(Path.of("../docs/onnx.md")))
                .contains("```java\n" + Region.of(OnnxGuideTest.class, "export") + "\n```");
    }

    @Test
    void aFilePredicts() throws IOException {
        Path photo = folder.resolve("car.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(),
                HeadSet.of(Head.singleLabel("brand", "BMW", "Fiat")),
                Preprocessing.imageNet(32),
                Device.cpu(),
                1)) {
            OnnxExport.of(model).write(folder.resolve("cars.onnx"));
        }

        // @start region=predict
        try (OnnxPredictor predictor = OnnxPredictor.builder(folder.resolve("cars.onnx"))
                .optEngine("auto") // the fastest on this machine; "onnxruntime" by default
                .build()) {
            predictor.warmUp();
            Prediction car = predictor.predict(photo);
            System.out.println(car.head("brand").best()); // BMW 0.93
        }
        // @end region=predict

        assertThat(Files.readString(Path.of("../docs/engines.md")))
                .contains("```java\n" + Region.of(OnnxGuideTest.class, "predict") + "\n```");
    }
}
