package io.github.multilabel.training.internal.settings;

import io.github.multilabel.evaluation.metrics.Metric;
import io.github.multilabel.evaluation.metrics.Metric.Part;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of a {@link Fingerprint} as people read them: a checkpoint keeps the words that its format began with. */
public final class SavedText {

    private static final Pattern MONITOR = Pattern.compile("((?:training|validation)\\.)?(\\S+), (not )?kept");

    private SavedText() {}

    /** For example {@code 0.9} for {@code OptionalDouble[0.9]}; a text that is readable stays as it is. */
    public static String readable(String text) {
        Matcher monitor = MONITOR.matcher(text);
        if (monitor.matches()) {
            return monitored(monitor.group(1), monitor.group(2))
                    + (monitor.group(3) == null ? "" : ", keepLastWeights()");
        }
        return switch (text) {
            case "OptionalDouble.empty", "Infinity" -> "off";
            case "{}" -> "none";
            case "cpu()" -> "CPU";
            default ->
                text.replaceFirst("^OptionalDouble\\[(.*)]$", "$1")
                        .replaceFirst("^gpu\\((\\d+)\\)$", "GPU $1")
                        .replaceFirst("^Preprocessing\\[(.*)]$", "$1")
                        .replace("cropRatio=", "cropPct=")
                        .replace("fit=CROP", "cropMode=CENTER")
                        .replace("fit=SQUASH", "cropMode=SQUASH")
                        .replace("fit=PAD", "cropMode=PAD")
                        .replace(" with label smoothing 0.0", "")
                        .replace(", rate ", ", learning rate ")
                        .replace(", of the backbone ", ", backbone factor ")
                        .replace(", stage decay ", ", layer decay ")
                        .replace(", image sizes []", "");
        };
    }

    private static String monitored(String images, String metric) {
        int dot = metric.lastIndexOf('.');
        String name = dot < 0 ? metric : Metric.nameOf(metric.substring(0, dot), metric.substring(dot + 1));
        if (images == null) {
            return name;
        }
        return (images.equals("training.") ? Part.TRAIN : Part.VALIDATION).name(name);
    }
}
