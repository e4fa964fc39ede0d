package io.github.multilabel.model.network;

import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes a network as the text of a {@link io.github.multilabel.core.torch.TorchFunction}. Together with
 * {@link Op#expression} it is all that knows the language of the text. Only numbers reach it, no names.
 */
final class NetworkText {

    /** Any size of images, to know how many axes a value has. */
    private static final int SIDE = 224;

    private final Network network;
    private final Variant variant;
    private final Fusions fusions;
    private final List<Layer> layers;
    /** The name of what the text is given. */
    private final String input;

    private final Map<String, Integer> reads = new HashMap<>();
    private final Map<String, Op> ops = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private int locals;

    private NetworkText(Network network, Variant variant, Fusions fusions) {
        this.network = network;
        this.variant = variant;
        this.fusions = fusions;
        layers = network.layers().subList(variant.start(), network.layers().size());
        input = variant.start() == 0
                ? Layer.IMAGE
                : network.layers().get(variant.start() - 1).name();
        for (Layer layer : layers) {
            ops.put(layer.name(), layer.op());
            layer.inputs().forEach(input -> reads.merge(input, 1, Integer::sum));
        }
    }

    /**
     * The method {@code forward(x, p)}: from images x (N, 3, H, W) float32 and the list p of all parameters, in the
     * order of {@link Network#parameters()}, to a list of one array of features (N, F) float32. With heads, p ends with
     * the parameters of their {@link HeadStack#products}, and the list has an array of logits for each. A variant that
     * starts later takes what the layer before gives, as float32, and the parameters from there on.
     */
    static String forward(Network network, Variant variant) {
        return method("forward", network, variant);
    }

    /** The same of a network for prediction, with what is computed together. */
    static String forward(Network network, Variant variant, Fusions fusions) {
        return new NetworkText(network, variant, fusions).method("forward");
    }

    /** As {@link #forward}, under another name. */
    static String method(String name, Network network, Variant variant) {
        return new NetworkText(network, variant, Fusions.none()).method(name);
    }

    private String method(String name) {
        text.append("def ").append(name).append("(self, x: Tensor, p: List[Tensor]) -> List[Tensor]:\n");
        assign(input, given());
        Map<String, Double> rates = StochasticDepth.rates(network, variant.dropRate());
        int parameter = 0;
        String last = input;
        for (Layer layer : layers) {
            last = layer.name();
            Optional<String> absorbed = fusions.valueOf(last);
            if (absorbed.isPresent()) {
                values.put(last, Objects.requireNonNull(values.get(absorbed.get())));
                continue;
            }
            int end = parameter + layer.op().parameters().size();
            List<String> inputs =
                    new ArrayList<>(layer.inputs().stream().map(values::get).toList());
            Double dropRate = rates.get(layer.name());
            if (dropRate != null) {
                inputs.set(0, dropped(layer.inputs().get(0), dropRate));
            }
            Call call = new Call(
                    inputs,
                    parameters(parameter, end),
                    variant.precision(),
                    variant.updating().contains(layer.name()),
                    variant.depthwise(),
                    this::local,
                    dropRate != null || mayOverwrite(layer.inputs().get(0)));
            assign(
                    last,
                    fusions.convolution(last)
                            .map(conv -> conv.expression(call, conv.other().map(values::get)))
                            .orElseGet(() -> layer.op().expression(call)));
            parameter = end;
        }
        String result = result("torch.to(" + values.get(last) + ", 6)", parameter);
        text.append("  return ").append(result).append('\n');
        return text.toString();
    }

    private String given() {
        int type = variant.precision().scalarType();
        if (variant.start() == 0) {
            // Channels last (memory format 2) in every precision: oneDNN and cuDNN are faster with it.
            return "torch.to(torch.contiguous(x, memory_format=2), " + type + ")";
        }
        // What was computed in inference mode cannot be kept for a backward pass, its copy can.
        return layers.isEmpty() ? "torch.clone(x)" : "torch.to(torch.clone(x), " + type + ")";
    }

    /** The value of a layer, zero for some images of the batch and scaled up for the others. */
    private String dropped(String layer, double rate) {
        String value = values.get(layer);
        int axes = Objects.requireNonNull(network.shapes(SIDE, SIDE).get(layer), layer)
                .dimension();
        String shape = "[torch.size(" + value + ", 0)" + ", 1".repeat(axes) + "]";
        double kept = 1 - rate;
        String drawn = local("torch.bernoulli_(torch.new_empty(" + value + ", " + shape + "), " + kept + ")");
        return local("torch.mul(" + value + ", torch.div(" + drawn + ", " + kept + "))");
    }

    private void assign(String layer, String expression) {
        values.put(layer, local(expression));
    }

    private String local(String expression) {
        String name = "v" + locals++;
        text.append("  ").append(name).append(" = ").append(expression).append('\n');
        return name;
    }

    private String result(String features, int parameter) {
        HeadStack heads = variant.heads();
        if (heads.equals(HeadStack.none())) {
            return "[" + features + "]";
        }
        int end = parameter + heads.parameterCount();
        return heads.logits(local(features), parameters(parameter, end), this::local);
    }

    private static List<String> parameters(int start, int end) {
        return IntStream.range(start, end).mapToObj(i -> "p[" + i + "]").toList();
    }

    /** What is given is the caller's; a result that others read, or that its own gradient needs, must stay as it is. */
    private boolean mayOverwrite(String value) {
        Op op = ops.get(value);
        return op != null && !value.equals(input) && reads.getOrDefault(value, 0) == 1 && !op.keepsResult();
    }
}
