package io.github.multilabel.model.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a network as the text of a {@link io.github.multilabel.core.torch.TorchFunction}: the one place to change,
 * with {@link Op#expression}, for another target. Names of layers never reach the text, only numbers.
 */
final class NetworkText {

    private final Network network;
    private final Variant variant;
    private final Map<String, Integer> reads = new HashMap<>();
    private final Map<String, Layer> layers = new HashMap<>();

    private NetworkText(Network network, Variant variant) {
        this.network = network;
        this.variant = variant;
        for (Layer layer : network.layers()) {
            layers.put(layer.name(), layer);
            layer.inputs().forEach(input -> reads.merge(input, 1, Integer::sum));
        }
    }

    /**
     * The method {@code forward(x, p)}: from images x (N, 3, H, W) float32 and the list p of all parameters, in the
     * order of {@link Network#parameters()}, to a list of one array of features (N, F) float32. With heads, p ends with
     * their weight (K, F) and bias (K), K being all logits together, and the list has an array of logits for each.
     */
    static String forward(Network network, Variant variant) {
        return new NetworkText(network, variant).forward();
    }

    private String forward() {
        StringBuilder text = new StringBuilder("def forward(self, x: Tensor, p: List[Tensor]) -> List[Tensor]:\n");
        Map<String, String> values = new HashMap<>();
        int parameter = 0;
        // Channels last in every precision: oneDNN and cuDNN are faster with it.
        line(
                text,
                values,
                Layer.IMAGE,
                "torch.to(torch.contiguous(x, memory_format=2), "
                        + variant.precision().scalarType() + ")");
        for (Layer layer : network.layers()) {
            int end = parameter + layer.op().parameters().size();
            Call call = new Call(
                    layer.inputs().stream().map(values::get).toList(),
                    parameters(parameter, end),
                    variant.precision(),
                    variant.updating().contains(layer.name()),
                    mayOverwrite(layer.inputs().get(0)));
            line(text, values, layer.name(), layer.op().expression(call));
            parameter = end;
        }
        String last = network.layers().get(network.layers().size() - 1).name();
        text.append("  f = torch.to(").append(values.get(last)).append(", 6)\n");
        text.append("  return ").append(result(parameter)).append('\n');
        return text.toString();
    }

    private String result(int parameter) {
        if (variant.heads().isEmpty()) {
            return "[f]";
        }
        String logits = "torch.linear(f, " + String.join(", ", parameters(parameter, parameter + 2)) + ")";
        return "torch.split_with_sizes(" + logits + ", " + variant.heads() + ", 1)";
    }

    private static List<String> parameters(int start, int end) {
        return IntStream.range(start, end).mapToObj(i -> "p[" + i + "]").collect(Collectors.toList());
    }

    private static void line(StringBuilder text, Map<String, String> values, String layer, String expression) {
        String value = "v" + values.size();
        values.put(layer, value);
        text.append("  ").append(value).append(" = ").append(expression).append('\n');
    }

    /** The image is the caller's; a result that others read, or that its own gradient needs, must stay as it is. */
    private boolean mayOverwrite(String input) {
        return !input.equals(Layer.IMAGE)
                && reads.get(input) == 1
                && !layers.get(input).op().keepsResult();
    }
}
