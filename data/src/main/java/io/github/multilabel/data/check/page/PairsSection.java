package io.github.multilabel.data.check.page;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.Head.Kind;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Which tags are on the same image, and which categories of two heads. */
final class PairsSection {

    private static final int SHOWN = 12;
    /** Pairs of heads. */
    private static final int MOST_HEADS = 10;
    /**
     * Of a head with more tags, pairs of the most frequent are counted: a pair is never more frequent than its rarer
     * tag, and a row of a thousand tags has half a million pairs.
     */
    private static final int MOST_TAGS = 200;

    private final List<Head> heads;
    private final List<Labels> labels;

    PairsSection(List<Head> heads, List<Labels> labels) {
        this.heads = heads;
        this.labels = labels;
    }

    /** Two categories, by their indices. */
    private record Pair(int first, int second) {}

    void write(Html html) {
        List<Head> single =
                heads.stream().filter(head -> head.kind() == Kind.SINGLE_LABEL).toList();
        List<Head> tags = heads.stream()
                .filter(head -> head.kind() == Kind.MULTI_LABEL && head.size() > 1)
                .toList();
        if (tags.isEmpty() && single.size() < 2) {
            return;
        }
        html.element("h2", "What goes together").markup("<div class=\"cards\">\n");
        tags.forEach(head -> tags(html, head));
        int pairs = 0;
        for (int i = 0; i < single.size(); i++) {
            for (int j = i + 1; j < single.size(); j++) {
                if (pairs++ < MOST_HEADS) {
                    heads(html, single.get(i), single.get(j));
                }
            }
        }
        html.markup("</div>\n");
        if (pairs > MOST_HEADS) {
            html.element("p", Html.number(pairs - MOST_HEADS) + " more pairs of heads are left out.");
        }
    }

    private void tags(Html html, Head head) {
        LabelCounts counts = LabelCounts.of(head, labels);
        Set<Integer> counted = new HashSet<>(IntStream.range(0, head.size())
                .boxed()
                .sorted(Comparator.comparingLong(tag -> -counts.of(tag)))
                .limit(MOST_TAGS)
                .toList());
        Map<Pair, Integer> together = new HashMap<>();
        for (Labels row : labels) {
            if (!row.isMissing(head.name())) {
                List<Integer> on = row.indices(head.name()).stream()
                        .filter(counted::contains)
                        .toList();
                for (int i = 0; i < on.size(); i++) {
                    for (int j = i + 1; j < on.size(); j++) {
                        together.merge(new Pair(on.get(i), on.get(j)), 1, Integer::sum);
                    }
                }
            }
        }
        Bars bars = new Bars("tags on the same image", List.of("rows", "of rarer"));
        most(together).forEach((pair, rows) -> {
            long rarer = Math.min(counts.of(pair.first()), counts.of(pair.second()));
            bars.add(
                    name(head, pair.first()) + " + " + name(head, pair.second()),
                    new long[] {rows},
                    List.of(Html.number(rows), Html.percent(rows, rarer)));
        });
        card(html, Excerpt.of(head.name()), bars, together.size(), "No two tags are on the same image.");
    }

    private void heads(Html html, Head first, Head second) {
        Map<Pair, Integer> together = new HashMap<>();
        int both = 0;
        for (Labels row : labels) {
            if (!row.isMissing(first.name()) && !row.isMissing(second.name())) {
                together.merge(new Pair(row.index(first.name()), row.index(second.name())), 1, Integer::sum);
                both++;
            }
        }
        Bars bars = new Bars("categories", List.of("rows", "of all"));
        int labelled = both;
        most(together)
                .forEach((pair, rows) -> bars.add(
                        name(first, pair.first()) + " + " + name(second, pair.second()),
                        new long[] {rows},
                        List.of(Html.number(rows), Html.percent(rows, labelled))));
        card(
                html,
                Excerpt.of(first.name()) + " and " + Excerpt.of(second.name()),
                bars,
                together.size(),
                "No row has a label for both.");
    }

    private static Map<Pair, Integer> most(Map<Pair, Integer> together) {
        Map<Pair, Integer> most = new LinkedHashMap<>();
        together.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Pair, Integer> pair) -> -pair.getValue())
                        .thenComparingInt(pair -> pair.getKey().first())
                        .thenComparingInt(pair -> pair.getKey().second()))
                .limit(SHOWN)
                .forEach(pair -> most.put(pair.getKey(), pair.getValue()));
        return most;
    }

    private static String name(Head head, int category) {
        String name = head.category(category);
        return name.length() <= 50 ? name : name.substring(0, name.offsetByCodePoints(0, 40)) + "\u2026";
    }

    private static void card(Html html, String title, Bars bars, int found, String nothing) {
        html.markup("<section><h3>").given(title).markup("</h3>\n");
        if (found == 0) {
            html.element("p", nothing);
        } else {
            bars.write(html);
            if (found > SHOWN) {
                html.element("p", "and " + Html.number(found - SHOWN) + " more pairs");
            }
        }
        html.markup("</section>\n");
    }
}
