package io.github.multilabel.onnx;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.onnx.OnnxAttribute;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds to a graph what predictors make of the logits of a network, formula for formula. */
final class AnswerGraph {

    /** The least probability of a category of a parent, of which there is a logarithm in float32. */
    private static final float LEAST = 1e-38f;

    private final OnnxGraph graph;
    private final HeadSet heads;
    /** Of each head the name of its present logits (N, K), and perhaps of the distance (N, 1). */
    private final List<String> logits;

    /** @param logits of each head (N, K), and perhaps the distance (N, 1) */
    AnswerGraph(OnnxGraph graph, HeadSet heads, List<String> logits) {
        this.graph = graph;
        this.heads = heads;
        this.logits = new ArrayList<>(logits);
    }

    /** The name of images (2 N, 3, H, W): those that are given, then their mirror images. */
    static String withMirrorImages(OnnxGraph graph, String images) {
        graph.within("mirror");
        String mirrored = graph.node(
                "Slice",
                List.of(images, graph.longs(-1), graph.longs(Long.MIN_VALUE), graph.longs(3), graph.longs(-1)));
        return graph.node("Concat", List.of(images, mirrored), OnnxAttribute.of("axis", 0));
    }

    /** Averages the logits of each image and of its mirror image. */
    void averageMirrorImages() {
        graph.within("mirror");
        for (int i = 0; i < logits.size(); i++) {
            int width = i < heads.size() ? heads.get(i).size() : 1;
            String pairs = graph.node("Reshape", List.of(logits.get(i), graph.longs(2, -1, width)));
            logits.set(
                    i,
                    graph.node(
                            "ReduceMean",
                            List.of(pairs),
                            OnnxAttribute.ofAll("axes", 0),
                            OnnxAttribute.of("keepdims", 0)));
        }
    }

    /** Lets the heads of a hierarchy answer together; the formula is that of {@code JointProgram}. */
    void answerTogether(JointDecoding joint) {
        graph.within("joint");
        int fine = heads.indexOf(joint.finest());
        String score = logSoftmax(logits.get(fine));
        for (Map.Entry<String, Double> power : joint.powers().entrySet()) {
            String own = logSoftmax(logits.get(heads.indexOf(power.getKey())));
            score = graph.node("Add", List.of(score, weighed(joint, power.getKey(), power.getValue(), own)));
        }
        String answer = logSoftmax(score);
        String probabilities = graph.node("Exp", List.of(answer));
        for (String parent : joint.powers().keySet()) {
            int coarse = heads.indexOf(parent);
            String sums = sums(joint, parent, probabilities, logSoftmax(logits.get(coarse)));
            String least = graph.node("Max", List.of(sums, graph.scalar(LEAST)));
            logits.set(coarse, graph.node("Log", List.of(least)));
        }
        logits.set(fine, answer);
    }

    /** For each category of the finest head what its parent adds: even where the parent is not known. */
    private String weighed(JointDecoding joint, String parent, double power, String own) {
        List<Integer> parentOf = heads.hierarchy().parentOf(joint.finest(), parent);
        long[] indices = new long[parentOf.size()];
        float[] powers = new float[indices.length];
        float[] even = new float[indices.length];
        for (int k = 0; k < indices.length; k++) {
            if (parentOf.get(k) == Labels.MISSING) {
                even[k] = (float) (-power * Math.log(heads.get(parent).size()));
            } else {
                indices[k] = parentOf.get(k);
                powers[k] = (float) power;
            }
        }
        String known = graph.node("Gather", List.of(own, graph.longs(indices)), OnnxAttribute.of("axis", 1));
        String weighed = graph.node("Mul", List.of(known, row(powers)));
        return graph.node("Add", List.of(weighed, row(even)));
    }

    /** For each category of a parent the sum over its children, and its share of those whose parent is not known. */
    private String sums(JointDecoding joint, String parent, String probabilities, String own) {
        List<Integer> parentOf = heads.hierarchy().parentOf(joint.finest(), parent);
        int coarse = heads.get(parent).size();
        float[] children = new float[parentOf.size() * coarse];
        float[] loose = new float[parentOf.size()];
        for (int k = 0; k < loose.length; k++) {
            if (parentOf.get(k) == Labels.MISSING) {
                loose[k] = 1;
            } else {
                children[k * coarse + parentOf.get(k)] = 1;
            }
        }
        String sums = graph.node("MatMul", List.of(probabilities, graph.floats(children, loose.length, coarse)));
        String rest = graph.node("MatMul", List.of(probabilities, graph.floats(loose, loose.length, 1)));
        String shared = graph.node("Mul", List.of(rest, graph.node("Exp", List.of(own))));
        return graph.node("Add", List.of(sums, shared));
    }

    private String logSoftmax(String values) {
        return graph.node("LogSoftmax", List.of(values), OnnxAttribute.of("axis", 1));
    }

    /** Calibrates the logits of a head. */
    void calibrate(HeadCalibration calibration) {
        graph.within("calibration");
        int head = heads.indexOf(calibration.head());
        int size = heads.get(head).size();
        String scaled = graph.node("Mul", List.of(logits.get(head), row(calibration.factors(size))));
        logits.set(head, graph.node("Add", List.of(scaled, row(calibration.offsets(size)))));
    }

    private String row(List<Double> numbers) {
        float[] row = new float[numbers.size()];
        for (int k = 0; k < row.length; k++) {
            row[k] = numbers.get(k).floatValue();
        }
        return row(row);
    }

    private String row(float[] numbers) {
        return graph.floats(numbers, 1, numbers.length);
    }

    /** Names what each head answers. */
    void output(ExportOutput form, List<String> names) {
        graph.within("probabilities");
        for (int i = 0; i < heads.size(); i++) {
            Head head = heads.get(i);
            String value =
                    switch (form) {
                        case LOGITS -> logits.get(i);
                        case PROBABILITIES -> probabilities(head, logits.get(i));
                    };
            graph.output(names.get(i), value, OnnxExport.IMAGES, head.size());
        }
        if (logits.size() > heads.size()) {
            graph.output(OutputNames.distance(names), logits.get(heads.size()), OnnxExport.IMAGES, 1);
        }
    }

    private String probabilities(Head head, String logits) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> graph.node("Softmax", List.of(logits), OnnxAttribute.of("axis", 1));
            case MULTI_LABEL -> graph.node("Sigmoid", List.of(logits));
        };
    }
}
