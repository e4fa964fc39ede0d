package io.github.multilabel.data.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the rows that must stay together: those connected by any grouping. */
final class Groups {

    private final int[] parent;

    private Groups(int rows) {
        parent = new int[rows];
        for (int row = 0; row < rows; row++) {
            parent[row] = row;
        }
    }

    /** Numbers the units from 0 in the order of their first rows. */
    static int[] unitOfRow(int rows, List<List<@Nullable String>> groupings) {
        Groups groups = new Groups(rows);
        for (List<@Nullable String> grouping : groupings) {
            groups.join(grouping);
        }
        int[] unitOfRow = new int[rows];
        int units = 0;
        for (int row = 0; row < rows; row++) {
            int first = groups.root(row);
            unitOfRow[row] = first == row ? units++ : unitOfRow[first];
        }
        return unitOfRow;
    }

    private void join(List<@Nullable String> grouping) {
        Map<String, Integer> firstRow = new HashMap<>();
        int row = 0;
        for (@Nullable String group : grouping) {
            if (group != null && !group.isBlank()) {
                Integer first = firstRow.putIfAbsent(group, row);
                if (first != null) {
                    union(first, row);
                }
            }
            row++;
        }
    }

    /** The smaller root stays, so that a root is always the first row of its unit. */
    private void union(int a, int b) {
        int rootA = root(a);
        int rootB = root(b);
        parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private int root(int row) {
        int at = row;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
