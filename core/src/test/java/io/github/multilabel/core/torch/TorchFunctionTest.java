package io.github.multilabel.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TorchFunctionTest {

    private static final String WEIGHTED_SUM =
            """
            def forward(self, x: Tensor, p: List[Tensor]) -> Tensor:
              return torch.sum(torch.add(torch.mul(x, p[0]), p[1]))
            """;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void gradientsFlowThroughTheText() {
        NDArray x = manager.create(new float[] {1, 2, 3});
        NDArray weight = manager.create(new float[] {4, 5, 6});
        NDArray bias = manager.create(1f);
        weight.setRequiresGradient(true);
        bias.setRequiresGradient(true);
        try (TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM);
                GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray sum = function.forward(manager, x, new NDList(weight, bias)).singletonOrThrow();
            gradients.backward(sum);
            assertThat(sum.getFloat()).isEqualTo(35f);
        }
        assertThat(weight.getGradient().toFloatArray()).containsExactly(1, 2, 3);
        assertThat(bias.getGradient().getFloat()).isEqualTo(3);
    }

    @Test
    void namesOfArraysAreRestored() {
        NDArray x = manager.ones(new Shape(2));
        x.setName("image");
        NDArray weight = manager.ones(new Shape(2));
        weight.setName("conv1.weight");
        try (TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM)) {
            function.forward(manager, x, new NDList(weight, manager.create(0f)));
        }
        assertThat(x.getName()).isEqualTo("image");
        assertThat(weight.getName()).isEqualTo("conv1.weight");
    }

    @Test
    void resultsBelongToTheManagerThatIsNamed() {
        NDArray x = manager.ones(new Shape(2));
        try (TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM);
                NDManager step = manager.newSubManager()) {
            NDArray result = function.forward(step, x, new NDList(manager.ones(new Shape(2)), manager.create(0f)))
                    .singletonOrThrow();
            assertThat(result.getManager()).isSameAs(step);
        }
    }

    @Test
    void aListOfTensorsComesBackAsAListOfArrays() {
        try (TorchFunction function = TorchFunction.load(
                manager,
                """
                def forward(self, x: Tensor) -> List[Tensor]:
                  return [torch.neg(x), torch.mul(x, 2)]
                """)) {
            NDList result = function.forward(manager, manager.create(3f));
            assertThat(result).hasSize(2);
            assertThat(result.get(0).getFloat()).isEqualTo(-3);
            assertThat(result.get(1).getFloat()).isEqualTo(6);
        }
    }

    @Test
    void runTakesNumbersAndChangesArraysInPlace() {
        NDArray x = manager.create(new float[] {1, 2});
        try (TorchFunction function = TorchFunction.load(
                        manager,
                        """
                        def scale(self, p: List[Tensor], rate: float, times: int, on: bool) -> int:
                          if on:
                            torch._foreach_mul_(p, rate)
                          return torch.mul(times, 2)
                        """);
                TorchValue result = function.run("scale", new NDList(x), 0.5, 21, true)) {
            assertThat(result.toLong()).isEqualTo(42);
        }
        assertThat(x.toFloatArray()).containsExactly(0.5f, 1);
    }

    @Test
    void aValueCanBeKeptAndPassedAgain() {
        try (TorchFunction function = TorchFunction.load(
                manager,
                """
                def prepare(self, p: List[Tensor]) -> List[Tensor]:
                  return [torch.to(p[0], 15)]
                def forward(self, x: Tensor, p: List[Tensor]) -> Tensor:
                  return torch.mul(x, torch.to(p[0], 6))
                """)) {
            try (TorchValue kept = function.run("prepare", new NDList(manager.create(1.0039062f)))) {
                for (int i = 0; i < 2; i++) {
                    try (TorchValue result = function.run("forward", manager.create(2f), kept)) {
                        assertThat(result.toArray(manager).getFloat())
                                .as("the weight was rounded to bfloat16's 8 bits")
                                .isEqualTo(2f);
                    }
                }
            }
        }
    }

    @Test
    void anUnknownOperatorIsRefusedWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TorchFunction.load(
                                manager,
                                """
                        def forward(self, x: Tensor) -> Tensor:
                          y = torch.neg(x)
                          return torch.no_such_operator(y)
                        """))
                .withMessageContaining("line 3 'return torch.no_such_operator(y)'");
    }

    @Test
    void aFailureWhileRunningShowsItsLine() {
        try (TorchFunction function = TorchFunction.load(
                manager,
                """
                def forward(self, x: Tensor, y: Tensor) -> Tensor:
                  a = torch.neg(x)
                  return torch.matmul(a, y)
                """)) {
            NDArray x = manager.ones(new Shape(2, 3));
            NDArray y = manager.ones(new Shape(4, 5));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> function.forward(manager, x, y))
                    .withMessageContaining("line 3 'return torch.matmul(a, y)'");
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> function.run("forward", x, y))
                    .withMessageContaining("line 3 'return torch.matmul(a, y)'");
        }
    }

    @Test
    void argumentsOfOtherTypesAreRefused() {
        try (TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM)) {
            NDArray x = manager.create(1f);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> function.forward(manager, x, 2))
                    .withMessageContaining("got Integer");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> function.forward(manager, x, new NDList(x)))
                    .withMessageContaining("given twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> function.run("forward", x, "text"))
                    .withMessageContaining("java.lang.String");
        }
    }

    @Test
    void theLossOfTheJavadocIsTheFocalLoss() {
        NDArray logits = manager.create(new float[] {2, 0, 0, 1}, new Shape(2, 2));
        NDArray labels = manager.create(new long[] {0, 0});
        double sure = 1 / (1 + Math.exp(-2)); // the softmax of (2, 0) for category 0
        double unsure = 1 / (1 + Math.exp(1));
        double expected = (-Math.pow(1 - sure, 2) * Math.log(sure) - Math.pow(1 - unsure, 2) * Math.log(unsure)) / 2;
        try (TorchFunction focal = TorchFunction.load(
                manager,
                """
                def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
                  surprise = torch.cross_entropy_loss(logits, labels, None, 0)
                  p = torch.exp(torch.neg(surprise))
                  return torch.mean(torch.mul(torch.pow(torch.rsub(p, 1), 2), surprise))
                """)) {
            assertThat(focal.forward(manager, logits, labels).singletonOrThrow().getFloat())
                    .isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void eightThreadsRunTheSameProgram() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TorchFunction function = TorchFunction.load(
                manager,
                """
                def forward(self, x: Tensor) -> Tensor:
                  return torch.sum(torch.matmul(x, x))
                """)) {
            List<Future<Float>> sums = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                float value = i;
                sums.add(threads.submit(() -> {
                    try (NDManager own = NDManager.newBaseManager();
                            TorchValue result = function.run("forward", own.full(new Shape(8, 8), value))) {
                        return result.toArray(own).getFloat();
                    }
                }));
            }
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get()).isCloseTo(512f * i * i, within(1e-2f));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedProgramSaysSo() {
        TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM);
        function.close();
        function.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> function.run("forward"))
                .withMessageContaining("closed");
    }

    @Test
    void evaluationOnAThreadOfTheApplicationBuildsNoGraph() throws Exception {
        NDArray weight = manager.ones(new Shape(2));
        weight.setRequiresGradient(true);
        try (TorchFunction function = TorchFunction.load(manager, WEIGHTED_SUM)) {
            boolean[] tracked = new boolean[1];
            Thread thread = new Thread(() -> {
                try (NoGradients off = NoGradients.onThisThread()) {
                    NDArray result = function.forward(
                                    manager, manager.ones(new Shape(2)), new NDList(weight, manager.create(0f)))
                            .singletonOrThrow();
                    tracked[0] = result.hasGradient();
                }
            });
            thread.start();
            thread.join();
            assertThat(tracked[0]).isFalse();
        }
    }
}
