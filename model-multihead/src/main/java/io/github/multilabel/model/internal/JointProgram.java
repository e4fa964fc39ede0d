package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.List;
import java.util.Objects;

/**
 * Answers the heads of a hierarchy together. The probability of a category of the finest head is its own times that of
 * its category of each parent to a power, over the sum of all; that of a category of a parent is the sum over its
 * children. Where the parent of a category is not known, the parent's own head says how its probability is shared.
 */
final class JointProgram implements InferenceProgram {

    private static final String PARENT =
            """
              own_{i} = torch.log_softmax(torch.to(logits[{i}], 6), 1)
              known_{i} = torch.index_select(own_{i}, 1, parentOf[{i}])
              even_{i} = torch.neg(torch.log(torch.sum(torch.ones_like(own_{i}), [1], True)))
              score_{i} = torch.add({before}, torch.mul(torch.where(loose[{i}], even_{i}, known_{i}), powers[{i}]))
            """;

    private static final String ANSWER =
            """
              held_{i} = torch.masked_fill(p, loose[{i}], 0.)
              sums_{i} = torch.index_add(torch.zeros_like(own_{i}), 1, parentOf[{i}], held_{i})
              rest_{i} = torch.sum(torch.sub(p, held_{i}), [1], True)
              answer_{i} = torch.log(torch.clamp_min(torch.add(sums_{i}, torch.mul(rest_{i}, torch.exp(own_{i}))), 1e-38))
            """;

    private final InferenceProgram program;
    private final HeadSet heads;
    private final JointDecoding decoding;
    private final int[] positions;
    private final NDManager manager;
    private final NDList parentOf = new NDList();
    private final NDList loose = new NDList();
    private final NDArray powers;
    private final TorchFunction function;

    /** Takes the program of the heads' own logits, and closes it when it is closed itself. */
    JointProgram(NDManager parent, InferenceProgram program, HeadSet heads, JointDecoding decoding) {
        this.program = program;
        this.heads = heads;
        this.decoding = decoding;
        manager = parent.newSubManager();
        List<String> parents = List.copyOf(decoding.powers().keySet());
        positions = parents.stream().mapToInt(heads::indexOf).toArray();
        float[] numbers = new float[parents.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Objects.requireNonNull(decoding.powers().get(parents.get(i)))
                    .floatValue();
            add(heads.hierarchy(), parents.get(i));
        }
        powers = manager.create(numbers);
        function = TorchFunction.load(manager, text(numbers.length));
    }

    private void add(Hierarchy hierarchy, String parent) {
        List<Integer> indices = hierarchy.parentOf(decoding.finest(), parent);
        long[] known = new long[indices.size()];
        boolean[] none = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            none[i] = indices.get(i) == Labels.MISSING;
            known[i] = none[i] ? 0 : indices.get(i);
        }
        parentOf.add(manager.create(known));
        loose.add(manager.create(none, new Shape(1, none.length)).toType(DataType.BOOLEAN, false));
    }

    private static String text(int parents) {
        StringBuilder text = new StringBuilder(
                """
                def forward(self, fine: Tensor, logits: List[Tensor], parentOf: List[Tensor], loose: List[Tensor], powers: Tensor) -> List[Tensor]:
                  score = torch.log_softmax(torch.to(fine, 6), 1)
                """);
        StringBuilder answers = new StringBuilder("[joint");
        for (int i = 0; i < parents; i++) {
            text.append(PARENT.replace("{before}", i == 0 ? "score" : "score_" + (i - 1))
                    .replace("{i}", Integer.toString(i)));
            answers.append(", answer_").append(i);
        }
        text.append("  joint = torch.log_softmax(score_").append(parents - 1).append(", 1)\n");
        text.append("  p = torch.exp(joint)\n");
        for (int i = 0; i < parents; i++) {
            text.append(ANSWER.replace("{i}", Integer.toString(i)));
        }
        return text.append("  return ").append(answers).append("]\n").toString();
    }

    @Override
    public NDList logits(NDManager results, NDArray image) {
        NDList own = program.logits(results, image);
        NDList coarser = new NDList();
        for (int position : positions) {
            coarser.add(own.get(position));
        }
        int fine = heads.indexOf(decoding.finest());
        NDList answered = new NDList(own);
        try (TorchValue joint = function.run("forward", own.get(fine), coarser, parentOf, loose, powers)) {
            NDList arrays = joint.toList(results);
            replace(answered, fine, arrays.get(0));
            for (int i = 0; i < positions.length; i++) {
                replace(answered, positions[i], arrays.get(i + 1));
            }
        }
        return answered;
    }

    private static void replace(NDList logits, int position, NDArray answer) {
        answer.setName(logits.get(position).getName());
        logits.set(position, answer);
    }

    @Override
    public void close() {
        function.close();
        manager.close();
        program.close();
    }
}
