package io.github.multilabel.data.check;

import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the checks before training found.
 *
 * <pre>{@code
 * DataReport report = table.check();
 * System.out.println(report.table()); // the first few of each kind
 * report.write(Path.of("findings.csv")); // all
 * }</pre>
 *
 * @param samples that were looked at
 * @param split of the samples, or empty
 * @param findings the worst first, those of a kind together, in the order of their rows
 * @param images of the rows whose image can be decoded, in the order of the rows
 */
public record DataReport(
        List<Sample> samples, Optional<DataSplit> split, List<Finding> findings, List<ImageFacts> images) {

    private static final int SHOWN = 5;

    /** Puts the findings in order. */
    public DataReport {
        samples = List.copyOf(samples);
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::kind))
                .toList();
        images = List.copyOf(images);
    }

    /** The number of samples that were looked at. */
    public int rows() {
        return samples.size();
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
    public DataReport with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new DataReport(samples, split, all, images);
    }

    /**
     * Writes all findings with all images that they concern: as JSON if the name ends in {@code .json}, otherwise as
     * CSV with a line for each finding and image, so that a spreadsheet can filter by {@code kind}. UTF-8; missing
     * parent folders are made.
     *
     * <p>Both have {@code kind} and {@code severity} by their names in code, {@code row} (the sample's index, from 0),
     * {@code image} (its name), {@code origin} (such as {@code labels.csv line 214}), {@code part} of the split, and
     * {@code message}. A finding about a head as a whole has no image.
     *
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public void write(Path file) throws IOException {
        FindingsFile.write(file, this);
    }

    /** As a table of counts, and the first few findings of each kind; the same in every locale. */
    public String table() {
        if (findings.isEmpty()) {
            return String.format(Locale.ROOT, "checked %,d rows: nothing was found%n", rows());
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "checked %,d rows%n%n%-28s %-8s %7s%n", rows(), "found", "severity", "count"));
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
            text.append(String.format(Locale.ROOT, "%n%s%n", kind.words()));
            found.stream()
                    .limit(SHOWN)
                    .forEach(finding -> text.append(String.format(Locale.ROOT, "- %s%n", finding.message())));
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
