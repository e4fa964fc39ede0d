package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of DJL's model zoo are backbones when their classifiers are left out. */
class BlockWithoutClassifierTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.singleLabel("year", "old", "new"));

    @TempDir
    Path folder;

    /** Of the model zoo, for images of 32 pixels and ten classes. */
    enum Zoo {
        RESNET(512) {
            @Override
            Block block() {
                return ResNetV1.builder()
                        .setImageShape(new Shape(3, 32, 32))
                        .setNumLayers(18)
                        .setOutSize(10)
                        .build();
            }
        },
        MOBILENET(1280) {
            @Override
            Block block() {
                return MobileNetV2.builder().setOutSize(10).build();
            }
        };

        private final long features;

        Zoo(long features) {
            this.features = features;
        }

        abstract Block block();

        Backbone backbone() {
            return Backbones.of(name(), block())
                    .withoutLast(2)
                    .withPreprocessing(Preprocessing.imageNet(32).squashed());
        }
    }

    private static MultiLabelModel create(Backbone backbone) throws IOException {
        return MultiLabelModel.create(backbone, HEADS, backbone.preprocessing(), Device.cpu(), 1);
    }

    @ParameterizedTest
    @EnumSource(Zoo.class)
    void theModelZooGivesBackbonesThatTrain(Zoo zoo) throws IOException {
        try (MultiLabelModel model = create(zoo.backbone());
                NDManager manager = model.manager().newSubManager();
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            assertThat(model.block().parametersByName().get("heads.weight").getShape())
                    .as("the features were found from the block")
                    .isEqualTo(new Shape(5, zoo.features));
            NDArray image = manager.randomNormal(new Shape(4, 3, 32, 32));
            NDArray first =
                    model.block().backbone().getParameters().get(0).getValue().getArray();
            float gradient = 0;
            for (int pass = 0; pass < 5 && gradient == 0; pass++) { // DJL's relu6 loses one now and then: docs/djl.md
                NDList logits = model.block().forward(new ParameterStore(manager, false), new NDList(image), true);
                gradients.backward(logits.get("type").square().sum());
                gradient = first.getGradient().norm().getFloat();
            }
            assertThat(gradient).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Zoo.class)
    void aSavedModelIsLoadedWithABlockMadeAlike(Zoo zoo) throws IOException, MalformedModelException {
        BufferedImage image = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(7, 9, 0xFFFFFF);
        String expected;
        try (MultiLabelModel model = create(zoo.backbone());
                MultiLabelPredictor predictor = model.newPredictor()) {
            model.save(folder.resolve("model"));
            expected = predictor.predict(image).toJson();
        }

        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder.resolve("model")))
                .withMessageContaining("a block of the application's own")
                .withMessageContaining("MultiLabelModel.load(folder, backbone)");
        try (MultiLabelModel model = MultiLabelModel.load(folder.resolve("model"), zoo.backbone());
                MultiLabelPredictor predictor = model.newPredictor()) {
            assertThat(predictor.predict(image).toJson()).isEqualTo(expected);
        }
    }

    @Test
    void theBlockItselfStaysWhole() {
        SequentialBlock whole = (SequentialBlock) Zoo.RESNET.block();
        int children = whole.getChildren().size();

        Block rest = Backbones.of("resnet", whole).withoutLast(2).newBlock();

        assertThat(whole.getChildren()).hasSize(children);
        assertThat(rest.getChildren().values())
                .isEqualTo(whole.getChildren().values().subList(0, children - 2));
    }

    @Test
    void atLeastOneChildIsLeft() {
        SequentialBlock two = new SequentialBlock().add(inputs -> inputs).add(inputs -> inputs);
        Backbone backbone = Backbones.of("two", two);

        for (int count : new int[] {0, 2, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> backbone.withoutLast(count))
                    .withMessage("withoutLast(" + count + "): backbone 'two' has 2 children, of which at least one must"
                            + " be left out and one be left");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.of("none", new SequentialBlock()).withoutLast(1))
                .withMessageContaining("backbone 'none' has 0 children");
    }

    @Test
    void whatHasNoOrderOfChildrenIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.of("lambda", new LambdaBlock(inputs -> inputs))
                        .withoutLast(1))
                .withMessageStartingWith(
                        "backbone 'lambda' is a LambdaBlock, of which no last children can be left out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backbones.small().withoutLast(1))
                .withMessageContaining("that takes a SequentialBlock");
    }
}
