package io.github.multilabel.core.check;

import io.github.multilabel.core.check.Finding.Kind;
import io.github.multilabel.core.check.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the checks before training found.
 *
 * @param rows the number of samples that were looked at
 * @param findings the worst first, those of a kind together, in the order of their rows
 */
public record TableReport(int rows, List<Finding> findings) {

    private static final int SHOWN = 5;

    /** Puts the findings in order. */
    public TableReport {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::kind))
                .toList();
    }

    /** The findings of a kind; empty if there are none. */
    public List<Finding> of(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).toList();
    }

    /** The findings of a severity; empty if there are none. */
    public List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /** Whether nothing was found that stops training. */
    public boolean isUsable() {
        return of(Severity.ERROR).isEmpty();
    }

    /** The same with more findings. */
    public TableReport with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new TableReport(rows, all);
    }

    /** As a table of counts, and the first few findings of each kind; the same in every locale. */
    public String table() {
        if (findings.isEmpty()) {
            return String.format(Locale.ROOT, "checked %,d rows: nothing was found%n", rows);
        }
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "checked %,d rows%n%n%-28s %-8s %7s%n", rows, "found", "severity", "count"));
        List<Kind> kinds = findings.stream().map(Finding::kind).distinct().toList();
        for (Kind kind : kinds) {
            List<Finding> found = of(kind);
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %-8s %,7d%n",
                    kind.words(),
                    found.get(0).severity().name().toLowerCase(Locale.ROOT),
                    found.size()));
        }
        for (Kind kind : kinds) {
            List<Finding> found = of(kind);
            text.append(String.format("%n%s%n", kind.words()));
            found.stream().limit(SHOWN).forEach(finding -> text.append(String.format("- %s%n", finding.message())));
            if (found.size() > SHOWN) {
                text.append(String.format(Locale.ROOT, "- and %,d more%n", found.size() - SHOWN));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return table();
    }
}
