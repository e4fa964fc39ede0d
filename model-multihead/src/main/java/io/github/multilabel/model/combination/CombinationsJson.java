package io.github.multilabel.model.combination;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Combinations in a model's file. A list of numbers is a text, so that a table takes a line for each row of it. What is
 * made of the counts ({@link Smoothing}) is a part of the format: a model answers as before whatever release reads it.
 */
final class CombinationsJson {

    private static final String HEADS = "heads";
    private static final String EXPONENTS = "exponents";
    private static final String RULES = "rules";
    /** By head how many rows have each category. */
    private static final String COUNTS = "counts";
    /** For each the number of its rows and the index of the category of each head. */
    private static final String WHOLE = "combinations";

    private static final String PAIRS = "pairs";
    private static final String GIVEN = "given";
    private static final String HEAD = "head";
    /** By category that is given {@code CATEGORY:COUNT} for each that came with it. */
    private static final String TABLE = "table";

    private CombinationsJson() {}

    static String write(Combinations combinations) {
        HeadSet heads = combinations.heads();
        JsonObject json = new JsonObject();
        json.add(HEADS, texts(heads.names()));
        JsonObject exponents = new JsonObject();
        combinations.exponents().forEach(exponents::addProperty);
        json.add(EXPONENTS, exponents);
        if (!combinations.rules().isEmpty()) {
            JsonArray rules = new JsonArray();
            for (Rule rule : combinations.rules()) {
                JsonObject terms = new JsonObject();
                rule.categories().forEach(terms::addProperty);
                rules.add(terms);
            }
            json.add(RULES, rules);
        }
        json.add(
                COUNTS,
                texts(Arrays.stream(combinations.counts())
                        .map(CombinationsJson::text)
                        .toList()));
        if (combinations.prior() instanceof FullPrior whole) {
            json.add(
                    WHOLE,
                    texts(IntStream.range(0, whole.seen().size())
                            .mapToObj(i ->
                                    whole.count(i) + " " + text(whole.seen().get(i)))
                            .toList()));
        } else {
            JsonArray pairs = new JsonArray();
            ((TreePrior) combinations.prior()).tables().forEach(table -> pairs.add(json(table, heads)));
            json.add(PAIRS, pairs);
        }
        return json.toString();
    }

    private static JsonObject json(PairTable table, HeadSet heads) {
        JsonObject json = new JsonObject();
        json.addProperty(GIVEN, heads.get(table.given()).name());
        json.addProperty(HEAD, heads.get(table.head()).name());
        JsonArray lines = new JsonArray();
        for (int category = 0; category < table.starts().length - 1; category++) {
            StringJoiner line = new StringJoiner(" ");
            for (int i = table.starts()[category]; i < table.starts()[category + 1]; i++) {
                line.add(table.categories()[i] + ":" + table.counts()[i]);
            }
            lines.add(line.toString());
        }
        json.add(TABLE, lines);
        return json;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static String text(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    static Combinations read(String text, HeadSet all) {
        JsonFields json = new JsonFields("combinations.", JsonFields.parse(text).json());
        HeadSet heads = all.select(json.texts(HEADS));
        int[][] counts = counts(json.texts(COUNTS), heads);
        double[][] marginals = Combinations.marginals(counts);
        Prior prior = json.has(WHOLE)
                ? whole(json.texts(WHOLE), heads, marginals)
                : new TreePrior(
                        marginals,
                        json.objects(PAIRS).stream()
                                .map(pairs -> table(pairs, heads))
                                .toList());
        JsonFields exponents = json.object(EXPONENTS);
        return new Combinations(
                heads,
                counts,
                prior,
                heads.names().stream().mapToDouble(exponents::number).toArray(),
                json.has(RULES)
                        ? json.objects(RULES).stream()
                                .map(CombinationsJson::rule)
                                .toList()
                        : List.of());
    }

    private static Rule rule(JsonFields json) {
        Map<String, String> categories = new LinkedHashMap<>();
        json.json().keySet().forEach(head -> categories.put(head, json.text(head)));
        return new Rule(categories);
    }

    private static int[][] counts(List<String> lines, HeadSet heads) {
        requireLines(COUNTS, lines, heads.size());
        int[][] counts = new int[heads.size()][];
        for (int head = 0; head < counts.length; head++) {
            counts[head] = numbers(COUNTS, lines.get(head), " ");
            if (counts[head].length != heads.get(head).size()) {
                throw wrong(COUNTS, lines.get(head), heads.get(head).size() + " numbers");
            }
        }
        return counts;
    }

    private static FullPrior whole(List<String> lines, HeadSet heads, double[][] marginals) {
        int[][] seen = new int[lines.size()][];
        int[] counts = new int[lines.size()];
        for (int i = 0; i < counts.length; i++) {
            int[] numbers = numbers(WHOLE, lines.get(i), " ");
            if (numbers.length != heads.size() + 1) {
                throw wrong(WHOLE, lines.get(i), (heads.size() + 1) + " numbers");
            }
            counts[i] = numbers[0];
            seen[i] = Arrays.copyOfRange(numbers, 1, numbers.length);
            for (int head = 0; head < heads.size(); head++) {
                if (seen[i][head] >= heads.get(head).size()) {
                    throw wrong(WHOLE, lines.get(i), "categories of the heads " + Excerpt.of(heads.names()));
                }
            }
            if (counts[i] == 0 || i > 0 && Arrays.compare(seen[i - 1], seen[i]) >= 0) {
                throw wrong(WHOLE, lines.get(i), "a count of at least 1, and categories after those before it");
            }
        }
        if (counts.length == 0) {
            throw new IllegalArgumentException("'" + WHOLE + "' is empty");
        }
        return new FullPrior(marginals, seen, counts);
    }

    private static PairTable table(JsonFields json, HeadSet heads) {
        int given = heads.indexOf(json.text(GIVEN));
        int head = heads.indexOf(json.text(HEAD));
        List<String> lines = json.texts(TABLE);
        requireLines(TABLE, lines, heads.get(given).size());
        int[] starts = new int[lines.size() + 1];
        IntStream.Builder categories = IntStream.builder();
        IntStream.Builder counts = IntStream.builder();
        for (int category = 0; category < lines.size(); category++) {
            String line = lines.get(category);
            String[] pairs = line.isEmpty() ? new String[0] : line.split(" ", -1);
            starts[category + 1] = starts[category] + pairs.length;
            int before = -1;
            for (String pair : pairs) {
                int[] numbers = numbers(TABLE, pair, ":");
                if (numbers.length != 2
                        || numbers[0] <= before
                        || numbers[0] >= heads.get(head).size()
                        || numbers[1] == 0) {
                    throw wrong(
                            TABLE,
                            pair,
                            "CATEGORY:COUNT, with categories of head '"
                                    + Excerpt.of(heads.get(head).name()) + "' in their order and counts of at least 1");
                }
                before = numbers[0];
                categories.add(numbers[0]);
                counts.add(numbers[1]);
            }
        }
        return new PairTable(
                given,
                head,
                starts,
                categories.build().toArray(),
                counts.build().toArray());
    }

    private static void requireLines(String field, List<String> lines, int expected) {
        if (lines.size() != expected) {
            throw new IllegalArgumentException(
                    "'" + field + "' of the combinations has " + lines.size() + " lines, expected are " + expected);
        }
    }

    private static int[] numbers(String field, String line, String between) {
        try {
            int[] numbers = Arrays.stream(line.split(between, -1))
                    .mapToInt(Integer::parseUnsignedInt)
                    .toArray();
            if (Arrays.stream(numbers).allMatch(number -> number >= 0)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw wrong(field, line, "whole numbers of at least 0", e);
        }
        throw wrong(field, line, "whole numbers of at least 0");
    }

    private static IllegalArgumentException wrong(String field, String line, String wanted) {
        return new IllegalArgumentException(
                "'" + field + "' of the combinations has '" + Excerpt.of(line) + "', expected are " + wanted);
    }

    private static IllegalArgumentException wrong(String field, String line, String wanted, Exception cause) {
        IllegalArgumentException wrong = wrong(field, line, wanted);
        wrong.initCause(cause);
        return wrong;
    }
}
