package io.github.multilabel.data.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether one head of labelled rows determines another: whether the rows of each of its categories agree in one
 * category of the other.
 *
 * @param child the name of the finer head
 * @param parent the name of the coarser head
 * @param parentOf by category of the child the category of the parent that most of its rows have; without those whose
 *     rows do not agree, and those of which no row has both
 * @param known the number of rows that have both, of categories whose rows agree
 * @param loose the number of rows that have both, of categories whose rows do not agree
 * @param breaking the rows that have another parent than most of their category, ascending
 * @param chance the probability that rows would agree so if the heads had nothing to do with each other
 */
public record ParentHeads(
        String child,
        String parent,
        Map<String, String> parentOf,
        int known,
        int loose,
        List<Integer> breaking,
        double chance) {

    /** More are no slips of those who wrote the table. */
    private static final double MOST_BREAKING = 0.01;

    /** More are told to nobody. */
    private static final int MOST_SLIPS = 3;

    /** Where more of the rows are of categories that belong nowhere, nothing is determined. */
    private static final double MOST_LOOSE = 0.2;

    /** The part of a category's rows that agree, where they are said to. */
    private static final double LEAST_AGREEING = 0.9;

    /** With few rows of each category, agreement means little. */
    private static final double LEAST_CHANCE = 1e-6;

    /** Copies what may change. */
    public ParentHeads {
        parentOf = Collections.unmodifiableMap(new HashMap<>(parentOf));
        breaking = List.copyOf(breaking);
    }

    /**
     * Looks at all pairs of single-label heads for those of which one determines the other, or would but for a few rows
     * that may be slips; {@link #isCertain} tells them apart.
     */
    public static List<ParentHeads> find(List<Labels> rows) {
        HeadSet heads = rows.get(0).heads();
        List<ParentHeads> found = new ArrayList<>();
        for (Head child : heads) {
            for (Head parent : heads) {
                if (child.size() > parent.size()) { // what has as many categories has only other names for them
                    of(rows, child, parent)
                            .filter(each -> each.isNoChance() && (each.isCertain() || each.isNearlyCertain()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** What rows say of two heads; empty if one is multi-label, or no row has both. */
    public static Optional<ParentHeads> of(List<Labels> rows, Head child, Head parent) {
        if (child.kind() == Head.Kind.MULTI_LABEL || parent.kind() == Head.Kind.MULTI_LABEL) {
            return Optional.empty();
        }
        long[][] counts = new long[child.size()][parent.size()];
        int known = 0;
        for (Labels row : rows) {
            int finer = row.index(child.name());
            int coarser = row.index(parent.name());
            if (finer != Labels.MISSING && coarser != Labels.MISSING) {
                counts[finer][coarser]++;
                known++;
            }
        }
        return known == 0 ? Optional.empty() : Optional.of(of(rows, child, parent, counts, known));
    }

    /**
     * By category of the child the category of the parent that most of its rows have; without those whose rows do not
     * agree, and those without rows.
     *
     * @param counts the number of rows that have a category of the child, the first index, and one of the parent
     */
    public static Map<String, String> parentOf(Head child, Head parent, long[][] counts) {
        Map<String, String> parentOf = new HashMap<>();
        for (int finer = 0; finer < counts.length; finer++) {
            int of = largest(counts[finer]);
            long all = Arrays.stream(counts[finer]).sum();
            if (all > 0 && counts[finer][of] >= LEAST_AGREEING * all) { // not a category for all that is rare
                parentOf.put(child.category(finer), parent.category(of));
            }
        }
        return parentOf;
    }

    private static ParentHeads of(List<Labels> rows, Head child, Head parent, long[][] counts, int known) {
        Map<String, String> parentOf = parentOf(child, parent, counts);
        int[] most = new int[child.size()];
        int agreeing = 0;
        int loose = 0;
        for (int finer = 0; finer < most.length; finer++) {
            String of = parentOf.get(child.category(finer));
            int all = (int) Arrays.stream(counts[finer]).sum();
            most[finer] = of == null ? Labels.MISSING : parent.indexOf(of);
            if (of == null) {
                loose += all;
            } else {
                agreeing += all - 1; // the first row of a category has nothing to agree with
            }
        }
        List<Integer> breaking = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int finer = rows.get(row).index(child.name());
            int coarser = rows.get(row).index(parent.name());
            if (finer != Labels.MISSING
                    && coarser != Labels.MISSING
                    && most[finer] != Labels.MISSING
                    && coarser != most[finer]) {
                breaking.add(row);
            }
        }
        return new ParentHeads(
                child.name(),
                parent.name(),
                parentOf,
                known - loose,
                loose,
                breaking,
                Math.pow(alike(counts, known), agreeing));
    }

    private static int largest(long[] counts) {
        int largest = 0;
        for (int i = 1; i < counts.length; i++) {
            largest = counts[i] > counts[largest] ? i : largest;
        }
        return largest;
    }

    /** How often two rows at random have the same category of the parent. */
    private static double alike(long[][] counts, int known) {
        double alike = 0;
        for (int coarser = 0; coarser < counts[0].length; coarser++) {
            int column = coarser;
            double share = Arrays.stream(counts).mapToLong(row -> row[column]).sum() / (double) known;
            alike += share * share;
        }
        return alike;
    }

    private boolean isNoChance() {
        return loose <= MOST_LOOSE * (known + loose)
                && chance < LEAST_CHANCE
                && Set.copyOf(parentOf.values()).size() > 1; // what nearly all rows have is not determined by anything
    }

    /** Whether so few of the rows break it that it is taken for granted. */
    public boolean isCertain() {
        return breaking.size() <= MOST_BREAKING * known;
    }

    /** In a small table a slip or two are more than one of a hundred rows. */
    private boolean isNearlyCertain() {
        return breaking.size() <= MOST_SLIPS;
    }

    /** The heads with what was found; of two ways to other categories, the one that more rows show. */
    public static HeadSet with(HeadSet heads, List<ParentHeads> found) {
        HeadSet all = heads;
        for (ParentHeads each : found.stream()
                .sorted(Comparator.comparingInt(ParentHeads::known).reversed())
                .toList()) {
            try {
                all = all.withParent(each.child(), each.parent(), each.parentOf());
            } catch (IllegalArgumentException e) {
                continue; // slips in the rows let it contradict those before
            }
        }
        return all;
    }
}
