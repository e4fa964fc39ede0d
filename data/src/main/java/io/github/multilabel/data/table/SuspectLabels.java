package io.github.multilabel.data.table;

import io.github.multilabel.core.Head;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.internal.text.LabelText;
import io.github.multilabel.data.internal.text.MissingWords;
import io.github.multilabel.data.internal.text.TagSeparator;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labels of a head that are probably not what the user means by a category: words for nothing, several tags in one,
 * what a program left. Categories that the user has named are meant.
 */
final class SuspectLabels {

    private static final int SHOWN = 4;
    private static final int LONG = 200;
    private static final Pattern ASCII = Pattern.compile("[\\x00-\\x7f]*");

    /**
     * A way in which programs spoil labels.
     *
     * @param advice on such labels: what they seem to be and what to do
     */
    private record Oddity(Predicate<String> shows, String advice) {}

    /** What is left of UTF-8 read as another encoding where blanks were cleaned, or on a console of DOS. */
    private static final Pattern REMAINS =
            Pattern.compile("\\p{Ll}[\u00c3\u00c2](?!\\p{L})|[\u251c\u252c][^\\x00-\\x7f]");

    private static final Pattern CODE =
            Pattern.compile("&(?:#\\d{1,6}|#[xX]\\p{XDigit}{1,5}|[a-zA-Z][a-zA-Z0-9]{1,8});|</[a-zA-Z]+>|<br ?/?>"
                    + "|\\\\(?:u\\p{XDigit}{4}|x\\p{XDigit}{2})|%(?:[89a-fA-F]\\p{XDigit}|20)");

    private static final List<Oddity> ODDITIES = List.of(
            new Oddity(
                    Pattern.compile("[=@].*\\(.*\\)|=\".*\"|[=+@]\\w+!?\\$?[A-Z]+\\$?\\d+")
                            .asMatchPredicate(),
                    "look like formulas of a spreadsheet; export the values instead"),
            new Oddity(
                    Pattern.compile("\\[\\s*(['\"].*['\"])?\\s*\\]|[({]\\s*['\"].*['\"]\\s*,?\\s*[})]")
                            .asMatchPredicate(),
                    "look like lists of a program; write the tags with a separator between them, as in a|b"),
            new Oddity(
                    Pattern.compile("'.+'|\".+\"|`.+`|\u201c.+\u201d|\u2018.+\u2019")
                            .asMatchPredicate(),
                    "are in quotes that belong to no cell, but to the label; leave these out"),
            new Oddity(
                    label -> label.indexOf('\ufffd') >= 0,
                    "have lost letters (U+FFFD) when they were read in a wrong encoding; export the table anew"),
            new Oddity(
                    label ->
                            misread(label).isPresent() || REMAINS.matcher(label).find(),
                    "look like UTF-8 that a program read in another encoding, as M\u00c3\u00bcller for M\u00fcller; export"
                            + " the table anew"),
            new Oddity(
                    label -> CODE.matcher(label).find(),
                    "have letters as web pages or programs write them, as A&amp;B for A&B; export the text itself"),
            new Oddity(
                    label -> label.length() > LONG,
                    "have more than " + LONG + " characters: is this a text, and no category?"));

    private final HeadColumn column;
    private final ColumnCells cells;
    private final Map<String, Integer> counts;

    private SuspectLabels(HeadColumn column, ColumnCells cells) {
        this.column = column;
        this.cells = cells;
        Set<String> meant = column.categories().orElse(List.of()).stream()
                .map(LabelText::clean)
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, Integer> all = cells.counts(row -> true);
        this.counts = all.keySet().stream()
                .filter(label -> !meant.contains(label))
                .sorted(Comparator.comparing((String label) -> -all.getOrDefault(label, 0))
                        .thenComparing(LabelText.ORDER))
                .collect(Collectors.toMap(label -> label, all::get, (a, b) -> a, LinkedHashMap::new));
    }

    static List<Finding> of(HeadColumn column, ColumnCells cells) {
        SuspectLabels suspects = new SuspectLabels(column, cells);
        List<Finding> findings = new ArrayList<>();
        suspects.words().ifPresent(findings::add);
        suspects.separator().ifPresent(findings::add);
        ODDITIES.forEach(oddity -> suspects.odd(oddity).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> words() {
        List<String> words =
                counts.keySet().stream().filter(MissingWords::isOne).toList();
        Map<String, String> inAnyCase = new LinkedHashMap<>();
        words.forEach(word -> inAnyCase.putIfAbsent(word.toLowerCase(Locale.ROOT), word));
        String remedy = inAnyCase.values().stream()
                .map(word -> '"' + word.replace("\\", "\\\\") + '"')
                .collect(Collectors.joining(", ", "optMissingValues(", ") or optUsualMissingValues()"));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        Kind.MISSING_WORDS,
                        words,
                        shown(words, this::counted)
                                + (words.size() == 1
                                        ? " is taken for a label, and is a usual word for a missing one"
                                        : " are taken for labels, and are usual words for a missing one")
                                + "; if nothing is known there, say so: " + remedy));
    }

    private Optional<Finding> separator() {
        Collection<String> labels = counts.keySet();
        boolean multi = column.kind() == Head.Kind.MULTI_LABEL;
        boolean given = multi && cells.cut() > 0;
        return Optional.of(labels)
                .filter(found -> !multi || !column.separator().isEmpty())
                .flatMap(TagSeparator::of)
                .filter(found -> !multi || !found.equals(column.separator()))
                .map(found -> {
                    List<String> cut = labels.stream()
                            .filter(label -> label.contains(found))
                            .toList();
                    String seen = shown(cut, this::counted) + (cut.size() == 1 ? " seems" : " seem")
                            + " to be several tags, separated by '" + found + "'";
                    return finding(
                            Kind.WRONG_SEPARATOR,
                            cut,
                            seen + "; "
                                    + (given
                                            ? "others are by '" + column.separator() + "'. If so, write all alike"
                                            : (multi
                                                            ? "none is by '" + column.separator() + "'"
                                                            : "the head takes each cell for one category")
                                                    + ". If so, read them with addTags(\"" + column.column() + "\", \""
                                                    + found + "\")"));
                });
    }

    private Optional<Finding> odd(Oddity oddity) {
        List<String> found = counts.keySet().stream().filter(oddity.shows()).toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        Kind.ODD_LABELS, found, shown(found, this::counted) + ": such labels " + oddity.advice()));
    }

    /** What the label was before a program read its UTF-8 as another encoding; empty if it was not. */
    static Optional<String> misread(String label) {
        if (ASCII.matcher(label).matches()) {
            return Optional.empty();
        }
        for (String other : List.of("windows-1252", "ISO-8859-1")) {
            try {
                ByteBuffer bytes = Charset.forName(other).newEncoder().encode(CharBuffer.wrap(label));
                return Optional.of(
                        StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            } catch (CharacterCodingException | IllegalArgumentException e) {
                continue; // no such text, or no such encoding here
            }
        }
        return Optional.empty();
    }

    private Finding finding(Kind kind, List<String> labels, String message) {
        Set<String> wanted = new HashSet<>(labels);
        List<Integer> rows = IntStream.range(0, cells.labels().size())
                .filter(row -> cells.labels().get(row) != null
                        && cells.labels().get(row).stream().anyMatch(wanted::contains))
                .boxed()
                .toList();
        return new Finding(kind, Severity.WARNING, rows, "'" + column.head() + "': " + message);
    }

    private String counted(String label) {
        int count = counts.getOrDefault(label, 0);
        return "'" + excerpt(label) + "' (" + String.format(Locale.ROOT, "%,d", count)
                + (count == 1 ? " row)" : " rows)");
    }

    static String excerpt(String label) {
        return label.length() <= 60 ? label : label.substring(0, label.offsetByCodePoints(0, 40)) + "...";
    }

    private static String shown(List<String> labels, Function<String, String> form) {
        return labels.stream().limit(SHOWN).map(form).collect(Collectors.joining(", "))
                + (labels.size() > SHOWN ? " and " + (labels.size() - SHOWN) + " more" : "");
    }
}
