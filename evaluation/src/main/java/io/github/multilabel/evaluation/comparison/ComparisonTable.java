package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.evaluation.scoring.Bootstrap;
import io.github.multilabel.evaluation.scoring.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A comparison as text of fixed width, the same in every locale. */
final class ComparisonTable {

    /** Categories of a head that are shown. */
    private static final int MOST_CATEGORIES = 10;

    /** Of a test, as is usual. */
    private static final double LEVEL = 0.05;

    private static final String COLUMNS = " %7s %7s %8s  %-18s %s%n";

    private ComparisonTable() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        addOverlap(text, comparison);
        addMetrics(text, comparison);
        comparison.heads().forEach(head -> addHead(text, head));
        if (comparison.drawn() < comparison.overlap().images()) {
            text.append("McNemar's test is not for images that belong together: the intervals count groups")
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static void addOverlap(StringBuilder text, Comparison comparison) {
        Overlap overlap = comparison.overlap();
        add(
                text,
                "%,d image%s compared; only A has %,d, only B %,d",
                overlap.images(),
                overlap.images() == 1 ? "" : "s",
                overlap.onlyA(),
                overlap.onlyB());
        addLeftOut(text, "A", overlap.headsOnlyA());
        addLeftOut(text, "B", overlap.headsOnlyB());
        overlap.contradictions().forEach((head, images) -> {
            if (images > 0) {
                add(text, "%s: labels that contradict each other, left out: %,d", head, images);
            }
        });
        Bootstrap bootstrap = comparison.bootstrap();
        add(
                text,
                "%s %% intervals by %,d resamples of the %,d %s",
                Math.round(bootstrap.level() * 1000) / 10.0,
                bootstrap.resamples(),
                comparison.drawn(),
                comparison.isGrouped() ? "groups" : "images");
        text.append(System.lineSeparator());
    }

    private static void addLeftOut(StringBuilder text, String which, List<String> heads) {
        if (!heads.isEmpty()) {
            add(text, "not compared, only %s has them: %s", which, String.join(", ", heads));
        }
    }

    private static void addMetrics(StringBuilder text, Comparison comparison) {
        int width = comparison.metrics().stream()
                .mapToInt(each -> width(each.metric()))
                .max()
                .orElse(0);
        text.append(" ".repeat(width))
                .append(String.format(Locale.ROOT, COLUMNS, "A", "B", "B - A", "", "")
                        .stripTrailing());
        text.append(System.lineSeparator());
        for (MetricDifference each : comparison.metrics()) {
            text.append(each.metric())
                    .append(" ".repeat(width - width(each.metric())))
                    .append(String.format(
                            Locale.ROOT,
                            COLUMNS,
                            number(each.a()),
                            number(each.b()),
                            signed(each.difference().value()),
                            bounds(each.difference()),
                            each.verdict()));
        }
        text.append(System.lineSeparator());
    }

    private static int width(String name) {
        return name.codePointCount(0, name.length());
    }

    private static void addHead(StringBuilder text, HeadComparison head) {
        add(text, "%s, %,d images labelled: %s (McNemar)", head.head().name(), head.support(), head.answers());
        List<CategoryComparison> different = head.categories().stream()
                .filter(each -> each.corrected() < LEVEL)
                .sorted(Comparator.comparingDouble(each -> each.found().p()))
                .toList();
        different.stream()
                .limit(MOST_CATEGORIES)
                .forEach(each -> add(
                        text,
                        "  %s, recall %s in A, %s in B: %s, %s after Holm's correction",
                        each.category(),
                        number(each.a().recall()),
                        number(each.b().recall()),
                        each.found(),
                        McNemar.text(each.corrected())));
        if (different.size() > MOST_CATEGORIES) {
            add(text, "  and %,d more categories", different.size() - MOST_CATEGORIES);
        }
        if (different.isEmpty() && !Double.isNaN(head.answers().p())) {
            add(text, "  of no category a difference can be told");
        }
    }

    private static void add(StringBuilder text, String line, Object... values) {
        text.append(String.format(Locale.ROOT, line, values)).append(System.lineSeparator());
    }

    static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
    }

    static String signed(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%+.3f", value);
    }

    static String bounds(Interval difference) {
        return "[" + signed(difference.low()) + ", " + signed(difference.high()) + "]";
    }
}
