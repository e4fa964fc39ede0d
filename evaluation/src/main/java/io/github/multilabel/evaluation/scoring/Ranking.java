package io.github.multilabel.evaluation.scoring;

/**
 * The images of one category, the most probable first, with the average precision and the area under the ROC curve
 * under any weights, and how much each image adds to them.
 */
final class Ranking {

    /** A radix sort, which is several times as fast as one by comparison. */
    private static final int BITS = 11;

    private static final int PASSES = (Integer.SIZE + BITS - 1) / BITS;
    private static final int MASK = (1 << BITS) - 1;

    /** The most probable first: whose it is, unit times 2, and 1 if the category is right. */
    private final int[] entries;
    /** Whether the next in the order, if there is one, is less probable. */
    private final boolean[] isLast;

    private Ranking(int[] entries, boolean[] isLast) {
        this.entries = entries;
        this.isLast = isLast;
    }

    /** Room for the sorting of many categories, one after the other. For one thread. */
    static final class Sorter {

        private final long[] keys;
        private final long[] other;
        private int size;

        Sorter(int most) {
            keys = new long[most];
            other = new long[most];
        }

        void add(float score, int unit, boolean isRight) {
            int bits = Float.floatToIntBits(score + 0f); // -0 and 0 are equal
            int ascending = bits ^ (bits >> 31 | Integer.MIN_VALUE);
            keys[size++] = (long) ~ascending << Integer.SIZE | (unit << 1 | (isRight ? 1 : 0));
        }

        /** The ranking of what was added; empties this. */
        Ranking ranking() {
            long[] from = keys;
            long[] to = other;
            int[][] starts = starts();
            for (int pass = 0; pass < PASSES; pass++) {
                pass(from, to, Integer.SIZE + pass * BITS, starts[pass]);
                long[] filled = to;
                to = from;
                from = filled;
            }
            int[] entries = new int[size];
            boolean[] isLast = new boolean[size];
            for (int i = 0; i < size; i++) {
                entries[i] = (int) from[i];
                isLast[i] = i + 1 == size || from[i] >>> Integer.SIZE != from[i + 1] >>> Integer.SIZE;
            }
            size = 0;
            return new Ranking(entries, isLast);
        }

        private int[][] starts() {
            int[][] starts = new int[PASSES][MASK + 2];
            for (int i = 0; i < size; i++) {
                int high = (int) (keys[i] >>> Integer.SIZE);
                for (int pass = 0; pass < PASSES; pass++) {
                    starts[pass][(high >>> pass * BITS & MASK) + 1]++;
                }
            }
            for (int[] ofPass : starts) {
                for (int digit = 0; digit <= MASK; digit++) {
                    ofPass[digit + 1] += ofPass[digit];
                }
            }
            return starts;
        }

        private void pass(long[] from, long[] to, int shift, int... starts) {
            for (int i = 0; i < size; i++) {
                long key = from[i];
                to[starts[(int) (key >>> shift) & MASK]++] = key;
            }
        }
    }

    /**
     * The average precision, the sum over thresholds of precision times the growth of recall, and the area under the
     * ROC curve, in which equal scores count half; both NaN where they are undefined.
     */
    RankMetrics under(int... weights) {
        long right = 0;
        long all = 0;
        double precisions = 0;
        double pairs = 0;
        long groupRight = 0;
        long group = 0;
        for (int i = 0; i < entries.length; i++) {
            int weight = weights[entries[i] >>> 1];
            group += weight;
            groupRight += (long) weight * (entries[i] & 1);
            if (!isLast[i]) {
                continue;
            }
            all += group;
            if (groupRight == 0) {
                pairs += group * right;
            } else {
                pairs += (group - groupRight) * (right + groupRight / 2.0);
                right += groupRight;
                precisions += groupRight * ((double) right / all);
                groupRight = 0;
            }
            group = 0;
        }
        return new RankMetrics(precisions / right, pairs / ((double) right * (all - right))); // 0 / 0 is undefined
    }

    /**
     * Adds the derivatives of both numbers by the weight of each unit, at weights of 1: what a unit more of it would
     * change.
     *
     * @param rank the numbers at weights of 1
     */
    void addInfluence(RankMetrics rank, double[] precision, double[] area) {
        int n = entries.length;
        double right = 0;
        for (int entry : entries) {
            right += entry & 1;
        }
        double wrong = n - right;
        if (right == 0) {
            return;
        }
        double averagePrecision = rank.averagePrecision();
        double auroc = wrong == 0 ? 0 : rank.auroc(); // without wrong ones it is undefined
        double ofRight = 1 / right;
        double ofPair = wrong == 0 ? 0 : ofRight / wrong;
        double above = right; // right ones among the first, with those of the tie
        int end = n;
        double byAll = 0;
        double byRight = 0;
        while (end > 0) {
            int start = end - 1;
            while (start > 0 && !isLast[start - 1]) {
                start--;
            }
            double tied = 0;
            for (int i = start; i < end; i++) {
                tied += entries[i] & 1;
            }
            if (tied > 0) {
                byRight += tied / end;
                byAll += tied * above / ((double) end * end);
            }
            double below = wrong - (end - above); // wrong ones after the tie
            double tiedWrong = end - start - tied;
            double wrongPrecision = -byAll * ofRight;
            double wrongArea = (above - tied / 2 - auroc * right) * ofPair;
            for (int i = start; i < end; i++) {
                int unit = entries[i] >>> 1;
                if ((entries[i] & 1) == 0) {
                    precision[unit] += wrongPrecision;
                    area[unit] += wrongArea;
                } else {
                    precision[unit] += (above / end - averagePrecision + byRight - byAll) * ofRight;
                    area[unit] += (below + tiedWrong / 2 - auroc * wrong) * ofPair;
                }
            }
            above -= tied;
            end = start;
        }
    }
}
