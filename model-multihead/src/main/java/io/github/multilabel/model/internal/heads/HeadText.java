package io.github.multilabel.model.internal.heads;

import io.github.multilabel.model.drift.UsualFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Writes heads as the text of a {@link io.github.multilabel.core.torch.TorchFunction}. Only numbers reach it, no names.
 */
final class HeadText {

    /**
     * So many heads are a product each: a matrix product rounds a row differently beside others, and so the logits of a
     * head do not change with the other heads, not even in the last bit.
     */
    private static final int FEW = 8;

    private final HeadStack stack;
    private final String features;
    private final List<String> parameters;
    private final UnaryOperator<String> local;
    /** The features with some set to 0, by rate. */
    private final Map<Double, String> dropped = new HashMap<>();

    private final Map<String, String> logits = new HashMap<>();

    private HeadText(HeadStack stack, String features, List<String> parameters, UnaryOperator<String> local) {
        this.stack = stack;
        this.features = features;
        this.parameters = parameters;
        this.local = local;
    }

    /** The method {@code forward(x, p)}: from features and the parameters of a stack to its logits. */
    static String forward(HeadStack stack) {
        StringBuilder text = new StringBuilder("def forward(self, x: Tensor, p: List[Tensor]) -> List[Tensor]:\n");
        List<String> parameters = IntStream.range(0, stack.parameterCount())
                .mapToObj(i -> "p[" + i + "]")
                .toList();
        List<String> locals = new ArrayList<>();
        String result = logits(stack, "x", parameters, expression -> {
            locals.add("v" + locals.size());
            String name = locals.get(locals.size() - 1);
            text.append("  ").append(name).append(" = ").append(expression).append('\n');
            return name;
        });
        return text.append("  return ").append(result).append('\n').toString();
    }

    /** See {@link HeadStack#logits}. */
    static String logits(HeadStack stack, String features, List<String> parameters, UnaryOperator<String> local) {
        return new HeadText(stack, features, parameters, local).logits();
    }

    private String logits() {
        List<HeadStack.Product> products = stack.products();
        int first = 0;
        if (!stack.linear().isEmpty()) {
            HeadStack.Product product = products.get(first++);
            if (isDroppedAlike() && stack.linear().size() > FEW) {
                String all = together(product);
                if (stack.deep().isEmpty() && stack.distanceScale().isEmpty()) {
                    return all;
                }
                name(stack.linear(), local.apply(all));
            } else {
                oneByOne(product);
            }
        }
        if (!stack.deep().isEmpty()) {
            behindHidden(products, first);
        }
        List<String> results = new ArrayList<>(
                stack.heads().stream().map(head -> logits.get(head.name())).toList());
        stack.distanceScale().ifPresent(scale -> results.add(distance(scale)));
        return "[" + String.join(", ", results) + "]";
    }

    /** The formula is that of {@link UsualFeatures#distance}. */
    private String distance(double scale) {
        int first = 2 * stack.products().size();
        String length = local.apply("torch.sqrt(" + squares(features) + ")");
        String unit =
                "torch.div(" + features + ", torch.clamp_min(" + length + ", " + UsualFeatures.LEAST_LENGTH + "))";
        String off = local.apply("torch.sub(torch.mul(" + unit + ", " + scale + "), " + parameters.get(first) + ")");
        String along = local.apply("torch.matmul(" + off + ", torch.t(" + parameters.get(first + 1) + "))");
        return local.apply("torch.sqrt(torch.clamp_min(torch.sub(" + squares(off) + ", " + squares(along) + "), 0.))");
    }

    /** The sum of the squares of each row. */
    private static String squares(String value) {
        return "torch.sum(torch.mul(" + value + ", " + value + "), [1], True)";
    }

    private boolean isDroppedAlike() {
        return stack.linear().stream()
                        .map(head -> head.layers().dropout())
                        .distinct()
                        .count()
                == 1;
    }

    /** All that is linear in one product, so that a hundred heads cost hardly more than a few. */
    private String together(HeadStack.Product product) {
        double rate = stack.linear().get(0).layers().dropout();
        return split(linear(droppedFeatures(rate), 0), product.counts(), 1);
    }

    private void oneByOne(HeadStack.Product product) {
        if (product.counts().size() == 1) {
            logits.put(
                    stack.linear().get(0).name(),
                    local.apply(linear(
                            droppedFeatures(stack.linear().get(0).layers().dropout()), 0)));
            return;
        }
        String weights = local.apply(split(parameters.get(0), product.counts(), 0));
        String biases = local.apply(split(parameters.get(1), product.counts(), 0));
        for (int i = 0; i < stack.linear().size(); i++) {
            HeadStack.Part head = stack.linear().get(i);
            String input = droppedFeatures(head.layers().dropout());
            logits.put(
                    head.name(),
                    local.apply("torch.linear(" + input + ", " + weights + "[" + i + "], " + biases + "[" + i + "])"));
        }
    }

    /** @param hidden the position of the product that is all hidden layers; those of their heads follow */
    private void behindHidden(List<HeadStack.Product> products, int hidden) {
        String units = local.apply(split(
                "torch.relu(" + linear(features, hidden) + ")",
                products.get(hidden).counts(),
                1));
        for (int i = 0; i < stack.deep().size(); i++) {
            HeadStack.Part head = stack.deep().get(i);
            String input = dropped(units + "[" + i + "]", head.layers().dropout());
            logits.put(head.name(), local.apply(linear(input, hidden + 1 + i)));
        }
    }

    private void name(List<HeadStack.Part> heads, String list) {
        for (int i = 0; i < heads.size(); i++) {
            logits.put(heads.get(i).name(), list + "[" + i + "]");
        }
    }

    private String droppedFeatures(double rate) {
        return dropped.computeIfAbsent(
                rate, dropRate -> dropRate == 0 ? features : local.apply(dropped(features, dropRate)));
    }

    private static String dropped(String value, double rate) {
        return rate == 0 ? value : "torch.dropout(" + value + ", " + rate + ", True)";
    }

    private String linear(String input, int product) {
        return "torch.linear(" + input + ", " + parameters.get(2 * product) + ", " + parameters.get(2 * product + 1)
                + ")";
    }

    private static String split(String value, List<Integer> sizes, int axis) {
        return "torch.split_with_sizes(" + value + ", " + sizes + ", " + axis + ")";
    }
}
