package io.github.multilabel.evaluation.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.IndexLoss;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;

/**
 * The loss of one head for DJL's own training loop, {@code EasyTrain}. Missing labels add nothing to it.
 *
 * <pre>{@code
 * DefaultTrainingConfig config = new DefaultTrainingConfig(DjlLoss.of(data.heads()));
 * }</pre>
 */
public final class DjlLoss extends Loss {

    private final HeadLoss loss;

    /**
     * Makes a loss of one array of labels and one of logits; DJL's {@code IndexLoss} chooses them from several.
     *
     * @param name in DJL's metrics, such as that of the head
     * @param loss what is computed
     */
    public DjlLoss(String name, HeadLoss loss) {
        super(Given.require(name, "name", "the name of the head"));
        this.loss = Given.require(loss, "loss", "e.g. Losses.crossEntropy()");
    }

    /**
     * The sum of the standard losses of all heads, each a component named after its head.
     *
     * @param heads in the order in which a {@code MultiLabelDataset} gives their labels, and a {@code MultiHeadBlock}
     *     their logits
     */
    public static SimpleCompositeLoss of(HeadSet heads) {
        SimpleCompositeLoss sum = new SimpleCompositeLoss();
        for (Head head : Given.require(heads, "heads", "e.g. data.heads()")) {
            sum.addLoss(new IndexLoss(new DjlLoss(head.name(), Losses.standard(head)), heads.indexOf(head.name())));
        }
        return sum;
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return loss.loss(predictions.singletonOrThrow(), labels.singletonOrThrow());
    }
}
