package io.github.multilabel.model.network;

import io.github.multilabel.core.torch.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network for prediction: each batch norm that alone reads a convolution becomes part of it. With s = gamma /
 * sqrt(var + eps), the weight becomes weight * s and the bias becomes beta + (bias - mean) * s.
 */
final class Folding {

    private final Network network;
    private final Precision precision;
    private final Map<String, Integer> positions = new HashMap<>();
    /** The batch norm of each convolution that has one to itself. */
    private final Map<String, Layer> norms = new HashMap<>();

    Folding(Network network, Precision precision) {
        this.network = network;
        this.precision = precision;
        network.parameters().forEach(spec -> positions.put(spec.name(), positions.size()));
        findNorms();
    }

    private void findNorms() {
        Map<String, List<Layer>> readers = new HashMap<>();
        for (Layer layer : network.layers()) {
            layer.inputs().forEach(input -> readers.computeIfAbsent(input, i -> new ArrayList<>())
                    .add(layer));
        }
        for (Layer layer : network.layers()) {
            List<Layer> next = readers.getOrDefault(layer.name(), List.of());
            if (layer.op() instanceof Conv2d && next.size() == 1 && next.get(0).op() instanceof BatchNorm2d) {
                norms.put(layer.name(), next.get(0));
            }
        }
    }

    /** The network without those batch norms. */
    Network folded() {
        Map<String, String> names = new HashMap<>();
        norms.forEach((conv, norm) -> names.put(norm.name(), conv));
        NetworkBuilder folded = Network.builder(network.name());
        for (Layer layer : network.layers()) {
            if (!names.containsKey(layer.name())) {
                List<String> inputs = layer.inputs().stream()
                        .map(input -> names.getOrDefault(input, input))
                        .toList();
                Op op = norms.containsKey(layer.name()) ? ((Conv2d) layer.op()).withBias() : layer.op();
                folded.append(layer.name(), layer.stage(), op, inputs);
            }
        }
        return folded.part();
    }

    /**
     * The method {@code prepare(p)}: from the parameters of the network to copies of those of {@link #folded}, in the
     * precision and memory layout that its text wants. What follows them in p is copied as it is.
     *
     * @param fusions of {@link #folded}
     */
    String prepare(Fusions fusions) {
        StringBuilder text = new StringBuilder("def prepare(self, p: List[Tensor]) -> List[Tensor]:\n");
        text.append("  r = annotate(List[Tensor], [])\n");
        for (Layer layer : network.layers()) {
            if (norms.containsKey(layer.name())) {
                scaled(text, layer, norms.get(layer.name()), fusions);
            } else if (!norms.containsValue(layer)) {
                layer.parameters().forEach(spec -> append(text, prepared(layer, spec, fusions)));
            }
        }
        text.append("  for i in range(").append(positions.size()).append(", torch.len(p)):\n  ");
        append(text, copy("p[i]"));
        return text.append("  return r\n").toString();
    }

    private void scaled(StringBuilder text, Layer conv, Layer norm, Fusions fusions) {
        double eps = ((BatchNorm2d) norm.op()).eps();
        String mean = parameter(norm, "running_mean");
        text.append("  s = torch.mul(")
                .append(parameter(norm, "weight"))
                .append(", torch.rsqrt(torch.add(")
                .append(parameter(norm, "running_var"))
                .append(", ")
                .append(eps)
                .append(")))\n");
        String scaled = "torch.mul(" + parameter(conv, "weight") + ", torch.reshape(s, [-1, 1, 1, 1]))";
        append(text, weight(conv, scaled, fusions));
        String shift = ((Conv2d) conv.op()).bias() ? "torch.sub(" + mean + ", " + parameter(conv, "bias") + ")" : mean;
        append(text, cast("torch.sub(" + parameter(norm, "bias") + ", torch.mul(" + shift + ", s))"));
    }

    private String parameter(Layer layer, String name) {
        return parameter(layer.name() + "." + name);
    }

    private String parameter(String name) {
        return "p[" + positions.get(name) + "]";
    }

    /** What convolutions and matrix products read is converted; scales, shifts and embeddings are read in float32. */
    private String prepared(Layer layer, ParameterSpec spec, Fusions fusions) {
        String parameter = parameter(spec.name());
        return switch (spec.type()) {
            case WEIGHT -> spec.shape().dimension() == 4 ? weight(layer, parameter, fusions) : cast(parameter);
            case BIAS -> cast(parameter);
            default -> copy(parameter);
        };
    }

    private static void append(StringBuilder text, String expression) {
        text.append("  _0 = torch.append(r, ").append(expression).append(")\n");
    }

    /** Channels last, as {@link NetworkText} makes its images; without it oneDNN would reorder at each call. */
    private String weight(Layer layer, String expression, Fusions fusions) {
        String copy = "torch.to(torch.clone(" + expression + ", memory_format=2), " + precision.scalarType() + ")";
        return fusions.convolution(layer.name()).map(conv -> conv.weight(copy)).orElse(copy);
    }

    private String cast(String expression) {
        return "torch.to(" + copy(expression) + ", " + precision.scalarType() + ")";
    }

    private static String copy(String expression) {
        return "torch.clone(" + expression + ")";
    }
}
