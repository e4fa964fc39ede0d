package io.github.multilabel.core;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The heads of a model or a data set, in a fixed order. Data sets, models, saved models and evaluations all have one,
 * and {@link #requireSame} compares them wherever they are used together.
 *
 * <p>Immutable; threads may share it.
 */
public final class HeadSet implements Iterable<Head> {

    private static final String WANTED = "e.g. Head.singleLabel(\"type\", \"Coupe\", \"SUV\")";

    private final List<Head> heads;
    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();
    /** The index of each category, per head. */
    private final List<Map<String, Integer>> indices = new ArrayList<>();
    /** Per head and category the array of that index alone, which all images of the category share. */
    private final int[][][] single;

    private final Hierarchy hierarchy;

    private HeadSet(List<Head> heads, Hierarchy hierarchy) {
        this.heads = heads;
        this.hierarchy = hierarchy;
        names = names(heads);
        single = new int[heads.size()][][];
        for (int i = 0; i < heads.size(); i++) {
            positions.put(names.get(i), i);
            Map<String, Integer> found = new HashMap<>();
            heads.get(i).categories().forEach(category -> found.put(category, found.size()));
            indices.add(found);
            single[i] = IntStream.range(0, heads.get(i).size())
                    .mapToObj(index -> new int[] {index})
                    .toArray(int[][]::new);
        }
    }

    /** Returns the heads in the given order; see {@link #of(List)}. */
    public static HeadSet of(Head... heads) {
        return of(Arrays.asList(Given.require(heads, "heads", WANTED)));
    }

    /**
     * Returns the heads in the given order.
     *
     * @throws IllegalArgumentException if there are none, or two with the same name
     */
    public static HeadSet of(List<Head> heads) {
        Given.require(heads, "heads", WANTED);
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("no heads given; a model needs at least one head, " + WANTED);
        }
        Set<String> seen = new HashSet<>();
        for (Head head : heads) {
            if (!seen.add(Given.require(head, "heads", WANTED).name())) {
                throw new IllegalArgumentException("two heads are named '" + Excerpt.of(head.name()) + "' in "
                        + Excerpt.of(names(heads)) + "; give each its own name");
            }
        }
        return new HeadSet(List.copyOf(heads), Hierarchy.NONE);
    }

    /**
     * Returns the same heads, one of which determines another: a category of the child is of one category of the
     * parent, as each model of a car is of one brand.
     *
     * @param child the name of the finer head
     * @param parent the name of the coarser head
     * @param parentOf by category of the child its category of the parent; categories of the child may be left out if
     *     theirs is not known
     * @throws IllegalArgumentException if a head or category is unknown, a head is multi-label or would be its own
     *     parent, or another parent leads to other categories
     */
    public HeadSet withParent(String child, String parent, Map<String, String> parentOf) {
        Head finer = singleLabel(child);
        Head coarser = singleLabel(parent);
        Given.require(parentOf, "parentOf", "by category of '" + child + "' the category of '" + parent + "'");
        Integer[] indices = new Integer[finer.size()];
        Arrays.fill(indices, Labels.MISSING);
        parentOf.forEach((category, of) -> indices[finer.indexOf(category)] = coarser.indexOf(of));
        return new HeadSet(heads, hierarchy.with(new Hierarchy.Link(child, parent, Arrays.asList(indices))));
    }

    private Head singleLabel(String name) {
        Head head = get(name);
        if (head.kind() != Head.Kind.SINGLE_LABEL) {
            throw new IllegalArgumentException("head '" + Excerpt.of(name) + "' is " + head.kind()
                    + ": only a head with one category for an image determines others or is determined");
        }
        return head;
    }

    /** Which heads determine others; empty unless {@link #withParent} said so. */
    public Hierarchy hierarchy() {
        return hierarchy;
    }

    private static List<String> names(List<Head> heads) {
        return heads.stream().map(Head::name).toList();
    }

    /** The names in order. */
    public List<String> names() {
        return names;
    }

    /** The number of heads. */
    public int size() {
        return heads.size();
    }

    /** The head at a position in [0, size). */
    public Head get(int index) {
        return heads.get(index);
    }

    /**
     * Returns the head with a name.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public Head get(String name) {
        return heads.get(indexOf(name));
    }

    /**
     * Returns the position of the head with a name.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public int indexOf(String name) {
        Integer index = positions.get(name);
        if (index == null) {
            throw new IllegalArgumentException(
                    "no head '" + Excerpt.of(name) + "'; " + NearMatches.thereAre(name, names));
        }
        return index;
    }

    /** Returns the index of a category of the head at a position, as {@link Head#indexOf} does, in constant time. */
    int indexOf(int head, String category) {
        Integer index = indices.get(head).get(category);
        return index == null ? heads.get(head).indexOf(category) : index; // which says what is wrong
    }

    /** One category of the head at a position, as an array that must not be changed. */
    int[] single(int head, int category) {
        return single[head][category];
    }

    /** Returns the heads with the given names, in the order of the names, and what they determine of each other. */
    public HeadSet select(List<String> names) {
        return new HeadSet(of(names.stream().map(this::get).toList()).heads, hierarchy.among(names));
    }

    /** The number of categories of all heads together: the width of the matrix that computes all logits. */
    public int totalCategories() {
        return heads.stream().mapToInt(Head::size).sum();
    }

    /**
     * Checks that another set has the same heads, with the same categories, in the same order. What they determine of
     * each other may differ: a model knows it, and data need not.
     *
     * @param actual the other set
     * @throws IllegalArgumentException naming both sets, or the first head that differs
     */
    public void requireSame(HeadSet actual) {
        Given.require(actual, "actual", "the other heads");
        if (!names.equals(actual.names)) {
            throw new IllegalArgumentException(
                    "expected heads " + Excerpt.of(names) + ", got " + Excerpt.of(actual.names));
        }
        for (int i = 0; i < heads.size(); i++) {
            Head mine = heads.get(i);
            Head other = actual.heads.get(i);
            if (mine.kind() != other.kind()) {
                throw new IllegalArgumentException("head '" + Excerpt.of(mine.name()) + "': expected kind "
                        + mine.kind() + ", got " + other.kind());
            }
            if (!mine.categories().equals(other.categories())) {
                List<String> missing = new ArrayList<>(mine.categories());
                missing.removeAll(other.categories());
                List<String> unknown = new ArrayList<>(other.categories());
                unknown.removeAll(mine.categories());
                throw new IllegalArgumentException("head '" + Excerpt.of(mine.name()) + "': expected " + mine.size()
                        + " categories, got " + other.size()
                        + (missing.isEmpty() && unknown.isEmpty()
                                ? " in another order: expected " + Excerpt.of(mine.categories()) + ", got "
                                        + Excerpt.of(other.categories())
                                : "; missing " + Excerpt.of(missing) + ", unknown " + Excerpt.of(unknown)));
            }
        }
    }

    /** The heads in order. */
    public Stream<Head> stream() {
        return heads.stream();
    }

    @Override
    public Iterator<Head> iterator() {
        return heads.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadSet set && heads.equals(set.heads) && hierarchy.equals(set.hierarchy);
    }

    @Override
    public int hashCode() {
        return 31 * heads.hashCode() + hierarchy.hashCode();
    }

    @Override
    public String toString() {
        return heads.toString();
    }
}
