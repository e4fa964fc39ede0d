package io.github.multilabel.core.internal.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.TestImages;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizerTest {

    @Test
    void imageNetsStatisticsAreAppliedPerChannel() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Pixels pixel = new Pixels(1, 1, new byte[] {(byte) 255, 0, (byte) 128});
            NDArray seen = Normalizer.normalize(ImageTensors.stack(manager, List.of(pixel)), Preprocessing.imageNet(1));
            assertThat(seen.getShape()).isEqualTo(new Shape(1, 3, 1, 1));
            float[] values = seen.toFloatArray();
            assertThat(values[0]).isCloseTo(2.2489f, within(1e-4f));
            assertThat(values[1]).isCloseTo(-2.0357f, within(1e-4f)); // -0.456 / 0.224
            assertThat(values[2]).isCloseTo(0.4265f, within(1e-4f)); // (128 / 255 - 0.406) / 0.225
        }
    }

    @Test
    void aMeanAndDeviationOfOneHalfGiveMinusOneToOne() {
        Preprocessing half = new Preprocessing(
                1,
                1,
                Preprocessing.CropMode.CENTER,
                Preprocessing.Interpolation.BICUBIC,
                List.of(0.5, 0.5, 0.5),
                List.of(0.5, 0.5, 0.5));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray bytes = ImageTensors.stack(manager, List.of(new Pixels(1, 1, new byte[] {(byte) 255, 0, 0})));
            assertThat(Normalizer.normalize(bytes, half).toFloatArray()).containsExactly(1, -1, -1);
            assertThat(bytes.getDataType()).isEqualTo(DataType.UINT8);
            assertThat(bytes.toUint8Array()).containsExactly(255, 0, 0);
        }
    }

    @Test
    void stackingKeepsEachPixelInItsPlace() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Pixels first = TestImages.pattern(3, 4);
            Pixels second = TestImages.plain(3, 4, 200);
            NDArray stacked = ImageTensors.stack(manager, List.of(first, second));
            assertThat(stacked.getShape()).isEqualTo(new Shape(2, 3, 3, 4));
            assertThat(stacked.getManager()).isSameAs(manager);
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    for (int c = 0; c < 3; c++) {
                        assertThat(stacked.getUint8(0, c, y, x)).isEqualTo(first.get(y, x, c));
                    }
                }
            }
            assertThat(stacked.get(1).toUint8Array()).containsOnly(200);
        }
    }

    @Test
    void whatCannotBeStackedIsRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageTensors.stack(manager, List.of()))
                    .withMessageContaining("at least one");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            ImageTensors.stack(manager, List.of(TestImages.plain(2, 3, 0), TestImages.plain(3, 2, 0))))
                    .withMessageContaining("2x3 and 3x2");
        }
    }
}
