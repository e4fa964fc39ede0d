package io.github.multilabel.data.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows and images that occur more than once. */
final class DuplicateChecks {

    private final List<Sample> samples;
    private final List<Inspection> inspections;
    private final IntFunction<String> part;
    private final Places places;
    private final List<Finding> findings = new ArrayList<>();

    private DuplicateChecks(List<Sample> samples, List<Inspection> inspections, IntFunction<String> part) {
        this.samples = samples;
        this.inspections = inspections;
        this.part = part;
        this.places = new Places(samples);
    }

    /**
     * Looks for the same and for what looks the same.
     *
     * @param part the part of a row, the same for all if there is no split
     * @param near finds the groups of images that look the same
     */
    static List<Finding> of(
            List<Sample> samples,
            List<Inspection> inspections,
            IntFunction<String> part,
            Function<List<ImageLook>, List<List<Integer>>> near) {
        DuplicateChecks checks = new DuplicateChecks(samples, inspections, part);
        Map<String, List<Integer>> byContent = checks.byContent();
        byContent.values().stream().filter(rows -> rows.size() > 1).forEach(checks::same);
        checks.near(byContent.values().stream().map(rows -> rows.get(0)).toList(), byContent, near);
        return checks.findings;
    }

    /**
     * What cannot be shown is no image, though its bytes may be those of others: the one page that a server has for all
     * that it lacks. So it is compared only with rows that name the same file. One without bytes stands alone.
     */
    private Map<String, List<Integer>> byContent() {
        return IntStream.range(0, samples.size())
                .boxed()
                .collect(Collectors.groupingBy(this::content, LinkedHashMap::new, Collectors.toList()));
    }

    private String content(int row) {
        Inspection image = inspections.get(row);
        if (image.content() == null) {
            return "without bytes: " + row;
        }
        return image.problem() == null
                ? image.content()
                : image.content() + " of " + samples.get(row).image().name();
    }

    private void same(List<Integer> rows) {
        for (Head head : samples.get(rows.get(0)).labels().heads()) {
            contradiction(head, rows);
        }
        if (parts(rows) > 1) {
            add(Kind.DUPLICATE_ACROSS_PARTS, Severity.WARNING, rows, "the same image is in " + inParts(rows));
        }
        Map<String, List<Integer>> byName = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> samples.get(row).image().name(), LinkedHashMap::new, Collectors.toList()));
        byName.values().stream()
                .filter(sameName -> sameName.size() > 1)
                .filter(sameName -> sameName.stream()
                                .map(row -> samples.get(row).labels().toString())
                                .distinct()
                                .count()
                        == 1)
                .forEach(sameName ->
                        add(Kind.DUPLICATE_ROW, Severity.INFO, sameName, "the same row again: " + places.of(sameName)));
        if (byName.size() > 1) {
            add(Kind.DUPLICATE_IMAGE, Severity.INFO, rows, "the same bytes: " + places.of(rows));
        }
    }

    private void contradiction(Head head, List<Integer> rows) {
        Map<List<String>, Integer> answers = new LinkedHashMap<>();
        for (int row : rows) {
            Labels labels = samples.get(row).labels();
            if (!labels.isMissing(head.name())) {
                answers.putIfAbsent(labels.categories(head.name()), row);
            }
        }
        if (answers.size() > 1) {
            String listed = answers.entrySet().stream()
                    .map(answer -> String.join("|", answer.getKey()) + " in " + places.of(answer.getValue()))
                    .collect(Collectors.joining("; "));
            add(
                    Kind.CONTRADICTING_LABELS,
                    Severity.WARNING,
                    rows,
                    "the same image, other labels for '" + head.name() + "': " + listed);
        }
    }

    /** @param firsts one row for each content */
    private void near(
            List<Integer> firsts,
            Map<String, List<Integer>> byContent,
            Function<List<ImageLook>, List<List<Integer>>> near) {
        List<List<Integer>> contents = List.copyOf(byContent.values());
        List<ImageLook> looks =
                firsts.stream().map(row -> inspections.get(row).look()).collect(Collectors.toList());
        for (List<Integer> group : near.apply(looks)) {
            List<Integer> rows = group.stream()
                    .flatMap(content -> contents.get(content).stream())
                    .sorted()
                    .toList();
            if (parts(rows) > 1) {
                add(
                        Kind.NEAR_DUPLICATE_ACROSS_PARTS,
                        Severity.WARNING,
                        rows,
                        "images that look the same are in " + inParts(rows));
            } else {
                add(Kind.NEAR_DUPLICATE, Severity.INFO, rows, "look the same: " + places.of(rows));
            }
        }
    }

    private long parts(List<Integer> rows) {
        return rows.stream().map(part::apply).distinct().count();
    }

    private String inParts(List<Integer> rows) {
        Map<String, List<Integer>> byPart =
                rows.stream().collect(Collectors.groupingBy(part::apply, LinkedHashMap::new, Collectors.toList()));
        return byPart.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + places.of(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private void add(Kind kind, Severity severity, List<Integer> rows, String message) {
        findings.add(new Finding(kind, severity, rows, message));
    }
}
