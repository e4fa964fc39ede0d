package io.github.multilabel.cars;

import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.Split;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of the builder that select photos and heads. */
final class CarQuery {

    /** Brands are kept by their fraction of the whole data set. */
    static final int ALL_PHOTOS = 16_185;

    static final List<String> OFFERED = List.of(CarHeads.BRAND, CarHeads.TYPE, CarHeads.YEAR, CarHeads.MODEL);

    Set<Split> splits = Set.of(Split.TRAIN);
    double from;
    double to = 1;
    int limit = Integer.MAX_VALUE;
    List<String> heads = List.of(CarHeads.BRAND, CarHeads.TYPE, CarHeads.YEAR);
    /** The brands to keep; empty for the frequent ones. */
    Optional<List<String>> brands = Optional.empty();

    int batchSize = 32;
    int brandThreshold = 1_000;
    VehicleTypeRule types = VehicleTypeRule.byBody();
    boolean skipMissing;

    /** Adds what is wrong in itself, whatever the data. */
    void check(Problems problems) {
        problems.require(!splits.isEmpty(), "optSplit", "", "name at least one of TRAIN, VALIDATION and TEST")
                .require(batchSize >= 1, "optBatchSize", batchSize, "at least 1 image per batch")
                .require(
                        from >= 0 && from < to && to <= 1, "optFraction", from + ", " + to, "needs 0 <= from < to <= 1")
                .require(limit >= 1, "optLimit", limit, "at least 1 photo");
        if (heads.isEmpty()) {
            problems.add("optHeads(): at least one of " + OFFERED);
        }
        for (String head : heads) {
            if (!OFFERED.contains(head)) {
                problems.add("optHeads", "no head '" + head + "'; " + NearMatches.thereAre(head, OFFERED));
            }
        }
        if (new HashSet<>(heads).size() < heads.size()) {
            problems.add("optHeads", "a head appears twice in " + heads);
        }
        problems.require(
                brandThreshold >= 0 && brandThreshold < ALL_PHOTOS,
                "optBrandThreshold",
                brandThreshold,
                "outside [0, " + ALL_PHOTOS + ")");
        brands.ifPresent(named -> problems.require(
                        !named.isEmpty(),
                        "optBrands",
                        named,
                        "at least one brand, or leave it out for the frequent ones")
                .require(
                        !named.contains(CarHeads.OTHER) && new HashSet<>(named).size() == named.size(),
                        "optBrands",
                        named,
                        "each brand once, and without " + CarHeads.OTHER + ", which is always there"));
    }

    /**
     * Selects rows from the annotations of a folder.
     *
     * @throws IOException if there are no such annotations, or photos are missing
     * @throws IllegalArgumentException if the data has no such brands
     */
    CarSelection select(CarFiles files) throws IOException {
        CarHeads labelling = CarHeads.of(files.names(), heads, keptBrands(files), types);
        List<CarFiles.Row> rows = new CarSplits(files).rows(splits);
        if (rows.isEmpty()) {
            throw new IOException(
                    "no annotations for " + splits.stream().map(Split::name).collect(Collectors.joining(" and "))
                            + " in the layout '" + files.layout() + "' that was found");
        }
        List<CarFiles.Row> annotated =
                CarSelection.part(rows, (int) Math.round(from * rows.size()), (int) Math.round(to * rows.size()));
        if (annotated.isEmpty()) {
            throw new IllegalArgumentException("optFraction(" + from + ", " + to + "): no photo of " + rows.size()
                    + " is in such a fraction; make it larger");
        }
        List<CarFiles.Row> present = MissingPhotos.leaveOut(annotated, listed(files, rows), skipMissing);
        List<CarFiles.Row> used = CarSelection.part(present, 0, Math.min(limit, present.size()));
        return new CarSelection(files.names(), labelling, annotated, present, used);
    }

    /** All photos that are published together with those asked for: whether they fit their folder shows in all. */
    private static List<CarFiles.Row> listed(CarFiles files, List<CarFiles.Row> rows) {
        Set<Boolean> test = rows.stream().map(CarFiles.Row::test).collect(Collectors.toSet());
        return files.rows().stream().filter(row -> test.contains(row.test())).toList();
    }

    private List<String> keptBrands(CarFiles files) {
        if (!heads.contains(CarHeads.BRAND)) {
            return List.of();
        }
        List<String> known =
                files.names().stream().map(CarName::brand).distinct().sorted().toList();
        for (String brand : brands.orElse(List.of())) {
            if (!known.contains(brand)) {
                throw new IllegalArgumentException(
                        "optBrands: no brand '" + brand + "'; " + NearMatches.thereAre(brand, known));
            }
        }
        List<String> kept = brands.orElseGet(() -> CarHeads.frequentBrands(files, brandThreshold, ALL_PHOTOS));
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "optBrandThreshold(" + brandThreshold + "): no brand has such a fraction of"
                            + " the labelled photos; lower it, or name brands with optBrands, of " + known);
        }
        return kept;
    }
}
