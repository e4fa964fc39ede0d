package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.TensorInfo;
import io.github.multilabel.model.weights.WeightLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The parameters of a block under the names of a file. What heads have in common is split into
 * {@code heads.NAME.weight} (K, F) and {@code heads.NAME.bias} (K), so that no order of heads can go wrong. A head with
 * a hidden layer of H units has {@code hidden.NAME.weight} (H, F), {@code hidden.NAME.bias} (H),
 * {@code heads.NAME.weight} (K, H) and {@code heads.NAME.bias} (K).
 */
final class ModelWeights {

    private static final String BACKBONE = "backbone.";
    /** Of each tensor the length as a vector, which is NaN or infinite if a value is. */
    private static final String LENGTHS =
            """
            def lengths(self, weights: List[Tensor]) -> Tensor:
              return torch.stack(torch._foreach_norm(weights, 2))
            """;

    private ModelWeights() {}

    /** Writes every parameter, running statistics included. */
    static void write(MultiHeadBlock block, Optional<UsualFeatures> usual, NDManager manager, OutputStream out)
            throws IOException {
        write(block, usual, manager, UnaryOperator.identity(), out);
    }

    /** As {@link #write(MultiHeadBlock, Optional, NDManager, OutputStream)}, under names made of those. */
    static void write(
            MultiHeadBlock block,
            Optional<UsualFeatures> usual,
            NDManager manager,
            UnaryOperator<String> names,
            OutputStream out)
            throws IOException {
        try (NDManager views = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            Map<String, NDArray> renamed = new LinkedHashMap<>();
            named(block, views).forEach((name, array) -> renamed.put(names.apply(name), array));
            usual.ifPresent(features ->
                    UsualWeights.of(features, views).forEach((name, array) -> renamed.put(names.apply(name), array)));
            Safetensors.write(out, renamed, Map.of("format", "pt"));
        }
    }

    /**
     * Fills every parameter of an initialised block.
     *
     * @throws MalformedModelException as {@link #requireFit} does, or if a value is not finite
     */
    static void read(MultiHeadBlock block, Set<String> usual, NDManager manager, Safetensors file)
            throws IOException, MalformedModelException {
        requireFit(block, usual, file);
        try (NDManager views = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            Map<String, NDArray> named = named(block, views);
            WeightLoader.fill(file, named);
            requireFinite(named, views);
        }
    }

    /** Otherwise the model would predict nothing but NaN. In one native call, but for what looks suspicious. */
    private static void requireFinite(Map<String, NDArray> named, NDManager results) throws MalformedModelException {
        float[] lengths;
        try (TorchFunction program = TorchFunction.load(results, LENGTHS);
                TorchValue found = program.run("lengths", new NDList(named.values()))) {
            lengths = found.toArray(results).toFloatArray();
        }
        List<String> wrong = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, NDArray> weights : named.entrySet()) {
            if (!Float.isFinite(lengths[i++]) && !isFinite(weights.getValue())) {
                wrong.add(weights.getKey());
            }
        }
        if (!wrong.isEmpty()) {
            throw new MalformedModelException(ModelFolder.WEIGHTS + " has values that are not finite, in "
                    + Excerpt.of(wrong) + "; the training that saved it did not converge: train again with a lower"
                    + " learning rate");
        }
    }

    /** The squares of finite values may be too large for float32. */
    private static boolean isFinite(NDArray weights) {
        float[] values = weights.toFloatArray();
        return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
    }

    /**
     * Copies the parameters of one block to another, which has the same backbone and some of the heads. A backbone that
     * both share stays as it is.
     */
    static void copy(MultiHeadBlock from, MultiHeadBlock to, NDManager manager) {
        try (NDManager views = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            Map<String, NDArray> sources = named(from, views);
            NDList targets = new NDList();
            NDList values = new NDList();
            named(to, views).forEach((name, target) -> {
                if (target != sources.get(name)) {
                    targets.add(target);
                    values.add(sources.get(name));
                }
            });
            WeightLoader.copy(views, targets, values);
        }
    }

    /** Copies the parameters of a backbone to another of the same layers, which may be the same. */
    static void copyBackbone(Block from, Block to, NDManager manager) {
        if (from == to) {
            return;
        }
        try (NDManager views = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            WeightLoader.copy(views, arrays(to), arrays(from));
        }
    }

    private static NDList arrays(Block block) {
        NDList arrays = new NDList();
        block.getParameters().values().forEach(parameter -> arrays.add(parameter.getArray()));
        return arrays;
    }

    /** The parameters; those of the heads as views, owned by {@code views}. */
    private static Map<String, NDArray> named(MultiHeadBlock block, NDManager views) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        block.parametersByName().forEach((name, parameter) -> {
            if (name.startsWith(BACKBONE)) {
                named.put(name, parameter.getArray());
            }
        });
        named.putAll(block.headParameters().namedAsInFile(views));
        return named;
    }

    /**
     * Checks that the tensors of a file are exactly the parameters of a block, and some others. A {@link NetworkBlock}
     * needs no values for that; any other block must be initialised.
     *
     * @param usual the names of the others, which are checked elsewhere
     * @throws MalformedModelException listing all that differ
     */
    static void requireFit(MultiHeadBlock block, Set<String> usual, Safetensors file) throws MalformedModelException {
        Map<String, Shape> shapes = shapes(block);
        Map<String, TensorInfo> tensors = file.tensors();
        List<String> wrong = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            TensorInfo tensor = tensors.get(name);
            if (tensor == null) {
                wrong.add("missing " + Excerpt.of(name) + " " + shape);
            } else if (!tensor.shape().equals(shape)) {
                wrong.add(Excerpt.of(name) + " has shape " + tensor.shape() + ", the model needs " + shape);
            } else if (!tensor.type().arrayType().isFloating()) {
                wrong.add(Excerpt.of(name) + " is of type " + tensor.type() + ", the model needs floating point");
            }
        });
        tensors.keySet().stream()
                .filter(name -> !shapes.containsKey(name) && !usual.contains(name))
                .forEach(name -> wrong.add("unexpected " + Excerpt.of(name)));
        if (!wrong.isEmpty()) {
            throw new MalformedModelException(
                    ModelFolder.WEIGHTS + " does not fit the description of the model:" + Excerpt.lines(wrong));
        }
    }

    private static Map<String, Shape> shapes(MultiHeadBlock block) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        long features;
        if (block.backbone() instanceof NetworkBlock described) {
            Network network = described.network();
            network.parameters().forEach(spec -> shapes.put(BACKBONE + spec.name(), spec.shape()));
            features = network.features();
        } else {
            block.parametersByName().forEach((name, parameter) -> {
                if (name.startsWith(BACKBONE)) {
                    shapes.put(name, parameter.getShape());
                }
            });
            features = block.headParameters().features();
        }
        shapes.putAll(block.headParameters().shapesInFile(features));
        return shapes;
    }
}
