package io.github.multilabel.spark.internal.training;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The heads of a training, which columns hold their labels, and labels in few bytes.
 *
 * @param names of the heads, which are those of the columns
 * @param categories of each head
 * @param tags whether a head has any number of categories per image: its column is an array
 * @param parents which heads determine others
 */
public record LabelHeads(
        List<String> names, List<List<String>> categories, List<Boolean> tags, List<Determined> parents)
        implements Serializable {

    /**
     * A head that another one determines.
     *
     * @param parentOf by category of the child its category of the parent
     */
    public record Determined(String child, String parent, Map<String, String> parentOf) implements Serializable {

        /** Copies the map, in the order of its categories: two of the same rows are written alike. */
        public Determined {
            parentOf = Collections.unmodifiableMap(new TreeMap<>(parentOf));
        }
    }

    /** Copies the lists. */
    public LabelHeads {
        names = List.copyOf(names);
        categories = categories.stream().map(List::copyOf).toList();
        tags = List.copyOf(tags);
        parents = List.copyOf(parents);
    }

    /**
     * The same as words of the library.
     *
     * @throws IllegalArgumentException if a head has too few categories, or one twice, or one with tags determines
     *     another
     */
    public HeadSet heads() {
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            heads.add(
                    tags.get(i)
                            ? Head.multiLabel(names.get(i), categories.get(i))
                            : Head.singleLabel(names.get(i), categories.get(i)));
        }
        HeadSet known = HeadSet.of(heads);
        for (Determined each : parents) {
            known = known.withParent(each.child, each.parent, each.parentOf);
        }
        return known;
    }

    /**
     * Reads the labels of a row; null is a missing label.
     *
     * @param first the column of the first head; the others follow
     */
    Labels labels(HeadSet heads, Row row, int first) {
        Labels.Builder labels = Labels.builder(heads);
        for (int i = 0; i < names.size(); i++) {
            if (row.isNullAt(first + i)) {
                continue;
            }
            if (tags.get(i)) {
                List<String> all = row.getList(first + i);
                labels.set(names.get(i), all);
            } else {
                labels.set(names.get(i), row.getString(first + i));
            }
        }
        return labels.build();
    }

    /** Writes labels as {@link #read} reads them. */
    void write(Labels labels, DataOutputStream out) throws IOException {
        for (int i = 0; i < names.size(); i++) {
            String head = names.get(i);
            if (!tags.get(i)) {
                out.writeInt(labels.index(head));
            } else if (labels.isMissing(head)) {
                out.writeInt(Labels.MISSING);
            } else {
                List<Integer> all = labels.indices(head);
                out.writeInt(all.size());
                for (int index : all) {
                    out.writeInt(index);
                }
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    Labels read(HeadSet heads, DataInputStream in) throws IOException {
        Labels.Builder labels = Labels.builder(heads);
        for (int i = 0; i < names.size(); i++) {
            int first = in.readInt();
            if (!tags.get(i)) {
                labels.setIndex(names.get(i), first);
            } else if (first != Labels.MISSING) {
                List<String> all = new ArrayList<>(first);
                for (int k = 0; k < first; k++) {
                    all.add(heads.get(names.get(i)).category(in.readInt()));
                }
                labels.set(names.get(i), all);
            }
        }
        return labels.build();
    }
}
