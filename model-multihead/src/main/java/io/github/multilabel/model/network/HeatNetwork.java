package io.github.multilabel.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.core.torch.internal.WithGradients;
import io.github.multilabel.model.internal.HeatGrid;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.PreparedNetwork;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.Map;

/**
 * The gradient is asked for within the program, of what the first part gave alone: no parameter gets one, and DJL's
 * collector is not needed.
 */
final class HeatNetwork implements HeatProgram {

    /** The activations of the class token, which has no place, are left out. */
    private static final String OF_TOKENS =
            """
              a = torch.slice(torch.detach(placed), 1, 1)
              g = torch.slice(gradient, 1, 1)
              heat = torch.sum(torch.mul(torch.mean(g, [1], True), a), [2])
            """;

    private static final String OF_MAPS =
            """
              a = torch.flatten(torch.detach(placed), 2)
              g = torch.flatten(gradient, 2)
              heat = torch.sum(torch.mul(torch.mean(g, [2], True), a), [1])
            """;

    private final Network network;
    private final int layers;
    private final PreparedNetwork first;
    private final NDManager manager;
    private final TorchFunction program;
    private final NDList values = new NDList();

    /**
     * Copies the weights.
     *
     * @param parameters of the network, in order
     * @param ofHeads weight and bias of each of {@link HeadStack#products}
     */
    HeatNetwork(Network network, NDList parameters, NDList ofHeads, HeadStack heads) {
        this.network = network;
        layers = network.placedLayers();
        Network beginning = network.first(layers);
        int split = beginning.parameters().size();
        first = new FoldedNetwork(
                beginning, new NDList(parameters.subList(0, split)), HeadStack.none(), Precision.FLOAT32);
        manager = TorchEngine.newManager(parameters.head().getDevice());
        try (NoGradients off = NoGradients.onThisThread()) {
            program = TorchFunction.load(manager, text(heads));
            parameters.subList(split, parameters.size()).forEach(this::addCopy);
            ofHeads.forEach(this::addCopy);
        } catch (RuntimeException e) {
            manager.close();
            first.close();
            throw e;
        }
    }

    private void addCopy(NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(manager);
        values.add(copy);
    }

    private String text(HeadStack heads) {
        Variant variant = Variant.evaluation(Precision.FLOAT32, layers, heads);
        return NetworkText.method("logits", network, variant)
                + """
                def forward(self, x: Tensor, p: List[Tensor], w: Tensor) -> Tensor:
                  placed = torch.requires_grad_(torch.clone(x))
                  logits = torch.cat((self).logits(placed, p, ), 1)
                  gradients = torch.grad([torch.sum(torch.mul(logits, w))], [placed])
                  gradient = torch._unwrap_optional(gradients[0])
                """
                + (hasTokens() ? OF_TOKENS : OF_MAPS)
                + "  return torch.relu(heat)\n";
    }

    private boolean hasTokens() {
        Map<String, Shape> shapes = network.shapes(Network.REFERENCE, Network.REFERENCE);
        return Network.hasTokens(Network.shapeOf(network.layers().get(layers - 1), shapes));
    }

    @Override
    public NDArray placed(NDManager results, NDArray image) {
        return first.run(results, image).singletonOrThrow();
    }

    @Override
    public InferenceProgram heads() {
        return new Heads();
    }

    private final class Heads implements InferenceProgram {

        @Override
        public NDList logits(NDManager results, NDArray placed) {
            try (TorchValue logits = program.run("logits", placed, values)) {
                return logits.toList(results);
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public NDArray heat(NDManager results, NDArray placed, NDArray weights) {
        try (WithGradients on = WithGradients.onThisThread()) {
            return program.forward(results, placed, values, weights).singletonOrThrow();
        }
    }

    @Override
    public HeatGrid grid(int height, int width) {
        Shape places = Network.maps(network.layers().subList(0, layers), network.shapes(height, width));
        int patch = network.patchSize();
        int rows = (int) places.get(1);
        int columns = (int) places.get(2);
        // patches leave the rest at the border out; other networks see it through padding
        return patch == 1
                ? new HeatGrid(rows, columns, 1, 1)
                : new HeatGrid(
                        rows,
                        columns,
                        (double) (height / patch * patch) / height,
                        (double) (width / patch * patch) / width);
    }

    @Override
    public void close() {
        program.close();
        manager.close();
        first.close();
    }
}
