package io.github.multilabel.model.weights;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Collects all that keeps a file from fitting the parameters, for one message. */
final class Mismatch {

    private static final int SHOWN = 40;

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Mismatch(Path file) {
        this.file = file;
    }

    void addIf(boolean wrong, String line) {
        if (wrong) {
            lines.add(line);
        }
    }

    void compare(TensorInfo tensor, String parameter, Shape shape) {
        addIf(
                !squeezed(tensor.shape()).equals(squeezed(shape)),
                "misshapen: '" + Excerpt.of(tensor.name()) + "' is " + tensor.shape() + " in the file, the parameter '"
                        + parameter + "' is " + shape);
        DataType type = tensor.type().arrayType();
        addIf(
                !type.isFloating(),
                "not of floating point: '" + Excerpt.of(tensor.name()) + "' is of type " + tensor.type()
                        + " in the file");
    }

    /**
     * Without axes of length 1 at the end, with which the same values lie in the same order: torchvision's layer scale
     * is (C, 1, 1) where timm's is (C), and a matrix (O, I) may stand as a convolution (O, I, 1, 1).
     */
    private static Shape squeezed(Shape shape) {
        int axes = shape.dimension();
        while (axes > 1 && shape.get(axes - 1) == 1) {
            axes--;
        }
        return shape.slice(0, axes);
    }

    void requireEnough(MatchReport report, double leastFraction) throws IOException {
        if (leastFraction == 1) {
            addAll("missing", report.missing());
            addAll("unexpected", report.unexpected());
        }
        addIf(
                report.fraction() < leastFraction && leastFraction < 1,
                String.format(
                        Locale.ROOT,
                        "too little: %.1f %% of the parameters' values are in the file, at least %.1f %% are wanted;"
                                + " missing are %s",
                        100 * report.fraction(),
                        100 * leastFraction,
                        some(report.missing())));
        if (!lines.isEmpty()) {
            throw new IOException("'" + file + "' does not fit the parameters:" + Excerpt.lines(lines));
        }
    }

    private void addAll(String what, List<String> names) {
        addIf(!names.isEmpty(), what + " (" + names.size() + "): " + some(names));
    }

    /** The error if not a single name agrees. */
    static IOException nothing(Path file, Collection<String> names, Collection<String> parameters) {
        return new IOException("'" + file + "' does not fit the parameters: none of its " + names.size()
                + " names is that of a parameter. It has " + few(names) + "; the parameters are " + few(parameters)
                + ". If it is the same network under other names, map them with WeightMatching.withNames");
    }

    private static String few(Collection<String> names) {
        int few = 3;
        String start =
                String.join(", ", names.stream().limit(few).map(Excerpt::of).toList());
        return names.size() > few ? "[" + start + ", ...]" : "[" + start + "]";
    }

    private static String some(List<String> names) {
        String start =
                String.join(", ", names.stream().limit(SHOWN).map(Excerpt::of).toList());
        return names.size() > SHOWN ? start + " and " + (names.size() - SHOWN) + " more" : start;
    }
}
