package io.github.multilabel.data.table;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.check.ParentHeads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which heads of a table determine others: as the user says, as existing heads know, or as the rows show.
 *
 * @param given by the name of the finer head those of its parents
 * @param isSearched whether the rows are asked about other heads, and what existing heads know is taken
 * @param existing heads whose categories and parents are taken
 * @param isWhole whether the table has all of these and no others
 */
record TableParents(Map<String, List<String>> given, boolean isSearched, Optional<HeadSet> existing, boolean isWhole) {

    /**
     * The heads that the table is to have, with their parents.
     *
     * @param heads those of its columns
     * @param rows of which heads are learned
     * @param nearly takes what the rows would show but for a few of them
     * @throws IllegalArgumentException if a parent that the user names is no head, or the rows do not show its
     *     categories
     */
    HeadSet of(HeadSet heads, List<Labels> rows, Consumer<ParentHeads> nearly) {
        if (existing.isPresent() && isWhole) {
            return existing.get();
        }
        HeadSet known = existing.filter(model -> isSearched)
                .map(model -> parentsOf(model, heads))
                .orElse(heads);
        for (Map.Entry<String, List<String>> child : given.entrySet()) {
            for (String parent : child.getValue()) {
                ParentHeads said = said(heads, rows, child.getKey(), parent);
                known = with(known, said);
            }
        }
        if (isSearched && given.isEmpty() && existing.isEmpty()) {
            List<ParentHeads> found = ParentHeads.find(rows);
            found.stream().filter(each -> !each.isCertain()).forEach(nearly);
            known = ParentHeads.with(
                    known, found.stream().filter(ParentHeads::isCertain).toList());
        }
        return known;
    }

    private static HeadSet with(HeadSet known, ParentHeads said) {
        try {
            return known.withParent(said.child(), said.parent(), said.parentOf());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "optParents(\"" + said.child() + "\", \"" + said.parent() + "\"): " + e.getMessage(), e);
        }
    }

    private static ParentHeads said(HeadSet heads, List<Labels> rows, String child, String parent) {
        for (String name : List.of(child, parent)) {
            if (!heads.names().contains(name)) {
                throw new IllegalArgumentException("optParents(\"" + child + "\", \"" + parent + "\"): no head '" + name
                        + "'; " + NearMatches.thereAre(name, heads.names()));
            }
        }
        return found(rows, heads, child, parent)
                .orElseThrow(() -> new IllegalArgumentException("optParents(\"" + child + "\", \"" + parent
                        + "\"): no category of '" + child + "' has one of '" + parent
                        + "' in the training rows: "
                        + (found(rows, heads, parent, child).isPresent()
                                ? "it is the other way round, '" + parent + "' determines '" + child + "'"
                                : "both need one category for each image, and rows that have both")));
    }

    private static Optional<ParentHeads> found(List<Labels> rows, HeadSet heads, String child, String parent) {
        return ParentHeads.of(rows, heads.get(child), heads.get(parent))
                .filter(found -> !found.parentOf().isEmpty());
    }

    /** Those of heads with the same names; categories that came later have no parents. */
    private static HeadSet parentsOf(HeadSet model, HeadSet heads) {
        HeadSet known = heads;
        for (Hierarchy.Link link : model.hierarchy().links()) {
            if (heads.names().contains(link.child()) && heads.names().contains(link.parent())) {
                known = known.withParent(link.child(), link.parent(), link.categories(model));
            }
        }
        return known;
    }
}
