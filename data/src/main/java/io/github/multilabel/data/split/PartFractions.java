package io.github.multilabel.data.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How many rows each part should have: of all, and of one trait. */
final class PartFractions {

    private PartFractions() {}

    /**
     * The sizes of the parts: their ratios of the rows, rounded by the largest remainders so that they add up. No part
     * is empty as long as there are enough rows.
     */
    static int[] sizes(int rows, double[] ratios) {
        int[] sizes = new int[ratios.length];
        int given = 0;
        for (int part = 0; part < sizes.length; part++) {
            sizes[part] = (int) Math.floor(rows * ratios[part] + 1e-9); // 10 * 0.3 is 3, whatever it is in binary
            given += sizes[part];
        }
        int[] byRemainder = IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer part) -> sizes[part] - rows * ratios[part]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; given < rows; i++, given++) {
            sizes[byRemainder[i]]++;
        }
        for (int part = 0; part < sizes.length; part++) {
            int largest = largest(sizes);
            if (sizes[part] == 0 && sizes[largest] > 1) {
                sizes[part]++;
                sizes[largest]--;
            }
        }
        return sizes;
    }

    private static int largest(int[] sizes) {
        int largest = 0;
        for (int part = 1; part < sizes.length; part++) {
            largest = sizes[part] > sizes[largest] ? part : largest;
        }
        return largest;
    }

    /** The ratios of a number of rows. */
    static double[] exact(int total, double[] ratios) {
        return Arrays.stream(ratios).map(ratio -> total * ratio).toArray();
    }

    /**
     * How many of the rows of a trait each part should have. That is its ratio, but where rows are few each part wants
     * one before the largest gets a second, so that a category can be learned and measured; and a single row belongs to
     * the largest part, without which the category cannot be learned at all. Parts of equal ratio are folds, none of
     * which is larger.
     */
    static double[] desired(int total, double[] ratios) {
        double[] desired = new double[ratios.length];
        int main = 0;
        boolean equal = true;
        for (int part = 1; part < ratios.length; part++) {
            equal &= Math.abs(ratios[part] - ratios[0]) < 1e-9;
            main = ratios[part] > ratios[main] ? part : main;
        }
        double rest = total;
        for (int part = 0; part < ratios.length; part++) {
            double exact = total * ratios[part];
            double early = (total - 1) * ratios[part] / (1 - ratios[main]);
            desired[part] = !equal && total == 1 ? 0 : Math.max(exact, Math.min(1, early));
            rest -= part == main ? 0 : desired[part];
        }
        desired[main] = rest;
        return desired;
    }
}
