package io.github.multilabel.model.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.util.ProgressBar;
import ai.djl.translate.DefaultTranslatorFactory;
import ai.djl.translate.TranslateException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelZooTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.multiLabel("tags", "open", "rusty"));

    @TempDir
    Path folder;

    private Path saved;
    private List<Prediction> expected;

    private static Image image(int number) {
        BufferedImage image = new BufferedImage(70 + number, 50, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, x * y * (number + 1) * 7919);
            }
        }
        return ImageFactory.getInstance().fromImage(image);
    }

    private static List<Image> images() {
        return IntStream.range(0, 20).mapToObj(SavedModelZooTest::image).toList();
    }

    @BeforeEach
    void saveAModel() throws IOException {
        saved = folder.resolve("my model");
        Backbone backbone = Backbones.small();
        try (MultiLabelModel model =
                        MultiLabelModel.create(backbone, HEADS, backbone.preprocessing(), Device.cpu(), 1);
                MultiLabelPredictor predictor = model.newPredictor()) {
            model.save(saved);
            expected = images().stream().map(predictor::predict).toList();
        }
    }

    private Criteria<Image, Prediction> criteria() {
        return Criteria.builder()
                .setTypes(Image.class, Prediction.class)
                .optModelZoo(SavedModelZoo.of(saved))
                .build();
    }

    private static void assertSame(Prediction actual, Prediction expected) {
        for (Head head : HEADS) {
            for (String category : head.categories()) {
                assertThat(actual.head(head.name()).probability(category))
                        .isCloseTo(expected.head(head.name()).probability(category), within(1e-5));
            }
        }
    }

    @Test
    void djlPredictsAsThisLibraryDoes() throws Exception {
        try (ZooModel<Image, Prediction> model = criteria().loadModel();
                Predictor<Image, Prediction> predictor = model.newPredictor()) {
            assertThat(model.getName()).isEqualTo("my model");
            assertThat(model.getModelPath()).isEqualTo(saved);
            assertSame(predictor.predict(image(3)), expected.get(3));
        }
    }

    @Test
    void aBatchOfDifferentSizesIsPredictedInOrder() throws Exception {
        try (ZooModel<Image, Prediction> model = criteria().loadModel();
                Predictor<Image, Prediction> predictor = model.newPredictor()) {
            List<Prediction> predictions = predictor.batchPredict(images());

            assertThat(predictions).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertSame(predictions.get(i), expected.get(i));
            }
        }
    }

    @Test
    void eachThreadHasAPredictorOfItsOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ZooModel<Image, Prediction> model = criteria().loadModel()) {
            List<Callable<Prediction>> calls = IntStream.range(0, 20)
                    .<Callable<Prediction>>mapToObj(i -> () -> {
                        try (Predictor<Image, Prediction> predictor = model.newPredictor()) {
                            return predictor.predict(image(i));
                        }
                    })
                    .toList();
            List<Future<Prediction>> predictions = threads.invokeAll(calls);
            for (int i = 0; i < 20; i++) {
                assertSame(predictions.get(i).get(), expected.get(i));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void oneHeadIsClassifications() throws Exception {
        Criteria<Image, Classifications> criteria = Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optModelZoo(SavedModelZoo.of(saved))
                .optArgument("head", "type")
                .build();
        try (ZooModel<Image, Classifications> model = criteria.loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            Classifications type = predictor.predict(image(0));

            assertThat(type.best().getClassName())
                    .isEqualTo(expected.get(0).head("type").best().category());
            assertThat(type.get("SUV").getProbability())
                    .isCloseTo(expected.get(0).head("type").probability("SUV"), within(1e-5));
        }
    }

    @Test
    void oneOfSeveralHeadsMustBeNamed() {
        Criteria.Builder<Image, Classifications> criteria =
                Criteria.builder().setTypes(Image.class, Classifications.class).optModelZoo(SavedModelZoo.of(saved));

        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(() -> criteria.build().loadModel())
                .havingRootCause()
                .withMessage("the model has the heads [type, tags]; name one with optArgument(\"head\", \"type\")");
        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(() -> criteria.optArgument("head", "typ").build().loadModel())
                .havingRootCause()
                .withMessageContaining("did you mean 'type'");
    }

    @Test
    void theApplicationsOwnTranslatorUsesTheBlock() throws Exception {
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelZoo(SavedModelZoo.of(saved))
                .optTranslatorFactory(new DefaultTranslatorFactory())
                .optProgress(new ProgressBar())
                .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                NDManager manager = NDManager.newBaseManager()) {
            NDArray grey = manager.zeros(new Shape(2, 3, 64, 64));

            NDList logits = predictor.predict(new NDList(grey));

            assertThat(logits.getShapes()).containsExactly(new Shape(2, 3), new Shape(2, 2));
            assertThat(logits.get(0).hasGradient()).isFalse();
        }
    }

    @Test
    void otherTypesAreRefusedWithThoseThatThereAre() {
        Criteria<String, Prediction> criteria = Criteria.builder()
                .setTypes(String.class, Prediction.class)
                .optModelZoo(SavedModelZoo.of(saved))
                .build();

        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(criteria::loadModel)
                .havingRootCause()
                .withMessageStartingWith("no translator from java.lang.String to " + Prediction.class.getName());
    }

    @Test
    void aClosedModelPredictsNoMore() throws Exception {
        ZooModel<Image, Prediction> model = criteria().loadModel();
        Predictor<Image, Prediction> predictor = model.newPredictor();
        model.close();

        assertThatThrownBy(() -> predictor.predict(image(0)))
                .isInstanceOfAny(TranslateException.class, IllegalStateException.class);
        predictor.close();
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        try (NDManager own = NDManager.newBaseManager()) {
            NDManager system = own.getParentManager();
            criteria().loadModel().close();
            int before = system.getManagedArrays().size();
            for (int i = 0; i < 3; i++) {
                try (ZooModel<Image, Prediction> model = criteria().loadModel();
                        Predictor<Image, Prediction> predictor = model.newPredictor()) {
                    predictor.predict(image(i));
                    assertThat(model.getNDManager().getManagedArrays()).isEmpty();
                }
            }
            assertThat(system.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void aFolderThatIsNoModelSaysSo() {
        Criteria<Image, Prediction> criteria = Criteria.builder()
                .setTypes(Image.class, Prediction.class)
                .optModelZoo(SavedModelZoo.of(folder))
                .build();

        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(criteria::loadModel)
                .withMessageContaining("it has no file model.json");
    }

    @Test
    void aModelOverABlockIsLoadedWithTheBackbone() throws Exception {
        Path own = folder.resolve("own");
        try (MultiLabelModel model =
                MultiLabelModel.create(block(), HEADS, Preprocessing.imageNet(16), Device.cpu(), 1)) {
            model.save(own);
        }
        Criteria<Image, Prediction> criteria = Criteria.builder()
                .setTypes(Image.class, Prediction.class)
                .optModelZoo(SavedModelZoo.of(own, block()))
                .build();
        try (ZooModel<Image, Prediction> model = criteria.loadModel();
                Predictor<Image, Prediction> predictor = model.newPredictor()) {
            assertThat(predictor.predict(image(0)).heads()).hasSize(2);
        }
    }

    private static Backbone block() {
        return Backbones.of(
                "mine",
                new SequentialBlock()
                        .add(Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(4)
                                .build())
                        .add(Pool.globalAvgPool2dBlock())
                        .add(Blocks.batchFlattenBlock()));
    }
}
