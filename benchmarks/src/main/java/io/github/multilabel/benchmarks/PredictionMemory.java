package io.github.multilabel.benchmarks;

import ai.djl.Device;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.OnnxPredictor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The memory of the process over many predictions of one small image with one engine, some alone and most in batches of
 * changing sizes. Hold the heap to one size ({@code -Xms256m -Xmx256m -XX:+AlwaysPreTouch}), so that what grows is
 * native.
 */
@Command(name = "PredictionMemory", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class PredictionMemory implements Callable<Integer> {

    private static final int SIDE = 32;
    private static final int NOTES = 20;
    private static final int MOST_AT_ONCE = 64;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--engine", required = true, description = "pytorch, onnxruntime or openvino")
    private String engine;

    @Option(names = "--images", defaultValue = "1000000", description = "predictions")
    private int images;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.exit(new CommandLine(new PredictionMemory()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", png);
        ImageSource image = ImageSource.of("image", png.toByteArray());
        ResidentMemory memory = new ResidentMemory();
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(),
                        SyntheticWork.cars(SIDE, 1).heads(),
                        Preprocessing.imageNet(SIDE),
                        Device.cpu(),
                        1);
                ImagePredictor predictor = predictor(model)) {
            int done = 0;
            for (int note = 0; note < NOTES; note++) {
                for (int size = 1; done < (long) images * (note + 1) / NOTES; size = size % MOST_AT_ONCE + 1) {
                    if (size == 1) {
                        var unused = predictor.predict(image);
                    } else {
                        List<?> unused = predictor.predictAll(Collections.nCopies(size, image));
                    }
                    done += size;
                }
                memory.note();
            }
            memory.print("over " + done + " predictions with " + engine);
        }
        return 0;
    }

    private ImagePredictor predictor(MultiLabelModel model) throws IOException {
        if (engine.equals("pytorch")) {
            return model.newPredictor();
        }
        Path file = Files.createTempDirectory("prediction-memory").resolve("model.onnx");
        OnnxExport.of(model).write(file);
        return OnnxPredictor.builder(file).optEngine(engine).optNativeThreads(1).build();
    }
}
