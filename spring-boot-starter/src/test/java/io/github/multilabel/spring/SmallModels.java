package io.github.multilabel.spring;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Saved models of a few hundred random weights, and images for them. */
final class SmallModels {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Skoda"), Head.multiLabel("extras", "sunroof", "spoiler"));

    private static final Preprocessing PREPROCESSING = Preprocessing.imageNet(16);

    private SmallModels() {}

    /** Saves a model into a folder; another seed makes another model. */
    static Path save(Path folder, long seed) throws IOException {
        Network network = Network.builder("small")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.of(network, PREPROCESSING), HEADS, Map.of(), PREPROCESSING, false, Device.cpu(), seed)) {
            model.save(folder);
        }
        return folder;
    }

    /** A pattern; each height has another. */
    static BufferedImage drawn(int height) {
        return DrawnImages.image(height, 24, DrawnImages.pattern(height, 24));
    }

    /** The same as a PNG. */
    static ImageSource image(int height) {
        return ImageSource.of("photo " + height, DrawnImages.png(drawn(height)));
    }
}
