package io.github.multilabel.model;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a block under the names of a file. The matrix of all heads is split into {@code heads.NAME.weight}
 * (K, F) and {@code heads.NAME.bias} (K), so that no order of heads can go wrong.
 */
final class ModelWeights {

    private static final String HEADS = "heads.";

    /** {@code copy_} keeps the memory of the parameter, which DJL's {@code set} would replace by the source's. */
    private static final String COPY =
            """
            def forward(self, parameter: Tensor, values: Tensor) -> int:
              _0 = torch.copy_(parameter, values)
              return 0
            """;

    private ModelWeights() {}

    /** Writes every parameter, running statistics included. */
    static void write(MultiHeadBlock block, NDManager manager, OutputStream out) throws IOException {
        try (NDManager views = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            Safetensors.write(out, named(block, views), Map.of("format", "pt"));
        }
    }

    /**
     * Fills every parameter of an initialised block.
     *
     * @throws MalformedModelException if the tensors of the file are not exactly the parameters of the block; the
     *     message lists all that differ
     */
    static void read(MultiHeadBlock block, NDManager manager, Safetensors file)
            throws IOException, MalformedModelException {
        try (NDManager reading = manager.newSubManager();
                TorchFunction copy = TorchFunction.load(reading, COPY);
                NoGradients off = NoGradients.onThisThread()) {
            Map<String, NDArray> parameters = named(block, reading);
            requireSame(parameters, file.tensors());
            for (Map.Entry<String, NDArray> parameter : parameters.entrySet()) {
                try (NDArray values = file.read(reading, parameter.getKey())) {
                    copy.run("forward", parameter.getValue(), values).close();
                }
            }
        }
    }

    /** The parameters; those of the heads as views, owned by {@code views}. */
    private static Map<String, NDArray> named(MultiHeadBlock block, NDManager views) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> parameter : block.parametersByName().entrySet()) {
            NDArray array = parameter.getValue().getArray();
            if (parameter.getKey().startsWith(HEADS)) {
                String ending = parameter.getKey().substring(HEADS.length());
                int start = 0;
                for (Head head : block.heads()) {
                    NDArray rows = array.get(new NDIndex("{}:{}", start, start + head.size()));
                    rows.attach(views);
                    named.put(HEADS + head.name() + "." + ending, rows);
                    start += head.size();
                }
            } else {
                named.put(parameter.getKey(), array);
            }
        }
        return named;
    }

    private static void requireSame(Map<String, NDArray> parameters, Map<String, TensorInfo> tensors)
            throws MalformedModelException {
        List<String> wrong = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            TensorInfo tensor = tensors.get(name);
            if (tensor == null) {
                wrong.add("missing " + name + " " + parameter.getShape());
            } else if (!tensor.shape().equals(parameter.getShape())) {
                wrong.add(name + " has shape " + tensor.shape() + ", the model needs " + parameter.getShape());
            } else if (tensor.type().arrayType().isFloating()
                    != parameter.getDataType().isFloating()) {
                wrong.add(name + " is of type " + tensor.type() + ", the model needs " + parameter.getDataType());
            }
        });
        tensors.keySet().stream()
                .filter(name -> !parameters.containsKey(name))
                .forEach(name -> wrong.add("unexpected " + name));
        if (!wrong.isEmpty()) {
            throw new MalformedModelException(ModelFolder.WEIGHTS + " does not fit the description of the model:\n- "
                    + String.join("\n- ", wrong));
        }
    }
}
