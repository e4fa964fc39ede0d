package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is computed together with a convolution when predicting, each instead of a pass over all maps: the zeros of
 * {@link PadSame} before it and, by oneDNN's fused operators, a sum and an activation after it. Only where nothing else
 * reads what is no longer computed.
 */
final class Fusions {

    private final Map<String, FusedConv2d> convolutions = new HashMap<>();
    /** The layer whose value that of a layer has become. */
    private final Map<String, String> absorbed = new HashMap<>();

    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<String, List<Layer>> readers = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();

    private Fusions() {}

    /** Every layer for itself. */
    static Fusions none() {
        return new Fusions();
    }

    /**
     * What can be computed together.
     *
     * @param network without batch norms, as {@link Folding} makes it
     * @param fused whether oneDNN's fused operators run; without them only zeros are taken into convolutions
     */
    static Fusions of(Network network, boolean fused) {
        Fusions fusions = new Fusions();
        for (Layer layer : network.layers()) {
            fusions.layers.put(layer.name(), layer);
            fusions.order.put(layer.name(), fusions.order.size());
            layer.inputs().forEach(input -> fusions.readers
                    .computeIfAbsent(input, i -> new ArrayList<>())
                    .add(layer));
        }
        for (Layer layer : network.layers()) {
            if (layer.op() instanceof Conv2d conv) {
                fusions.around(layer, conv, fused);
            }
        }
        return fusions;
    }

    private void around(Layer layer, Conv2d conv, boolean fused) {
        boolean same = takesZeros(layer, conv);
        if (!fused) {
            if (same) {
                convolutions.put(layer.name(), FusedConv2d.plain(conv));
            }
            return;
        }
        Optional<Layer> sum =
                onlyReader(layer).filter(next -> other(layer, next).isPresent());
        sum.ifPresent(add -> absorbed.put(add.name(), layer.name()));
        Optional<Layer> activation = onlyReader(sum.orElse(layer)).filter(next -> FusedConv2d.takes(next.op()));
        activation.ifPresent(next -> absorbed.put(next.name(), layer.name()));
        convolutions.put(
                layer.name(),
                FusedConv2d.fused(conv, same, sum.flatMap(add -> other(layer, add)), activation.map(Layer::op)));
    }

    private boolean takesZeros(Layer layer, Conv2d conv) {
        Layer before = layers.get(layer.inputs().get(0));
        if (before == null
                || !(before.op() instanceof PadSame zeros)
                || onlyReader(before).isEmpty()
                || !FusedConv2d.takes(conv, zeros)) {
            return false;
        }
        absorbed.put(before.name(), before.inputs().get(0));
        return true;
    }

    private Optional<Layer> onlyReader(Layer layer) {
        List<Layer> all = readers.getOrDefault(layer.name(), List.of());
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** What a sum adds to a convolution, if the convolution can be added to it in its place. */
    private Optional<String> other(Layer conv, Layer sum) {
        if (!(sum.op() instanceof Add)) {
            return Optional.empty();
        }
        int now = position(conv.name());
        return sum.inputs().stream()
                .filter(input -> !input.equals(conv.name()))
                .findFirst()
                .filter(input -> position(input) < now)
                .filter(this::makesMaps)
                .filter(input -> readers.getOrDefault(input, List.of()).stream()
                        .filter(reader -> !reader.equals(sum))
                        .allMatch(reader -> isReadBefore(reader, now)));
    }

    private int position(String layer) {
        return order.getOrDefault(layer, -1);
    }

    /** Zeros are read when the convolution is computed that takes them in. */
    private boolean isReadBefore(Layer reader, int position) {
        return position(reader.name()) < position
                && (!(reader.op() instanceof PadSame)
                        || readers.getOrDefault(reader.name(), List.of()).stream()
                                .allMatch(next -> position(next.name()) < position));
    }

    /** Whether its result is memory of its own, as a convolution lays it out; not a view of another. */
    private boolean makesMaps(String name) {
        Layer layer = layers.get(name);
        return layer != null && makesMaps(layer.op());
    }

    private static boolean makesMaps(Op op) {
        return op instanceof Conv2d
                || op instanceof Add
                || op instanceof MaxPool2d
                || op instanceof BatchNorm2d
                || FusedConv2d.takes(op);
    }

    /** Whether the weights are faster to read in an order of their own. */
    boolean arePacked() {
        return convolutions.values().stream().anyMatch(FusedConv2d::fused);
    }

    /**
     * The method {@code pack(p)}: the parameters of the network in the order in which oneDNN reads them.
     *
     * @param network of which these are the fusions
     * @param images (N, 3, H, W)
     */
    String pack(Network network, Shape images) {
        Map<String, Shape> shapes = network.shapes(images.get(2), images.get(3));
        StringBuilder text = new StringBuilder("def pack(self, p: List[Tensor]) -> List[Tensor]:\n");
        text.append("  r = torch.list(p)\n");
        int parameter = 0;
        for (Layer layer : network.layers()) {
            FusedConv2d conv = convolutions.get(layer.name());
            if (conv != null) {
                String input = layer.inputs().get(0);
                Shape maps = Objects.requireNonNull(shapes.get(absorbed.getOrDefault(input, input)), input);
                String packed = conv.packed("p[" + parameter + "]", images.get(0), maps);
                text.append("  _0 = torch._set_item(r, " + parameter + ", " + packed + ")\n");
            }
            parameter += layer.op().parameters().size();
        }
        return text.append("  return r\n").toString();
    }

    /** A convolution with what belongs to it; empty if there is nothing, and for another layer. */
    Optional<FusedConv2d> convolution(String layer) {
        return Optional.ofNullable(convolutions.get(layer));
    }

    /** The layer whose value that of this one is, if it is not computed any more. */
    Optional<String> valueOf(String layer) {
        return Optional.ofNullable(absorbed.get(layer));
    }
}
