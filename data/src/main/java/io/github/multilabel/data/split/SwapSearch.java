package io.github.multilabel.data.split;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.data.internal.ProgressReports;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Improves a deal by swapping units of the same size between two parts, as long as that brings the parts nearer to what
 * they should have: to less of {@code sum((had - desired)^2 / desired)} over all traits and parts. The sizes of the
 * parts stay as they are.
 *
 * <p>First all traits, then those alone that are no pairs, which a swap for the sake of a pair may have made worse. The
 * work of both is bounded by the size of the table: with a thousand tags there are hundreds of thousands of pairs. Of
 * 100,000 rows with such tags, four times the work takes twice the time of the whole split, and leaves the statistic of
 * the pairs less by a thirtieth, and that of the tags, which is small, by a third.
 */
final class SwapSearch {

    private static final int PASSES = 20;
    /** Traits looked at for each trait of each unit, and for small tables in addition. */
    private static final int WORK = 5;

    private static final long LEAST_WORK = 10_000_000;
    private static final int TRIES = 100;
    private static final int TRIES_FOR_PAIR = 10;
    private static final double GAIN = 1e-9;

    private final RowGroups units;
    private final Assignment deal;
    private final SplittableRandom random;
    private final int[][] unitsOfTrait;
    private final int[][] unitsOfPart;
    private final int[] place;
    private long workLeft;

    private SwapSearch(RowGroups units, Assignment deal, SplittableRandom random) {
        this.units = units;
        this.deal = deal;
        this.random = random;
        unitsOfTrait = new int[units.traitCount()][];
        unitsOfPart = new int[deal.parts()][];
        place = new int[units.count()];
        index();
    }

    static void improve(RowGroups units, Assignment deal, SplittableRandom random, ProgressListener progress) {
        SwapSearch refinement = new SwapSearch(units, deal, random);
        refinement.improve(units.traitCount(), progress);
        refinement.improve(units.firstPair(), progress);
    }

    /** @param end the first of the traits that are left as they are */
    private void improve(int end, ProgressListener progress) {
        workLeft = LEAST_WORK;
        for (int[] having : unitsOfTrait) {
            workLeft += (long) WORK * having.length;
        }
        long work = workLeft;
        ProgressReports reports = new ProgressReports("spreading labels over the parts", work, progress);
        int pass = 0;
        while (pass < PASSES && pass(end, () -> reports.at(work - workLeft))) {
            pass++;
        }
        reports.end();
    }

    private void index() {
        int[] ofTrait = new int[unitsOfTrait.length];
        int[] ofPart = new int[unitsOfPart.length];
        for (int unit = 0; unit < units.count(); unit++) {
            for (int trait : units.traits(unit)) {
                ofTrait[trait]++;
            }
            ofPart[deal.part(unit)]++;
        }
        Arrays.setAll(unitsOfTrait, trait -> new int[ofTrait[trait]]);
        Arrays.setAll(unitsOfPart, part -> new int[ofPart[part]]);
        for (int unit = units.count() - 1; unit >= 0; unit--) {
            for (int trait : units.traits(unit)) {
                unitsOfTrait[trait][--ofTrait[trait]] = unit;
            }
            int part = deal.part(unit);
            place[unit] = --ofPart[part];
            unitsOfPart[part][place[unit]] = unit;
        }
    }

    private boolean pass(int end, Runnable report) {
        boolean improved = false;
        for (int trait = Strata.ROW + 1; trait < end && workLeft > 0; trait++) {
            if (unitsOfTrait[trait].length > 0) {
                report.run();
                while (workLeft > 0 && spread(trait)) {
                    improved = true;
                    report.run();
                }
            }
        }
        return improved && workLeft > 0;
    }

    /** Looks for a swap that takes some of a trait from the part with too much of it to the one with too little. */
    private boolean spread(int trait) {
        int from = 0;
        int to = 0;
        for (int part = 1; part < unitsOfPart.length; part++) {
            from = deal.excess(trait, part) > deal.excess(trait, from) ? part : from;
            to = deal.excess(trait, part) < deal.excess(trait, to) ? part : to;
        }
        if (deal.excess(trait, from) - deal.excess(trait, to) <= 1 + GAIN) {
            return false;
        }
        int[] having = unitsOfTrait[trait];
        int tries = units.isPair(trait) ? TRIES_FOR_PAIR : TRIES;
        for (int i = 0; i < tries; i++) {
            int unit = having[random.nextInt(having.length)];
            if (deal.part(unit) != from) {
                continue;
            }
            int other = unitsOfPart[to][random.nextInt(unitsOfPart[to].length)];
            if (units.size(unit) == units.size(other) && gain(unit, other) > GAIN) {
                swap(unit, other);
                return true;
            }
        }
        return false;
    }

    /** What a swap brings over the traits of both; those that they share count by their difference. */
    private double gain(int unit, int other) {
        int[] traits = units.traits(unit);
        int[] amounts = units.amounts(unit);
        int[] otherTraits = units.traits(other);
        int[] otherAmounts = units.amounts(other);
        workLeft -= traits.length + otherTraits.length;
        int from = deal.part(unit);
        int to = deal.part(other);
        double gain = 0;
        double otherGain = 0;
        int j = 0;
        for (int i = 0; i < traits.length; i++) {
            while (j < otherTraits.length && otherTraits[j] < traits[i]) {
                otherGain += gain(otherTraits[j], -otherAmounts[j], from, to);
                j++;
            }
            int shared = j < otherTraits.length && otherTraits[j] == traits[i] ? otherAmounts[j++] : 0;
            gain += gain(traits[i], amounts[i] - shared, from, to);
        }
        for (; j < otherTraits.length; j++) {
            otherGain += gain(otherTraits[j], -otherAmounts[j], from, to);
        }
        return gain + otherGain;
    }

    private double gain(int trait, int amount, int from, int to) {
        return amount == 0 ? 0 : -(deal.cost(trait, from, -amount) + deal.cost(trait, to, amount));
    }

    private void swap(int unit, int other) {
        int from = deal.part(unit);
        int to = deal.part(other);
        deal.move(unit, to);
        deal.move(other, from);
        unitsOfPart[from][place[unit]] = other;
        unitsOfPart[to][place[other]] = unit;
        int kept = place[unit];
        place[unit] = place[other];
        place[other] = kept;
    }
}
