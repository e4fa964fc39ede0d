package io.github.multilabel.core;

import io.github.multilabel.core.internal.message.Excerpt;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which heads of a set determine others, category by category: the model of a car determines its brand, so
 * {@code brand} is a parent of {@code model}. A head may have several parents; the parents of its parents are its own
 * too. Only single-label heads have parents or are some. Made by {@link HeadSet#withParent}.
 *
 * <pre>{@code
 * Hierarchy known = table.heads().hierarchy();
 * known.parents("model");                    // [brand, type, year]
 * known.parentOf("model", "brand").get(17);  // the index of the brand of model 17
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Hierarchy {

    static final Hierarchy NONE = new Hierarchy(List.of());

    private final List<Link> links;

    /**
     * A head and one of its parents.
     *
     * @param child the name of the finer head
     * @param parent the name of the coarser head
     * @param parentOf for each category of the child the index of its category of the parent; {@link Labels#MISSING}
     *     where it is not known
     */
    public record Link(String child, String parent, List<Integer> parentOf) {

        /** Copies the list. */
        public Link {
            parentOf = List.copyOf(parentOf);
        }

        /**
         * The same by names, as {@link HeadSet#withParent} takes it: for each category of the child that of the parent,
         * without those where it is not known.
         *
         * @param heads with both
         * @throws IllegalArgumentException if a head is missing or the indices are not those of its categories
         */
        public Map<String, String> categories(HeadSet heads) {
            Head finer = heads.get(child);
            Head coarser = heads.get(parent);
            if (parentOf.size() != finer.size()) {
                throw new IllegalArgumentException("the hierarchy has " + parentOf.size() + " parents for the "
                        + finer.size() + " categories of head '" + Excerpt.of(child) + "'");
            }
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < parentOf.size(); i++) {
                if (parentOf.get(i) != Labels.MISSING) {
                    named.put(finer.category(i), coarser.category(parentOf.get(i)));
                }
            }
            return named;
        }

        /** Whether the labels of an image are known for both heads, and the parent's is not the one of the child's. */
        public boolean contradicts(Labels labels) {
            return contradicts(labels.index(child), labels.index(parent));
        }

        /**
         * The same for indices of categories.
         *
         * @param finer of the child, or {@link Labels#MISSING}
         * @param coarser of the parent, or {@link Labels#MISSING}
         */
        public boolean contradicts(int finer, int coarser) {
            return finer != Labels.MISSING
                    && coarser != Labels.MISSING
                    && parentOf.get(finer) != Labels.MISSING
                    && parentOf.get(finer) != coarser;
        }

        /** The link from the child to the parent of its parent. */
        private Link then(Link further) {
            return new Link(
                    child,
                    further.parent,
                    parentOf.stream()
                            .map(index -> index == Labels.MISSING ? index : further.parentOf.get(index))
                            .toList());
        }

        private boolean contradicts(Link other) {
            for (int i = 0; i < parentOf.size(); i++) {
                int mine = parentOf.get(i);
                int others = other.parentOf.get(i);
                if (mine != others && mine != Labels.MISSING && others != Labels.MISSING) {
                    return true;
                }
            }
            return false;
        }

        /** What either knows. */
        private Link and(Link other) {
            Integer[] all = parentOf.toArray(Integer[]::new);
            Arrays.setAll(all, i -> all[i] == Labels.MISSING ? other.parentOf.get(i) : all[i]);
            return new Link(child, parent, Arrays.asList(all));
        }
    }

    private Hierarchy(Collection<Link> links) {
        this.links = List.copyOf(links);
    }

    /** Whether no head has a parent. */
    public boolean isEmpty() {
        return links.isEmpty();
    }

    /** All heads with each of their parents, also those that follow from others. */
    public List<Link> links() {
        return links;
    }

    /** The heads that a head determines; empty if none. */
    public List<String> parents(String child) {
        return ofChild(child).map(Link::parent).toList();
    }

    /** The heads that have parents and are no parent themselves: the finest of each hierarchy. */
    public List<String> finest() {
        return links.stream()
                .map(Link::child)
                .distinct()
                .filter(head -> links.stream().noneMatch(link -> link.parent().equals(head)))
                .toList();
    }

    /**
     * For each category of a head the index of its category of a parent; {@link Labels#MISSING} where it is not known.
     *
     * @throws IllegalArgumentException if the one is no parent of the other
     */
    public List<Integer> parentOf(String child, String parent) {
        return ofChild(child)
                .filter(link -> link.parent().equals(parent))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("head '" + Excerpt.of(parent) + "' is no parent of '"
                        + Excerpt.of(child) + "'; its parents are " + Excerpt.of(parents(child))))
                .parentOf();
    }

    private Stream<Link> ofChild(String child) {
        return links.stream().filter(link -> link.child().equals(child));
    }

    /** The links whose heads are both among some. */
    Hierarchy among(List<String> heads) {
        return new Hierarchy(links.stream()
                .filter(link -> heads.contains(link.child()) && heads.contains(link.parent()))
                .toList());
    }

    /**
     * The same with another link, and all that follows from it.
     *
     * @throws IllegalArgumentException if a head would be its own parent, or two ways lead to different categories
     */
    Hierarchy with(Link added) {
        if (added.child().equals(added.parent()) || parents(added.parent()).contains(added.child())) {
            throw new IllegalArgumentException("head '" + Excerpt.of(added.parent()) + "' cannot be a parent of '"
                    + Excerpt.of(added.child()) + "': it would be its own parent");
        }
        Map<List<String>, Link> all = new LinkedHashMap<>();
        links.forEach(link -> put(all, link));
        put(all, added);
        List<Link> before;
        do {
            before = List.copyOf(all.values());
            for (Link first : before) {
                before.stream()
                        .filter(second -> second.child().equals(first.parent()))
                        .forEach(second -> put(all, first.then(second)));
            }
        } while (!before.equals(List.copyOf(all.values())));
        return new Hierarchy(all.values());
    }

    private static void put(Map<List<String>, Link> all, Link link) {
        all.merge(List.of(link.child(), link.parent()), link, (one, other) -> {
            if (one.contradicts(other)) {
                throw new IllegalArgumentException("two ways lead from head '" + Excerpt.of(link.child()) + "' to '"
                        + Excerpt.of(link.parent()) + "' and to different categories of it");
            }
            return one.and(other);
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hierarchy hierarchy && links.equals(hierarchy.links);
    }

    @Override
    public int hashCode() {
        return Objects.hash(links);
    }

    /** For example {@code model -> brand, type, year}. */
    @Override
    public String toString() {
        return String.join(
                "; ",
                links.stream()
                        .map(Link::child)
                        .distinct()
                        .map(child -> child + " -> " + String.join(", ", parents(child)))
                        .toList());
    }
}
