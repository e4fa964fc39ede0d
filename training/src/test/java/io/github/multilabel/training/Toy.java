package io.github.multilabel.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A problem that a tiny network learns in seconds: coloured discs and bars, drawn as PNG in memory. */
public final class Toy {

    public static final Head COLOUR = Head.singleLabel("colour", "red", "green", "blue");
    public static final Head SHAPE = Head.singleLabel("shape", "disc", "bar");
    static final Head TAGS = Head.multiLabel("tags", "warm", "round");
    public static final HeadSet HEADS = HeadSet.of(SHAPE, COLOUR);

    private static final int SIZE = 16;
    private static final Color[] COLOURS = {new Color(220, 40, 40), new Color(40, 200, 60), new Color(50, 70, 230)};

    private Toy() {}

    /** Three convolutions, 24 features. */
    public static Backbone backbone() {
        return Backbones.of(
                Network.builder("toy")
                        .stage("all")
                        .conv("conv1", 8, 3, 1)
                        .norm("bn1")
                        .relu("relu1")
                        .conv("conv2", 16, 3, 2)
                        .norm("bn2")
                        .relu("relu2")
                        .conv("conv3", 24, 3, 2)
                        .norm("bn3")
                        .relu("relu3")
                        .globalAveragePool("pool")
                        .build(),
                Preprocessing.imageNet(SIZE).squashed());
    }

    /** A trainer that is quiet and quick. */
    public static MultiLabelTrainerBuilder trainer(HeadSet heads) {
        return MultiLabelTrainer.builder()
                .setHeads(heads)
                .setBackbone(backbone())
                .optEpochs(2)
                .optLearningRate(0.02)
                .optProgress(false)
                .optSeed(8);
    }

    /** What is known of a image. */
    public interface Labelling {
        Labels of(int index, int colour, int shape);
    }

    static Labels labels(HeadSet heads, int colour, int shape) {
        Labels.Builder labels = Labels.builder(heads);
        if (heads.names().contains("colour")) {
            labels.setIndex("colour", colour);
        }
        if (heads.names().contains("shape")) {
            labels.setIndex("shape", shape);
        }
        if (heads.names().contains("tags")) {
            labels.set(
                    "tags",
                    colour == 0
                            ? (shape == 0 ? List.of("warm", "round") : List.of("warm"))
                            : shape == 0 ? List.of("round") : List.of());
        }
        return labels.build();
    }

    /** A copy of all that the model is made of, running statistics included. */
    public static Map<String, float[]> weights(MultiLabelTrainer trainer) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        trainer.model()
                .block()
                .parametersByName()
                .forEach((name, parameter) ->
                        weights.put(name, parameter.getArray().toFloatArray()));
        return weights;
    }

    public static ImageDataset data(HeadSet heads, int images, int batchSize) throws IOException {
        return data(heads, images, batchSize, (index, colour, shape) -> labels(heads, colour, shape));
    }

    public static ImageDataset data(HeadSet heads, int images, int batchSize, Labelling labelling) throws IOException {
        Random random = new Random(images);
        ImageDatasetBuilder builder = ImageDataset.builder()
                .setHeads(heads)
                .optBatchSize(batchSize)
                .optAugmentation(Augmentation.none())
                .optThreads(1);
        for (int i = 0; i < images; i++) {
            int colour = random.nextInt(COLOURS.length);
            int shape = random.nextInt(2);
            builder.addSample(new Sample(
                    ImageSource.of("toy" + i + ".png", draw(random, colour, shape)),
                    labelling.of(i, colour, shape),
                    ""));
        }
        return builder.build();
    }

    private static byte[] draw(Random random, int colour, int shape) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int grey = 60 + random.nextInt(130);
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, SIZE, SIZE);
        graphics.setColor(COLOURS[colour]);
        int x = random.nextInt(5);
        int y = random.nextInt(5);
        if (shape == 0) {
            graphics.fillOval(x, y, 11, 11);
        } else {
            graphics.fillRect(x, y + 3, 11, 3);
        }
        graphics.dispose();
        return DrawnImages.png(image);
    }
}
