package io.github.multilabel.core;

import io.github.multilabel.core.internal.message.Given;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The labels of one image: for each head its category, its set of categories, or a missing label. Missing labels are
 * allowed, and add nothing to losses and metrics. Immutable.
 *
 * <pre>{@code
 * Labels labels = Labels.builder(heads).set("brand", "Audi").build(); // type and year are missing
 * }</pre>
 */
public final class Labels {

    /** Stands for a missing label, in {@link #index} and in the label arrays of a {@link MultiLabelBatch}. */
    public static final int MISSING = -1;

    private final HeadSet heads;
    /** The sorted indices of the categories, per head; null where the label is missing. */
    private final int[][] indices;

    private Labels(HeadSet heads, int[][] indices) {
        this.heads = heads;
        this.indices = indices;
    }

    /** Starts with every label missing. */
    public static Builder builder(HeadSet heads) {
        return new Builder(Given.require(
                heads, "heads", "e.g. table.heads() or HeadSet.of(Head.singleLabel(\"type\", \"Coupe\", \"SUV\"))"));
    }

    /** Returns labels that are all missing. */
    public static Labels missing(HeadSet heads) {
        return builder(heads).build();
    }

    /**
     * Returns these labels for other heads, for example those of a model. Heads of the same name keep their label, the
     * labels of all others are missing.
     *
     * @throws IllegalArgumentException if a head of the same name has not the category of its label
     */
    public Labels forHeads(HeadSet others) {
        if (others.equals(heads)) {
            return this;
        }
        Builder found = builder(others);
        for (String head : others.names()) {
            if (heads.names().contains(head) && !isMissing(head)) {
                found.set(head, categories(head));
            }
        }
        return found.build();
    }

    /**
     * Returns these labels with those that follow from the {@link HeadSet#hierarchy}: where the label of a parent is
     * missing, it is the one that a finer label has. A label that is known stays, also one that contradicts.
     */
    public Labels completed() {
        if (heads.hierarchy().isEmpty()) {
            return this;
        }
        int[][] completed = indices.clone();
        for (Hierarchy.Link link : heads.hierarchy().links()) {
            int[] finer = indices[heads.indexOf(link.child())];
            int parent = heads.indexOf(link.parent());
            int determined = finer == null ? MISSING : link.parentOf().get(finer[0]);
            if (completed[parent] == null && determined != MISSING) {
                completed[parent] = heads.single(parent, determined);
            }
        }
        return new Labels(heads, completed);
    }

    /** The heads of these labels. */
    public HeadSet heads() {
        return heads;
    }

    /** Returns whether the label of a head is missing. */
    public boolean isMissing(String head) {
        return indices[heads.indexOf(head)] == null;
    }

    /**
     * The index of the category of a single-label head, or {@link #MISSING}.
     *
     * @throws IllegalArgumentException for a multi-label head; use {@link #indices}
     */
    public int index(String head) {
        if (heads.get(head).kind() != Head.Kind.SINGLE_LABEL) {
            throw new IllegalArgumentException("head '" + head + "' is MULTI_LABEL: ask for indices(\"" + head + "\")");
        }
        int[] known = indices[heads.indexOf(head)];
        return known == null ? MISSING : known[0];
    }

    /**
     * The indices of the categories that apply, ascending; empty if none applies.
     *
     * @throws IllegalStateException if the label is missing; check {@link #isMissing} first
     */
    public List<Integer> indices(String head) {
        int[] known = indices[heads.indexOf(head)];
        if (known == null) {
            throw new IllegalStateException("the label of head '" + head + "' is missing");
        }
        return Arrays.stream(known).boxed().toList();
    }

    /** The names of the categories that apply; empty if none applies or the label is missing. */
    public List<String> categories(String head) {
        int[] known = indices[heads.indexOf(head)];
        return known == null
                ? List.of()
                : Arrays.stream(known).mapToObj(heads.get(head)::category).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Head head : heads) {
            text.append(text.isEmpty() ? "" : ", ").append(head.name()).append('=');
            if (isMissing(head.name())) {
                text.append('?');
            } else {
                text.append(String.join("|", categories(head.name())));
            }
        }
        return text.toString();
    }

    /** Collects the labels of one image. */
    public static final class Builder {

        private static final String LEAVE_OUT =
                "a category of the head, or do not set the head: its label is then missing";

        private final HeadSet heads;
        private final int[][] indices;

        private Builder(HeadSet heads) {
            this.heads = heads;
            this.indices = new int[heads.size()][];
        }

        /**
         * Sets the category of a head by name.
         *
         * @throws IllegalArgumentException if the head or the category is unknown
         */
        public Builder set(String head, String category) {
            return set(head, List.of(Given.require(category, "category", LEAVE_OUT)));
        }

        /**
         * Sets the categories of a head by name; an empty collection means that none applies, which is not a missing
         * label.
         *
         * @throws IllegalArgumentException if the head or a category is unknown, or a single-label head is not given
         *     exactly one
         */
        public Builder set(String head, Collection<String> categories) {
            int asked = heads.indexOf(head);
            Given.require(categories, "categories", LEAVE_OUT);
            return setIndices(
                    asked,
                    categories.stream()
                            .mapToInt(category -> heads.indexOf(asked, category))
                            .toArray());
        }

        /**
         * Sets the category of a head by index; {@link #MISSING} leaves it missing.
         *
         * @throws IllegalArgumentException if the head is unknown or the index is neither a category nor
         *     {@code MISSING}
         */
        public Builder setIndex(String head, int index) {
            int asked = heads.indexOf(head);
            if (index == MISSING) {
                indices[asked] = null;
                return this;
            }
            heads.get(asked).category(index); // throws if there is none
            return setIndices(asked, index);
        }

        private Builder setIndices(int position, int... given) {
            Head head = heads.get(position);
            if (head.kind() == Head.Kind.SINGLE_LABEL && given.length != 1) {
                throw new IllegalArgumentException(
                        "head '" + head.name() + "' is SINGLE_LABEL and needs exactly one category, got "
                                + Arrays.stream(given).mapToObj(head::category).toList());
            }
            indices[position] = given.length == 1
                    ? heads.single(position, given[0])
                    : Arrays.stream(given).sorted().distinct().toArray();
            return this;
        }

        /** Returns the labels as set so far; heads that were not set are missing. */
        public Labels build() {
            return new Labels(heads, indices.clone());
        }
    }
}
