package io.github.multilabel.core.internal.onnx;

import java.util.List;

/**
 * An operation of a program.
 *
 * @param name that no other operation has
 * @param operator its name in the opset
 * @param inputs the names of what it reads
 * @param results the names of what it computes
 * @param attributes its settings
 */
public record OnnxNode(
        String name, String operator, List<String> inputs, List<String> results, List<OnnxAttribute> attributes) {

    /** Copies the lists. */
    public OnnxNode {
        inputs = List.copyOf(inputs);
        results = List.copyOf(results);
        attributes = List.copyOf(attributes);
    }

    /** The same operation over other values. */
    public OnnxNode over(List<String> others) {
        return new OnnxNode(name, operator, others, results, attributes);
    }

    /** The first of the results. */
    public String result() {
        return results.get(0);
    }

    /** The value of a setting that is a whole number, or another if there is none of that name. */
    public long whole(String setting, long otherwise) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(setting))
                .mapToLong(OnnxAttribute::whole)
                .findFirst()
                .orElse(otherwise);
    }

    Message message() {
        Message message = new Message();
        inputs.forEach(input -> message.add(1, input));
        results.forEach(result -> message.add(2, result));
        message.add(3, name).add(4, operator);
        attributes.forEach(attribute -> message.add(5, attribute.message()));
        return message;
    }
}
