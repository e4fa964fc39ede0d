package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.onnx.EnginePredictor;
import io.github.multilabel.onnx.ExportedModel;
import io.github.multilabel.onnx.Int8Result;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.OnnxInput;
import io.github.multilabel.onnx.OnnxPredictor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
                    .optOutput(ExportOutput.PROBABILITIES) // LOGITS by default
                    .write(folder.resolve("cars.onnx"));
            System.out.println(exported); // cars.onnx: 13.5 MB, outputs colour, tags, agrees within 4.1e-07
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

    @Test
    void aSavedModelPredictsOnTheFastestEngine() throws IOException {
        Path photo = folder.resolve("car.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
        Path saved = folder.resolve("model");
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(),
                HeadSet.of(Head.singleLabel("brand", "BMW", "Fiat")),
                Preprocessing.imageNet(32),
                Device.cpu(),
                1)) {
            model.save(saved);
        }

        // @start region=any-engine
        try (EnginePredictor predictor = EnginePredictor.builder(saved) // a folder, a file or a MultiLabelModel
                .optEngine("auto") // the fastest on this machine
                .build()) {
            System.out.println(predictor.measured()); // milliseconds: [pytorch 9.31, onnxruntime 2.22]
            Prediction car = predictor.predict(photo);
        }
        // @end region=any-engine

        assertThat(Files.readString(Path.of("../docs/engines.md")))
                .contains("```java\n" + Region.of(OnnxGuideTest.class, "any-engine") + "\n```");
    }

    @Test
    void aModelBecomesAFileInInt8() throws IOException, MalformedModelException {
        Path saved = folder.resolve("model");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "red", "blue"), Head.multiLabel("tags", "open", "rusty"));
        try (MultiLabelModel model =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 1)) {
            model.save(saved);
            OnnxExport.of(model).optInput(OnnxInput.UINT8).write(folder.resolve("cars.onnx"));
        }
        List<ImageSource> images = IntStream.range(0, 20)
                .mapToObj(i -> ImageSource.of("photo" + i, photo(i)))
                .toList();

        // @start region=int8
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            ExportedModel exported = OnnxExport.of(model)
                    .optInput(OnnxInput.UINT8)
                    .optInt8(images) // such as will be predicted: 20 at least, better some hundred
                    .write(folder.resolve("cars-int8.onnx"));
            Int8Result int8 = exported.int8().orElseThrow();
            System.out.println(int8.heads()); // how often each head answers as in float32
        }
        // @end region=int8
        // @start region=int8-prediction
        try (OnnxPredictor predictor = OnnxPredictor.builder(folder.resolve("cars.onnx"))
                .optInt8(folder.resolve("cars-int8.onnx")) // taken where it is faster
                .optEngine("auto") // of all engines on the class path
                .build()) {
            System.out.println(predictor.engine() + (predictor.isInt8() ? " in int8" : ""));
        }
        // @end region=int8-prediction

        assertThat(Files.readString(Path.of("../docs/onnx.md")))
                .contains("```java\n" + Region.of(OnnxGuideTest.class, "int8") + "\n```")
                .contains("```java\n" + Region.of(OnnxGuideTest.class, "int8-prediction") + "\n```");
    }

    /** Noise, of which the image of another number is different. */
    private static byte[] photo(int number) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(number);
        for (int i = 0; i < 32 * 32; i++) {
            image.setRGB(i % 32, i / 32, random.nextInt());
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
