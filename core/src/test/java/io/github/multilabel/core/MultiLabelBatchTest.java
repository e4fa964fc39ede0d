package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultiLabelBatchTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("type", "Coupe", "SUV"), Head.multiLabel("extras", "roof rack", "spoiler"));
    private static final List<Labels> LABELS = List.of(
            Labels.builder(HEADS).set("type", "SUV").build(),
            Labels.builder(HEADS).set("extras", List.of("spoiler")).build());

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private MultiLabelBatch batch(int images, List<String> sources) {
        NDManager owner = manager.newSubManager();
        NDArray image = owner.zeros(new Shape(images, 3, 2, 2), DataType.UINT8);
        return new MultiLabelBatch(owner, image, LABELS, sources, 0, 1);
    }

    @Test
    void imageAndLabelsAreReadByName() {
        try (MultiLabelBatch batch = batch(2, List.of("a.jpg", "b.jpg"))) {
            assertThat(batch.image().getShape()).isEqualTo(new Shape(2, 3, 2, 2));
            assertThat(batch.label("type").toLongArray()).containsExactly(1, -1);
            assertThat(batch.label("extras").toFloatArray()).containsExactly(-1, -1, 0, 1);
            assertThat(batch.getLabels()).extracting(NDArray::getName).containsExactly("type", "extras");
            assertThat(batch.getData().get(MultiLabelBatch.IMAGE)).isSameAs(batch.image());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.label("typ"))
                    .withMessageContaining("did you mean 'type'?");
        }
    }

    @Test
    void closingItReleasesEveryArray() {
        int before = manager.getManagedArrays().size();
        batch(2, List.of("a.jpg", "b.jpg")).close();
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void countsThatDifferAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(3, List.of("a.jpg", "b.jpg")))
                .withMessageContaining("images (3, 3, 2, 2), 2 labels, 2 sources");
        assertThatIllegalArgumentException().isThrownBy(() -> batch(2, List.of("a.jpg")));
    }
}
