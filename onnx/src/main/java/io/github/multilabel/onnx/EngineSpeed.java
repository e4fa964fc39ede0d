package io.github.multilabel.onnx;

import java.util.Locale;

/**
 * How fast an engine predicted one image when engines were measured.
 *
 * @param engine its name, such as {@code onnxruntime}
 * @param isInt8 whether it computed in int8
 * @param milliseconds for one image, in the fastest of some calls
 * @param difference of its answers from those of the first engine, as a fraction of the largest
 * @param agrees whether that is little enough for it to be taken
 */
public record EngineSpeed(String engine, boolean isInt8, double milliseconds, double difference, boolean agrees) {

    /** For example {@code onnxruntime in int8 2.31}, in milliseconds. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %.2f%s",
                name(engine, isInt8),
                milliseconds,
                agrees
                        ? ""
                        : String.format(
                                Locale.ROOT, " (left out: its answers differ by %.2g of the largest)", difference));
    }

    /** An engine in words. */
    static String name(String engine, boolean isInt8) {
        return engine + (isInt8 ? " in int8" : "");
    }
}
