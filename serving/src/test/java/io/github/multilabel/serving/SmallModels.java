package io.github.multilabel.serving;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.testsupport.DrawnImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saved models of a few hundred random weights, and images for them. */
public final class SmallModels {

    /** Both kinds; the second has names that need care in JSON and paths. */
    public static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Škoda", "Audi \"quattro\"", "BMW"),
            Head.multiLabel("extras", "sunroof", "spoiler"));

    private static final Preprocessing PREPROCESSING = Preprocessing.imageNet(16);

    private SmallModels() {}

    /** Saves a model into a folder; another seed makes another model. */
    public static Path save(Path folder, long seed) throws IOException {
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

    /** The same, with what it answered on 200 images: BMW on half of them, always sure, and a sunroof on each. */
    public static Path saveWithReference(Path folder, long seed) throws IOException, MalformedModelException {
        List<Long> sure = List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 200L);
        AnswerReference reference = new AnswerReference(List.of(
                new HeadReference(
                        "brand",
                        Head.Kind.SINGLE_LABEL,
                        200,
                        Map.of("Škoda", 50L, "Audi \"quattro\"", 50L, "BMW", 100L),
                        sure),
                new HeadReference("extras", Head.Kind.MULTI_LABEL, 200, Map.of("sunroof", 200L, "spoiler", 0L), sure)));
        try (MultiLabelModel model = MultiLabelModel.load(save(folder.resolveSibling("plain"), seed))) {
            model.withAnswerReference(Optional.of(reference)).save(folder);
        }
        return folder;
    }

    /** The bytes of a PNG of a pattern. */
    public static byte[] photo(int height) {
        return DrawnImages.png(DrawnImages.image(height, 24, DrawnImages.pattern(height, 24)));
    }

    /** The same with a name. */
    public static ImageSource image(int height) {
        return ImageSource.of("photo " + height, photo(height));
    }
}
