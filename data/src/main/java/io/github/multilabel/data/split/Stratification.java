package io.github.multilabel.data.split;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.data.internal.ProgressReports;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Deals units out so that each part gets its fraction of every trait: iterative stratification (Sechidis, Tsoumakas and
 * Vlahavas 2011) with two changes. Whole groups take the place of rows: the unit that holds most of any one trait comes
 * first, which for single rows is the one with the rarest trait. And a unit goes where all of its traits together lack
 * most, not only the rarest.
 *
 * <p>What a part lacks is measured by Pearson's statistic: with {@code h} of a trait where {@code d} are desired, a
 * unit with {@code a} more costs {@code a (a + 2 (h - d)) / d}. For one trait this is the method of Sainte-Laguë, which
 * keeps the fractions right after every row and not only at the end.
 */
final class Stratification {

    private final RowGroups units;
    private final Assignment deal;

    private Stratification(RowGroups units, Assignment deal) {
        this.units = units;
        this.deal = deal;
    }

    /** The part of each unit. */
    static int[] of(RowGroups units, double[] ratios, long seed, ProgressListener progress) {
        SplittableRandom random = new SplittableRandom(seed);
        Assignment deal = new Assignment(units, ratios);
        Stratification stratification = new Stratification(units, deal);
        ProgressReports reports = new ProgressReports("splitting rows", units.count(), progress);
        int left = units.count();
        for (int unit : stratification.order(random)) {
            boolean filling = left-- == deal.emptyParts(); // groups may be larger than a part: it gets a whole one
            deal.move(unit, stratification.best(unit, filling));
            reports.at(units.count() - left);
        }
        reports.end();
        SwapSearch.improve(units, deal, random, progress);
        return deal.partOfUnit();
    }

    /** The largest fraction of any trait first; at random among equals. */
    private int[] order(SplittableRandom random) {
        Integer[] order = IntStream.range(0, units.count()).boxed().toArray(Integer[]::new);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        double[] fraction = IntStream.range(0, units.count())
                .mapToDouble(this::largestShare)
                .toArray();
        Arrays.sort(order, Comparator.comparingDouble((Integer unit) -> -fraction[unit]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private double largestShare(int unit) {
        int[] traits = units.traits(unit);
        int[] amounts = units.amounts(unit);
        double largest = 0;
        for (int i = 0; i < traits.length && !units.isPair(traits[i]); i++) {
            largest = Math.max(largest, (double) amounts[i] / units.total(traits[i]));
        }
        return largest;
    }

    /** @param filling whether only parts that are still empty come into question */
    private int best(int unit, boolean filling) {
        int best = -1;
        for (int part = 0; part < deal.parts(); part++) {
            if (filling && !deal.isEmpty(part)) {
                continue;
            }
            boolean room = deal.hasRoom(part, unit);
            if (best < 0 || (room == deal.hasRoom(best, unit) ? cost(unit, part) < cost(unit, best) : room)) {
                best = part;
            }
        }
        return best;
    }

    private double cost(int unit, int part) {
        int[] traits = units.traits(unit);
        int[] amounts = units.amounts(unit);
        double cost = 0;
        for (int i = 0; i < traits.length; i++) {
            cost += deal.cost(traits[i], part, amounts[i]);
        }
        return cost;
    }
}
