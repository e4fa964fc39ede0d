package io.github.multilabel.onnx;

import io.github.multilabel.onnx.int8.RangeMethod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What {@link OnnxExport#optInt8} found.
 *
 * @param heads how often each answers as in float32, on the images that were held out
 * @param calibrated how many images the ranges of values were found with
 * @param heldOut how many images were held out
 * @param ranges how ranges were found: of all ways the one whose answers were nearest to those in float32
 * @param isBiasCorrected whether biases make up for the mean error of rounded weights
 * @param floatLayers the names of the layers that stayed in float32, since int8 changed too many answers
 * @param floatBytes the length of the same file in float32
 */
public record Int8Result(
        List<HeadAgreement> heads,
        int calibrated,
        int heldOut,
        RangeMethod ranges,
        boolean isBiasCorrected,
        List<String> floatLayers,
        long floatBytes) {

    /** Copies the lists. */
    public Int8Result {
        heads = List.copyOf(heads);
        floatLayers = List.copyOf(floatLayers);
    }

    /** For example {@code int8 answers as float32: brand 98.5 %, tags 99.2 % of 40 images (ranges: percentile)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "int8 answers as float32: %s of %d images that were held out (%d calibrated; ranges: %s%s); layers in"
                        + " float32: %s; float32 has %.1f MB",
                heads.stream()
                        .map(head -> String.format(Locale.ROOT, "%s %.1f %%", head.head(), head.same() * 100))
                        .collect(Collectors.joining(", ")),
                heldOut,
                calibrated,
                ranges.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                isBiasCorrected ? ", biases corrected" : "",
                floatLayers.isEmpty() ? "none" : String.join(", ", floatLayers),
                floatBytes / 1e6);
    }
}
