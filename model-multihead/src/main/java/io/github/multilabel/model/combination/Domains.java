package io.github.multilabel.model.combination;

import java.util.Arrays;

/** Which categories of each head may still be answered. Copies share what neither of them changes. */
final class Domains {

    private final boolean[][] open;
    private final int[] sizes;
    /** Whether the array of a head is of this copy alone. */
    private final boolean[] own;

    private Domains(boolean[][] open, int[] sizes) {
        this.open = open;
        this.sizes = sizes;
        own = new boolean[sizes.length];
    }

    /** All categories of heads of these sizes. */
    static Domains all(int[] sizes) {
        boolean[][] open = new boolean[sizes.length][];
        for (int head = 0; head < sizes.length; head++) {
            open[head] = new boolean[sizes[head]];
            Arrays.fill(open[head], true);
        }
        return new Domains(open, sizes.clone());
    }

    /** From now on both clone what they change, so threads may copy the same domains if nobody changes those. */
    Domains copy() {
        Arrays.fill(own, false);
        return new Domains(open.clone(), sizes.clone());
    }

    boolean has(int head, int category) {
        return open[head][category];
    }

    boolean hasOnly(int head, int category) {
        return sizes[head] == 1 && open[head][category];
    }

    /** Whether a head has no category left. */
    boolean isEmpty() {
        return Arrays.stream(sizes).anyMatch(size -> size == 0);
    }

    /** Returns whether it was there. */
    boolean remove(int head, int category) {
        if (!open[head][category]) {
            return false;
        }
        if (!own[head]) {
            open[head] = open[head].clone();
            own[head] = true;
        }
        open[head][category] = false;
        sizes[head]--;
        return true;
    }

    void keepOnly(int head, int category) {
        for (int other = 0; other < open[head].length; other++) {
            if (other != category) {
                remove(head, other);
            }
        }
    }
}
