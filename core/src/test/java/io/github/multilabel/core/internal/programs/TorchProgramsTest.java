package io.github.multilabel.core.internal.programs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchProgramsTest {

    private final List<Integer> written = new ArrayList<>();

    private String times(int factor) {
        written.add(factor);
        return "def forward(self, x: Tensor) -> Tensor:\n  return torch.mul(x, " + factor + ")\n";
    }

    @Test
    void eachProgramIsWrittenOnceUntilAllAreClosed() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                TorchPrograms<Integer> programs = new TorchPrograms<>(this::times)) {
            NDArray x = manager.create(new float[] {1, 2});
            for (int factor : new int[] {3, 5, 3}) {
                try (TorchValue result = programs.get(factor, Device.cpu()).run("forward", x)) {
                    assertThat(result.toArray(manager).toFloatArray()).containsExactly(factor, 2 * factor);
                }
            }
            assertThat(written).containsExactly(3, 5);
            programs.close();
            try (TorchValue result = programs.get(5, Device.cpu()).run("forward", x)) {
                assertThat(result.toArray(manager).toFloatArray()).containsExactly(5, 10);
            }
            assertThat(written).containsExactly(3, 5, 5);
        }
    }
}
