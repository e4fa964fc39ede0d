package io.github.multilabel.data.check.page;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.LabelCounts;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How many rows have each category, and how many have none, in each part. */
final class CategoriesSection {

    /** The most frequent categories of a head. */
    private static final int SHOWN = 20;
    /** With more parts than these, only the sum is in numbers. */
    private static final int COLUMNS = 4;

    private final List<Head> heads;
    private final Parts parts;

    CategoriesSection(List<Head> heads, Parts parts) {
        this.heads = heads;
        this.parts = parts;
    }

    void write(Html html) {
        html.element("h2", "Categories");
        Bars.legend(html, parts.names());
        html.markup("<div class=\"cards\">\n");
        heads.forEach(head -> head(html, head));
        html.markup("</div>\n").element("h2", "Missing labels");
        missing(html);
    }

    private void head(Html html, Head head) {
        List<LabelCounts> counts = parts.counts(head);
        long labelled = counts.stream().mapToLong(LabelCounts::labelled).sum();
        List<long[]> ofCategories = IntStream.range(0, head.size())
                .mapToObj(category ->
                        counts.stream().mapToLong(part -> part.of(category)).toArray())
                .toList();
        html.markup("<section><h3>").given(Excerpt.of(head.name())).markup("</h3>\n");
        html.element("p", describe(head, labelled, ofCategories));
        List<Integer> order = IntStream.range(0, head.size())
                .boxed()
                .sorted(Comparator.comparingLong(category -> -Bars.sum(ofCategories.get(category))))
                .toList();
        Bars bars = new Bars("category", columns());
        order.stream()
                .limit(SHOWN)
                .forEach(category -> bars.add(
                        head.category(category), ofCategories.get(category), numbers(ofCategories.get(category))));
        bars.write(html);
        if (order.size() > SHOWN) {
            long rest = order.stream()
                    .skip(SHOWN)
                    .mapToLong(category -> Bars.sum(ofCategories.get(category)))
                    .sum();
            long most = Bars.sum(ofCategories.get(order.get(SHOWN)));
            long least = Bars.sum(ofCategories.get(order.get(order.size() - 1)));
            html.element(
                    "p",
                    "and " + Html.number(order.size() - SHOWN) + " more, of " + Html.number(least) + " to "
                            + Html.number(most) + " rows each, " + Html.number(rest) + " in all");
        }
        html.markup("</section>\n");
    }

    private String describe(Head head, long labelled, List<long[]> ofCategories) {
        String categories = Html.number(head.size()) + (head.size() == 1 ? " category, " : " categories, ")
                + Html.number(labelled) + " labelled rows";
        if (head.kind() == Head.Kind.SINGLE_LABEL) {
            return categories + ", one category each";
        }
        long tags = ofCategories.stream().mapToLong(Bars::sum).sum();
        long without = parts.labels().stream()
                .flatMap(List::stream)
                .filter(labels -> !labels.isMissing(head.name())
                        && labels.indices(head.name()).isEmpty())
                .count();
        return categories + " with "
                + (labelled == 0 ? "no tags" : String.format(Locale.ROOT, "%.1f tags", (double) tags / labelled))
                + " on average, " + Html.number(without) + " of them with none";
    }

    private void missing(Html html) {
        long[] rows = parts.rows();
        Bars bars = new Bars("head", columns());
        boolean complete = true;
        for (Head head : heads) {
            List<LabelCounts> counts = parts.counts(head);
            long[] missing = IntStream.range(0, rows.length)
                    .mapToLong(part -> rows[part] - counts.get(part).labelled())
                    .toArray();
            complete &= Bars.sum(missing) == 0;
            List<String> numbers = new ArrayList<>();
            if (shown() > 1) {
                IntStream.range(0, rows.length).forEach(part -> numbers.add(Html.percent(missing[part], rows[part])));
            }
            numbers.add(Html.number(Bars.sum(missing)));
            bars.add(head.name(), missing, numbers);
        }
        if (complete) {
            html.element("p", "Every row has a label for every head.");
        } else {
            html.element("p", "A bar over the whole width would be all rows.");
            bars.write(html, Bars.sum(rows));
        }
    }

    private int shown() {
        return parts.names().size() <= COLUMNS ? parts.names().size() : 1;
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(shown() > 1 ? parts.names() : List.of());
        columns.add(shown() > 1 ? "in all" : "rows");
        return columns;
    }

    private List<String> numbers(long[] pieces) {
        List<String> numbers = new ArrayList<>();
        if (shown() > 1) {
            Arrays.stream(pieces).forEach(piece -> numbers.add(Html.number(piece)));
        }
        numbers.add(Html.number(Bars.sum(pieces)));
        return numbers;
    }
}
