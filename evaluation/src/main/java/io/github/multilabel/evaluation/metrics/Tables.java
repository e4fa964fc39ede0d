package io.github.multilabel.evaluation.metrics;

import java.util.List;
import java.util.Locale;

/** Evaluations as text of fixed width, the same in every locale. */
final class Tables {

    private static final int LEAST_WIDTH = 12;

    private Tables() {}

    static String heads(Evaluation evaluation) {
        int width = width(evaluation.headSet().names());
        StringBuilder text = new StringBuilder(
                line(width, "head", "images", "loss", "accuracy", "precision", "recall", "F1 macro", "F1 weighted"));
        for (HeadMetrics head : evaluation.heads()) {
            text.append(line(
                    width,
                    head.head().name(),
                    head.support(),
                    head.loss(),
                    head.accuracy(),
                    head.macro().precision(),
                    head.macro().recall(),
                    head.macro().f1(),
                    head.weighted().f1()));
        }
        text.append(String.format(
                Locale.ROOT,
                "mean accuracy %s, exact match %s (over the %d of %d images that are labelled for every head)%n",
                number(evaluation.meanAccuracy()),
                number(evaluation.exactMatch()),
                evaluation.completelyLabelled(),
                evaluation.samples()));
        evaluation.hierarchies().forEach(hierarchy -> text.append(lines(hierarchy, evaluation.samples())));
        return text.toString();
    }

    private static String lines(HierarchyMetrics hierarchy, long samples) {
        return String.format(
                Locale.ROOT,
                "%s with %s: all right %s (over the %d of %d images that are labelled for them), answers that contradict"
                        + " each other %s%na wrong %s means %s wrong heads of %d (over %d mistakes, parents read off its"
                        + " answer)%n",
                hierarchy.finest(),
                String.join(", ", hierarchy.parents()),
                number(hierarchy.fullPath()),
                hierarchy.labelled(),
                samples,
                number(hierarchy.broken()),
                hierarchy.finest(),
                number(hierarchy.mistakeDistance()),
                hierarchy.parents().size() + 1,
                hierarchy.mistakes());
    }

    static String full(Evaluation evaluation) {
        StringBuilder text = new StringBuilder(heads(evaluation));
        for (HeadMetrics head : evaluation.heads()) {
            if (!head.isDetailed()) {
                continue;
            }
            int width = width(head.head().categories());
            text.append(String.format(Locale.ROOT, "%n"))
                    .append(line(width, head.head().name(), "images", "predicted", "precision", "recall", "F1"));
            for (CategoryMetrics category : head.categories()) {
                text.append(line(
                        width,
                        category.category(),
                        category.support(),
                        category.predicted(),
                        category.precision(),
                        category.recall(),
                        category.f1()));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "macro average over the %d of %d categories that occur or are predicted%n",
                    head.macro().categories(),
                    head.head().size()));
        }
        return text.toString();
    }

    static String row(HeadMetrics head) {
        return String.format(
                Locale.ROOT,
                "%s: loss %s, accuracy %s, macro F1 %s, %d images",
                head.head().name(),
                number(head.loss()),
                number(head.accuracy()),
                number(head.macro().f1()),
                head.support());
    }

    static String row(HierarchyMetrics hierarchy) {
        return String.format(
                Locale.ROOT,
                "%s: full path %s, broken %s, mistake distance %s",
                hierarchy.finest(),
                number(hierarchy.fullPath()),
                number(hierarchy.broken()),
                number(hierarchy.mistakeDistance()));
    }

    private static int width(List<String> names) {
        return Math.max(
                LEAST_WIDTH,
                names.stream()
                        .mapToInt(name -> name.codePointCount(0, name.length()))
                        .max()
                        .orElse(0));
    }

    private static String line(int width, String first, Object... cells) {
        StringBuilder line = new StringBuilder(first)
                .append(" ".repeat(Math.max(0, width - first.codePointCount(0, first.length()))));
        for (Object cell : cells) {
            line.append(String.format(
                    Locale.ROOT, " %11s", cell instanceof Double value ? number(value) : String.valueOf(cell)));
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }
}
