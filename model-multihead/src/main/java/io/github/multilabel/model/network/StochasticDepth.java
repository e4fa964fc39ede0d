package io.github.multilabel.model.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stochastic depth (Huang et al. 2016, https://arxiv.org/abs/1603.09382): while training, the branch of a residual
 * block is dropped for some images, and what remains is scaled up so that its expectation stays; {@code row} mode of
 * torchvision's {@code StochasticDepth}, timm's {@code DropPath}. The fraction of images grows evenly from 0 for the
 * first block to the whole rate for the last, as timm's {@code linspace(0, rate, blocks)}.
 */
final class StochasticDepth {

    private StochasticDepth() {}

    /** The fraction of images for which the first input of a sum is dropped, by the name of the sum, where above 0. */
    static Map<String, Double> rates(Network network, double rate) {
        Map<String, Double> rates = new HashMap<>();
        if (rate == 0) {
            return rates;
        }
        List<String> sums = network.layers().stream()
                .filter(layer -> layer.op() instanceof Add)
                .map(Layer::name)
                .toList();
        List<String> blocks = blocks(network, sums);
        for (String sum : sums) {
            double own = blocks.size() == 1 ? rate : rate * blocks.indexOf(block(sum)) / (blocks.size() - 1);
            if (own > 0) {
                rates.put(sum, own);
            }
        }
        return rates;
    }

    /** The blocks in order, also those without a sum, which are known by being named alike. */
    private static List<String> blocks(Network network, List<String> sums) {
        Set<String> kinds = sums.stream().map(sum -> kind(block(sum))).collect(Collectors.toSet());
        Set<String> blocks = new LinkedHashSet<>();
        for (Layer layer : network.layers()) {
            for (String outer = layer.name(); !outer.isEmpty(); outer = block(outer)) {
                if (kinds.contains(kind(outer))) {
                    blocks.add(outer);
                }
            }
        }
        return new ArrayList<>(blocks);
    }

    private static String kind(String block) {
        return block.replaceAll("\\d+", "0");
    }

    /** {@code blocks.3.add1} lies in {@code blocks.3}. */
    private static String block(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
