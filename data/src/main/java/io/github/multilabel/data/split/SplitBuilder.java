package io.github.multilabel.data.split;

import io.github.multilabel.core.Labels;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes how rows are to be split. The same rows, in the same order, with the same settings give the same split on
 * every machine.
 *
 * <p>By default the split is stratified: every category of every head gets its fraction of every part, the rarest
 * first, after Sechidis, Tsoumakas and Vlahavas, <a href="https://doi.org/10.1007/978-3-642-23808-6_10">On the
 * Stratification of Multi-label Data</a> (2011). A category with at least two rows is in at least two parts, and one
 * with as many rows as there are parts is in each of them, as far as the sizes of the parts allow. A category with a
 * single row goes to the largest part. A missing label asks for nothing, and rows of which nothing is known are spread
 * evenly. Where categories of a single row are so many that they would fill the largest part, they are spread as such
 * rows are.
 *
 * <p>For one thread.
 */
public final class SplitBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(DataSplit.class);
    private static final int SHOWN = 10;
    /** Ratios are written with few digits: thirds as 0.333 are meant to be thirds. */
    private static final double SUM_TOLERANCE = 0.005;

    private final List<String> parts = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<List<@Nullable String>> groupings = new ArrayList<>();
    /** For each grouping what its groups are, or empty. */
    private final List<String> groupNames = new ArrayList<>();

    private boolean labelled;
    private List<Labels> labels = List.of();
    private @Nullable Integer folds;
    private boolean stratified = true;
    private @Nullable List<String> keys;
    private long seed;
    private ProgressListener progress = ProgressListener.standard();

    SplitBuilder() {}

    /** Sets what is known of each row. Must be given. */
    public SplitBuilder setLabels(List<Labels> labels) {
        this.labelled = true;
        this.labels = Given.require(labels, "labels", "the labels of each row");
        return this;
    }

    /**
     * Adds a usual part. At least two must be given, unless folds are asked for.
     *
     * @param ratio the fraction of the rows, in (0, 1); those of all parts add up to 1
     */
    public SplitBuilder addPart(Split part, double ratio) {
        return addPart(
                Given.require(part, "part", "one of " + Arrays.toString(Split.values()))
                        .part(),
                ratio);
    }

    /**
     * Adds a part of any name.
     *
     * @param ratio the fraction of the rows, in (0, 1); those of all parts add up to 1
     */
    public SplitBuilder addPart(String name, double ratio) {
        parts.add(name);
        ratios.add(ratio);
        return this;
    }

    /** Asks for equal parts named {@code fold 1}, {@code fold 2} and so on, for cross validation. At least 2. */
    public SplitBuilder optFolds(int folds) {
        this.folds = folds;
        return this;
    }

    /**
     * Keeps rows together that have the same group: all photos of one car, or all files with the same bytes. May be
     * called several times; then rows are kept together that are connected by any of the groupings.
     *
     * @param groups one per row; a row whose group is null or blank stands alone
     */
    public SplitBuilder addGroups(List<String> groups) {
        return addGroups("", groups);
    }

    /**
     * Keeps rows together that have the same group, see {@link #addGroups(List)}.
     *
     * @param name what the groups are, for messages, such as {@code "column 'car'"}
     * @param groups one per row; a row whose group is null or blank stands alone
     */
    public SplitBuilder addGroups(String name, List<String> groups) {
        groupNames.add(name);
        groupings.add(groups);
        return this;
    }

    /**
     * Changes whether categories are spread over the parts; otherwise rows are drawn at random. They are by default.
     */
    public SplitBuilder optStratified(boolean stratified) {
        this.stratified = stratified;
        return this;
    }

    /**
     * Puts each row where a hash of its key and the seed says, in place of drawing: it stays there whatever happens to
     * other rows, and when its own labels are corrected. Parts have about their fractions, and categories are not
     * spread. Rows of a group go with the key that comes first.
     *
     * @param keys one per row, such as paths; rows with the same key go together
     */
    public SplitBuilder optHashed(List<String> keys) {
        this.keys = Given.require(keys, "keys", "a key for each row, such as its path");
        this.stratified = false;
        return this;
    }

    /** Changes the seed of the draw; 0 by default. */
    public SplitBuilder optSeed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Changes where the progress of the draw is reported; {@link ProgressListener#standard()} by default. */
    public SplitBuilder optProgress(ProgressListener progress) {
        this.progress = Given.require(progress, "progress", "e.g. ProgressListener.none()");
        return this;
    }

    /**
     * Draws the split. What its user should know is logged, and in {@link DataSplit#warnings}.
     *
     * @throws IllegalArgumentException if something is missing or wrong; the message lists all of it
     */
    public DataSplit build() {
        Problems problems = new Problems("split");
        if (!labelled) {
            problems.missing("setLabels", "pass the labels of the rows");
        } else if (labels.isEmpty()) {
            problems.add("setLabels", labels, "there are no rows to split");
        } else {
            checkRows(problems);
        }
        checkParts(problems);
        problems.throwIfAny();

        List<String> names = names();
        double[] fractions = fractions();
        int room = (int) (Arrays.stream(fractions).max().orElseThrow() * labels.size());
        Strata traits = stratified ? Strata.of(labels, room) : Strata.none(labels.size());
        int[] unitOfRow = Groups.unitOfRow(labels.size(), groupings);
        RowGroups units = new RowGroups(unitOfRow, traits);
        if (units.count() < names.size()) {
            problems.add(units.count() + (groupings.isEmpty() ? " rows" : " groups of rows") + " cannot fill "
                    + names.size() + " parts " + (folds == null ? Excerpt.of(names) : "(optFolds(" + folds + "))")
                    + "; ask for fewer parts, or give more data"
                    + (units.largest() > 1 ? ". " + sizes(units) : ""));
        }
        problems.throwIfAny();

        int[] partOfRow = units.partOfRow(
                keys == null
                        ? Stratification.of(units, fractions, seed, progress)
                        : HashedParts.of(unitOfRow, keys, fractions, seed));
        requireAll(names, partOfRow);
        DataSplit split = new DataSplit(names, partOfRow, warnings(names, fractions, partOfRow, units));
        log(split, units, traits);
        return split;
    }

    /** A hash may leave a part empty where rows are few. */
    private static void requireAll(List<String> names, int[] partOfRow) {
        Set<Integer> filled = Arrays.stream(partOfRow).boxed().collect(Collectors.toSet());
        for (int part = 0; part < names.size(); part++) {
            if (!filled.contains(part)) {
                throw new IllegalArgumentException("by the hash of their keys, none of the " + partOfRow.length
                        + " rows falls into '" + names.get(part)
                        + "': with so few, draw the split, or take a larger fraction or another seed");
            }
        }
    }

    /** Only where there are few units. */
    private String sizes(RowGroups units) {
        return "The " + units.rows() + " rows are in groups of "
                + units.sizes().mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ": " + groups()
                + " stay whole";
    }

    private String groups() {
        String names = named();
        return names.isEmpty() ? "groups" : "groups (" + names + ")";
    }

    private String named() {
        return groupNames.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
    }

    private void checkRows(Problems problems) {
        Labels first = labels.get(0);
        for (int row = 0; row < labels.size(); row++) {
            Labels known = labels.get(row);
            if (known == null || !known.heads().equals(first.heads())) {
                problems.add(
                        "setLabels",
                        "row " + row + " (counted from 0) "
                                + (known == null
                                        ? "is null; for unknown labels pass Labels.missing(heads)"
                                        : "has the heads " + known.heads().names() + ", the first row "
                                                + first.heads().names() + "; all rows need the same heads"));
                break; // one is enough: they are mostly wrong together
            }
        }
        if (keys != null && (keys.size() != labels.size() || keys.stream().anyMatch(Objects::isNull))) {
            problems.add(
                    "optHashed",
                    "got " + keys.size() + " keys for " + labels.size() + " rows; pass one per row, none of them null");
        }
        for (List<String> groups : groupings) {
            if (groups == null || groups.size() != labels.size()) {
                problems.add(
                        "addGroups",
                        "got " + (groups == null ? "null" : groups.size() + " groups") + " for " + labels.size()
                                + " rows; pass one per row, null for a row that stands alone");
            }
        }
    }

    private void checkParts(Problems problems) {
        if (folds != null) {
            if (!parts.isEmpty()) {
                problems.add("optFolds(" + folds + ") and addPart exclude each other; use one of them");
            }
            problems.require(folds >= 2, "optFolds", folds, "at least 2");
            if (folds > 2 && folds > labels.size()) { // before as many parts are named
                problems.add(labels.size() + " rows cannot fill " + folds + " parts (optFolds(" + folds
                        + ")); ask for fewer parts, or give more data");
            }
            return;
        }
        if (parts.size() < 2) {
            problems.add("got the parts " + parts + ", at least 2 are needed: e.g. addPart(\"train\", 0.8) and"
                    + " addPart(\"validation\", 0.2), or optFolds(5)");
        }
        Set<String> seen = new HashSet<>();
        boolean usable = true;
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i);
            double ratio = ratios.get(i);
            sum += ratio;
            if (name == null || name.isBlank()) {
                problems.add("addPart", name + ", " + ratio, "give the part a name");
            } else if (!seen.add(name)) {
                problems.add("addPart", "\"" + name + "\", " + ratio, "there is such a part already");
            }
            if (!(ratio > 0 && ratio < 1)) {
                problems.add("addPart", "\"" + name + "\", " + ratio, "the ratio must be above 0 and below 1");
                usable = false;
            }
        }
        if (usable && parts.size() > 1 && Math.abs(sum - 1) > SUM_TOLERANCE) {
            problems.add("the ratios " + ratios + " add up to " + String.format(Locale.ROOT, "%.4g", sum) + ", not 1");
        }
    }

    private List<String> names() {
        if (folds == null) {
            return parts;
        }
        List<String> names = new ArrayList<>();
        for (int fold = 1; fold <= folds; fold++) {
            names.add("fold " + fold);
        }
        return names;
    }

    private double[] fractions() {
        double[] fractions = new double[folds == null ? parts.size() : folds];
        double sum = ratios.stream().mapToDouble(Double::doubleValue).sum();
        for (int part = 0; part < fractions.length; part++) {
            fractions[part] = folds == null ? ratios.get(part) / sum : 1.0 / folds;
        }
        return fractions;
    }

    private List<Finding> warnings(List<String> names, double[] fractions, int[] partOfRow, RowGroups units) {
        List<Finding> warnings = new ArrayList<>();
        if (stratified && units.total(Strata.NOTHING_KNOWN) == units.rows()) {
            warnings.add(Finding.warning(
                    Finding.Kind.NO_LABELS,
                    "none of the " + labels.size() + " rows has a label: there was nothing to spread, the rows were"
                            + " drawn at random"));
        }
        warnings.addAll(PartSizes.warnings(names, fractions, partOfRow, units, groups()));
        warnings.addAll(AbsentCategories.of(names, partOfRow, labels));
        return warnings;
    }

    private void log(DataSplit split, RowGroups units, Strata traits) {
        if (traits.pairsLeftOut() > 0) {
            LOG.info(
                    "each label is spread over the parts, combinations of labels are not: the rows have {} pairs of"
                            + " labels, and at most {} are looked at",
                    traits.pairsLeftOut(),
                    Strata.MOST_PAIRS);
        }
        String summary = "split " + split.size() + " rows" + together(units) + ": " + split;
        List<Finding> warnings = split.warnings();
        if (warnings.isEmpty()) {
            LOG.info("{}", summary);
            return;
        }
        StringBuilder text = new StringBuilder(summary + ". But");
        warnings.stream().limit(SHOWN).forEach(warning -> text.append("\n- ").append(warning.message()));
        if (warnings.size() > SHOWN) {
            text.append("\n- and ").append(warnings.size() - SHOWN).append(" more");
        }
        LOG.warn("{}", text);
    }

    private String together(RowGroups units) {
        if (groupings.isEmpty()) {
            return "";
        }
        return units.largest() == 1
                ? ", no two of which share " + (named().isEmpty() ? "a group" : named().replace(", ", " or "))
                : " in " + units.count() + " " + groups();
    }
}
