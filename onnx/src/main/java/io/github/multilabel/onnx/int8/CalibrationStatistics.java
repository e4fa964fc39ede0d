package io.github.multilabel.onnx.int8;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What calibration images make of the values of a network. Its memory does not depend on how many images there are. */
final class CalibrationStatistics {

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private final Map<String, ChannelMeans> means = new HashMap<>();
    /** Those that were asked for, since some take a search. */
    private final Map<RangeMethod, Map<String, ActivationRange>> ranges = new EnumMap<>(RangeMethod.class);

    CalibrationStatistics(Placement placement) {
        placement.bytes().values().forEach(value -> histograms.put(value, new Histogram()));
        placement.layers().values().forEach(layer -> {
            means.put(layer.input(), new ChannelMeans(layer.channels(), layer.isConvolution()));
        });
    }

    /** The names of the values, in the order in which {@link #add} takes them. */
    List<String> values() {
        return List.copyOf(histograms.keySet());
    }

    /** Adds what one image makes of each value. */
    void add(float[][] outputs) {
        int i = 0;
        for (Map.Entry<String, Histogram> each : histograms.entrySet()) {
            each.getValue().add(outputs[i]);
            ChannelMeans ofValue = means.get(each.getKey());
            if (ofValue != null) {
                ofValue.add(outputs[i]);
            }
            i++;
        }
    }

    /** The range of a value, once all images are added. */
    ActivationRange range(RangeMethod method, String value) {
        return ranges.computeIfAbsent(method, key -> new HashMap<>())
                .computeIfAbsent(
                        value, key -> RangeMethod.range(method, Objects.requireNonNull(histograms.get(value), value)));
    }

    ChannelMeans means(Layer layer) {
        return Objects.requireNonNull(means.get(layer.input()), layer.input());
    }
}
