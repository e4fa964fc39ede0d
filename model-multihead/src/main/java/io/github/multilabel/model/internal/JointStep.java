package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.List;
import java.util.Objects;

/**
 * How the heads of a hierarchy answer together, as a program. The probability of a category of the finest head is its
 * own times that of its category of each parent to a power, over the sum of all; that of a category of a parent is the
 * sum over its children. Where the parent of a category is not known, the parent's own head says how its probability is
 * shared.
 *
 * @param fine the position of the finest head
 * @param coarser the positions of its parents
 * @param text {@code forward(fine, logits, parentOf, loose, powers)}: from the logits of the finest head and the list
 *     of those of its parents to a list of the new ones, of the finest head first
 * @param parentOf for each parent the index of its category (K) int64 of each category of the finest head
 * @param loose for each parent where that is not known, (1, K) boolean
 * @param powers one for each parent, float32
 */
public record JointStep(int fine, List<Integer> coarser, String text, NDList parentOf, NDList loose, NDArray powers) {

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

    /**
     * The step for a hierarchy.
     *
     * @param manager will own the arrays
     * @param heads all of a model, in order
     */
    public static JointStep of(NDManager manager, HeadSet heads, JointDecoding decoding) {
        List<String> parents = List.copyOf(decoding.powers().keySet());
        NDList parentOf = new NDList();
        NDList loose = new NDList();
        float[] powers = new float[parents.size()];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Objects.requireNonNull(decoding.powers().get(parents.get(i)))
                    .floatValue();
            List<Integer> indices = heads.hierarchy().parentOf(decoding.finest(), parents.get(i));
            long[] known = new long[indices.size()];
            boolean[] none = new boolean[known.length];
            for (int k = 0; k < known.length; k++) {
                none[k] = indices.get(k) == Labels.MISSING;
                known[k] = none[k] ? 0 : indices.get(k);
            }
            parentOf.add(manager.create(known));
            loose.add(manager.create(none, new Shape(1, none.length)).toType(DataType.BOOLEAN, false));
        }
        return new JointStep(
                heads.indexOf(decoding.finest()),
                parents.stream().map(heads::indexOf).toList(),
                text(powers.length),
                parentOf,
                loose,
                manager.create(powers));
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
}
