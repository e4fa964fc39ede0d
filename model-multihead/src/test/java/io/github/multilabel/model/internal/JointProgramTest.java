package io.github.multilabel.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The heads of a hierarchy answer together. */
class JointProgramTest {

    private static final int ROWS = 3;
    private static final int[] BRAND_OF = {0, 0, 1, 2, -1};
    private static final int[] YEAR_OF = {0, 1, 1, 0, 1};

    private static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("brand", "b0", "b1", "b2"),
                    Head.singleLabel("colour", "red", "blue"),
                    Head.singleLabel("model", "m0", "m1", "m2", "m3", "m4"),
                    Head.singleLabel("year", "y0", "y1"))
            .withParent("model", "brand", Map.of("m0", "b0", "m1", "b0", "m2", "b1", "m3", "b2"))
            .withParent("model", "year", Map.of("m0", "y0", "m1", "y1", "m2", "y1", "m3", "y0", "m4", "y1"));

    private final NDManager manager = NDManager.newBaseManager();
    private final Random random = new Random(2);
    private final List<float[]> own =
            HEADS.stream().map(head -> floats(ROWS * head.size())).toList();

    @AfterEach
    void free() {
        manager.close();
    }

    private float[] floats(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (2 * random.nextGaussian());
        }
        return numbers;
    }

    /** What the heads say by themselves, whatever the image. */
    private final class OwnLogits implements InferenceProgram {

        private boolean closed;

        @Override
        public NDList logits(NDManager results, NDArray image) {
            NDList logits = new NDList();
            for (int h = 0; h < HEADS.size(); h++) {
                NDArray array =
                        results.create(own.get(h), new Shape(ROWS, HEADS.get(h).size()));
                array.setName(HEADS.get(h).name());
                logits.add(array);
            }
            return logits;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private double[][] answers(Map<String, Double> powers) {
        try (JointProgram program =
                new JointProgram(manager, new OwnLogits(), HEADS, new JointDecoding("model", powers))) {
            NDList logits = program.logits(manager, manager.zeros(new Shape(1)));
            assertThat(logits.stream().map(NDArray::getName)).containsExactlyElementsOf(HEADS.names());
            return IntStream.range(0, HEADS.size())
                    .mapToObj(h ->
                            softmax(logits.get(h).toFloatArray(), HEADS.get(h).size(), 1))
                    .toArray(double[][]::new);
        }
    }

    /** Row 1 of the probabilities. */
    private static double[] softmax(float[] logits, int size, int row) {
        double[] exponentials = IntStream.range(0, size)
                .mapToDouble(i -> Math.exp(logits[row * size + i]))
                .toArray();
        double sum = IntStream.range(0, size).mapToDouble(i -> exponentials[i]).sum();
        return IntStream.range(0, size).mapToDouble(i -> exponentials[i] / sum).toArray();
    }

    @Test
    void withoutTheParentsOwnHeadsTheirAnswersAreSums() {
        double[][] answers = answers(Map.of("brand", 0.0, "year", 0.0));
        double[] model = softmax(own.get(2), 5, 1);
        double[] brand = softmax(own.get(0), 3, 1);

        assertThat(answers[2]).containsExactly(model, within(1e-6));
        assertThat(answers[3][0]).isCloseTo(model[0] + model[3], within(1e-6));
        assertThat(answers[0][1])
                .as("what belongs to no brand is shared as the brand's own head says")
                .isCloseTo(model[2] + model[4] * brand[1], within(1e-6));
        assertThat(answers[1]).as("others stay").containsExactly(softmax(own.get(1), 2, 1), within(1e-6));
    }

    @Test
    void theAnswerIsTheProductOfAllHeadsToTheirPowers() {
        double[] brand = softmax(own.get(0), 3, 1);
        double[] model = softmax(own.get(2), 5, 1);
        double[] year = softmax(own.get(3), 2, 1);
        double[] product = IntStream.range(0, 5)
                .mapToDouble(m ->
                        model[m] * Math.pow(BRAND_OF[m] < 0 ? 1.0 / 3 : brand[BRAND_OF[m]], 0.25) * year[YEAR_OF[m]])
                .toArray();
        double sum = IntStream.range(0, 5).mapToDouble(m -> product[m]).sum();

        double[][] answers = answers(Map.of("brand", 0.25, "year", 1.0));

        assertThat(answers[2])
                .containsExactly(
                        IntStream.range(0, 5).mapToDouble(m -> product[m] / sum).toArray(), within(1e-6));
        assertThat(answers[3][1]).isCloseTo((product[1] + product[2] + product[4]) / sum, within(1e-6));
        for (double[] probabilities : answers) {
            assertThat(IntStream.range(0, probabilities.length)
                            .mapToDouble(i -> probabilities[i])
                            .sum())
                    .isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void itClosesTheProgramThatItWasGiven() {
        OwnLogits given = new OwnLogits();
        new JointProgram(manager, given, HEADS, new JointDecoding("model", Map.of("brand", 1.0))).close();
        assertThat(given.closed).isTrue();
    }
}
