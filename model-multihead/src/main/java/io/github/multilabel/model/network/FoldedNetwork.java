package io.github.multilabel.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;

/** Batch norms are folded into the convolutions before them. */
final class FoldedNetwork implements PreparedNetwork {

    private final Network network;
    private final NDManager manager;
    private final TorchFunction program;
    private final TorchValue weights;

    FoldedNetwork(Network network, NDList parameters, HeadStack heads, Precision wanted) {
        this.network = network;
        NDArray first = parameters.head();
        Precision precision = wanted.resolve(first.getDevice());
        Folding folding = new Folding(network, precision);
        String text =
                folding.prepare() + NetworkText.forward(folding.folded(), Variant.evaluation(precision, 0, heads));
        manager = TorchEngine.newManager(first.getDevice());
        try {
            program = TorchFunction.load(manager, text);
            weights = program.run("prepare", parameters);
        } catch (RuntimeException e) {
            manager.close(); // the program with it
            throw e;
        }
    }

    @Override
    public NDList run(NDManager results, NDArray image) {
        network.requireImage(image);
        try (TorchValue output = program.run("forward", image, weights)) {
            return output.toList(results);
        }
    }

    @Override
    public void close() {
        program.close();
        weights.close();
        manager.close();
    }
}
