package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TorchScript backbone computes with its own arrays; they must be those that the optimizer moves. */
class TorchScriptTrainingTest {

    private static final Path SCRIPT =
            Path.of("..", "model-multihead", "src", "test", "resources", "golden", "scripts", "traced.pt");

    @TempDir
    private Path temporary;

    private static float[] convolution(MultiLabelModel model) {
        return model.block()
                .parametersByName()
                .get("backbone.conv.weight")
                .getArray()
                .toFloatArray();
    }

    @Test
    void itTrainsAfterAFrozenEpochAndIsSavedAndLoaded() throws Exception {
        Backbone backbone = Backbones.torchScript(SCRIPT)
                .withPreprocessing(Preprocessing.imageNet(16).squashed());
        try (ImageDataset train = Toy.data(Toy.HEADS, 32, 8)) {
            float[] trained;
            try (MultiLabelTrainer trainer = Toy.trainer(Toy.HEADS)
                    .setBackbone(backbone)
                    .optFreezeEpochs(1)
                    .optEpochs(1)
                    .build()) {
                float[] before = convolution(trainer.model());
                trainer.fit(train);
                assertThat(convolution(trainer.model())).as("in a frozen epoch").containsExactly(before);
            }
            try (MultiLabelTrainer trainer =
                    Toy.trainer(Toy.HEADS).setBackbone(backbone).optEpochs(2).build()) {
                float[] before = convolution(trainer.model());
                trainer.fit(train);
                trained = convolution(trainer.model());
                assertThat(trained).isNotEqualTo(before);
                trainer.model().save(temporary.resolve("model"));
            }
            try (MultiLabelModel loaded = MultiLabelModel.load(temporary.resolve("model"), backbone)) {
                assertThat(convolution(loaded)).containsExactly(trained);
            }
        }
    }
}
