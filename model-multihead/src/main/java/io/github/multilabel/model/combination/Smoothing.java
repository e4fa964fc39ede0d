package io.github.multilabel.model.combination;

import java.util.stream.IntStream;

/**
 * How a table of counts is made probabilities: that of a cell is {@code (n + a q) / (N + a)}, where {@code n} of the
 * {@code N} rows are in the cell, and {@code q} is its probability as it would be guessed without the table: of a
 * category the same for all, of several categories the product of their own probabilities. So nothing is impossible
 * because it was not seen, and what was not seen is told apart by what is known of its parts.
 *
 * <p>{@code a} is such that the part {@code a / (N + a)} which is left to the guess is the share of further rows that
 * will be new to the table: by Good and Turing the share of rows that are alone in their cell, here with one row more
 * of each kind, {@code (alone + 1) / (N + 2)}, so that a few rows prove nothing; and {@code a} is at least 1. A table
 * in which each cell has many rows keeps its counts, one with a row in each is worth almost nothing.
 *
 * @param weight {@code a}
 * @param rows {@code N}
 */
record Smoothing(double weight, long rows) {

    /** Of the cells of a table; those without a row may be left out. */
    static Smoothing of(int[] counts) {
        long rows = IntStream.of(counts).asLongStream().sum();
        long alone = IntStream.of(counts).filter(count -> count == 1).count();
        return new Smoothing(Math.max(1, (double) rows * (alone + 1) / (rows + 1 - alone)), rows);
    }

    /** The probabilities of the categories of a head. */
    static double[] probabilities(int[] counts) {
        Smoothing smoothing = of(counts);
        return IntStream.of(counts)
                .mapToDouble(count -> (count + smoothing.weight / counts.length) / (smoothing.rows + smoothing.weight))
                .toArray();
    }

    /**
     * The logarithm of {@code n + a q}.
     *
     * @param count {@code n}
     * @param logGuess the logarithm of {@code q}, which may be too small for a number
     */
    double log(int count, double logGuess) {
        return count == 0 ? Math.log(weight) + logGuess : Math.log(count + weight * Math.exp(logGuess));
    }

    /**
     * What the table is worth for the rows of a cell: how much more probable it makes each of them than the guess does,
     * as logarithm, when that row is left out of the table.
     */
    double gain(int count, double logGuess) {
        return count * (log(count - 1, logGuess) - Math.log(rows - 1 + weight) - logGuess);
    }
}
