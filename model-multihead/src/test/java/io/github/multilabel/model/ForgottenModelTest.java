package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.DrawnImages;
import java.awt.image.BufferedImage;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is not closed is freed once nobody can use it any more, and not before. */
class ForgottenModelTest {

    private static void collectUntil(Supplier<Boolean> done) {
        for (int i = 0; i < 1000 && !done.get(); i++) {
            System.gc();
            Thread.yield(); // to the thread that frees
        }
    }

    /** The manager of a model that is no longer reachable. */
    private static NDManager forgotten() {
        return TinyModels.create(1).manager();
    }

    @Test
    void aModelThatIsForgottenIsFreed() {
        NDManager manager = forgotten();
        collectUntil(() -> !manager.isOpen());
        assertThat(manager.isOpen()).isFalse();
    }

    @Test
    void aBlockKeepsItsModelsWeights() {
        MultiHeadBlock block = TinyModels.create(1).block();
        NDManager freed = forgotten();
        collectUntil(() -> !freed.isOpen());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList logits = block.forward(
                    new ParameterStore(manager, false), new NDList(manager.ones(new Shape(1, 3, 16, 16))), false);
            assertThat(logits.get(0).toFloatArray()).hasSize(3).doesNotContain(Float.NaN);
        }
        Reference.reachabilityFence(block);
    }

    @Test
    void aPredictorOutlivesItsForgottenModelAndIsFreedItself() throws Exception {
        MultiLabelPredictor[] predictor = {TinyModels.create(1).newPredictor()};
        NDManager freed = forgotten();
        collectUntil(() -> !freed.isOpen());
        predictor[0].warmUp();
        WeakReference<MultiLabelPredictor> gone = new WeakReference<>(predictor[0]);
        predictor[0] = null;
        collectUntil(() -> gone.get() == null);
        assertThat(gone.get()).as("nothing that frees refers to the predictor").isNull();
    }

    @Test
    void aPredictorOnTheModelsOwnWeightsKeepsThem() throws Exception {
        MultiLabelPredictor predictor = scripted().newPredictor();
        NDManager freed = forgotten();
        collectUntil(() -> !freed.isOpen());
        predictor.warmUp();
        predictor.close();
        assertThatIllegalStateException().isThrownBy(predictor::warmUp);
    }

    private static MultiLabelModel scripted() throws Exception {
        Path file = Path.of(ForgottenModelTest.class
                .getResource("/golden/scripts/traced.pt")
                .toURI());
        return TinyModels.create(Backbones.torchScript(file), 1);
    }

    @Test
    void aBlockOfTheApplicationsOwnIsLeftToIt() {
        NDManager manager = TinyModels.create(TinyModels.foreign(), 1).manager();
        NDManager freed = forgotten();
        collectUntil(() -> !freed.isOpen());
        assertThat(manager.isOpen()).isTrue();
        manager.close();
    }

    private static byte[] png() {
        return DrawnImages.png(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
    }

    /** Each call uses a predictor that nobody refers to but the call itself. */
    @Test
    void aCallThatRunsIsNeverCutShort() throws Exception {
        Thread collector = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                System.gc();
            }
        });
        collector.start();
        try (MultiLabelModel model = TinyModels.create(1)) {
            byte[] image = png();
            for (int i = 0; i < 10; i++) {
                assertThat(model.newPredictor()
                                .predict(ImageSource.of("grey", image))
                                .heads())
                        .hasSize(4);
            }
        } finally {
            collector.interrupt();
            collector.join();
        }
    }
}
