package io.github.multilabel.model.network;

import io.github.multilabel.core.internal.onnx.OnnxGraph;
import java.util.List;

/** x times the fraction of a standard normal distribution below x, exactly (Hendrycks and Gimpel 2016). */
record Gelu() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.gelu(" + call.input() + ")";
    }

    @Override
    public String onnx(OnnxCall call) {
        // the order of operations that runtimes know as one
        OnnxGraph graph = call.graph();
        String error = graph.node("Erf", List.of(call.over("Div", List.of(graph.scalar((float) Math.sqrt(2))))));
        String twice = call.over("Mul", List.of(graph.node("Add", List.of(error, graph.scalar(1)))));
        return graph.node("Mul", List.of(twice, graph.scalar(0.5f)));
    }
}
