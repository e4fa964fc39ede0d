package io.github.multilabel.data.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.internal.Parallel;
import io.github.multilabel.data.split.DataSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks every image and label once, in parallel, and reports what would stop or spoil a training.
 *
 * <pre>{@code
 * DataReport report = DataCheck.builder().setSamples(samples).optSplit(split, "train").build().run();
 * System.out.println(report.table());
 * }</pre>
 *
 * <p>Takes about as long as decoding all images once; near duplicates are found through an index, not by comparing each
 * image with each.
 */
public final class DataCheck {

    /** In how many bits the hashes of near duplicates differ at most. */
    static final int NEAR = 6;

    private final Builder settings;

    private DataCheck(Builder settings) {
        this.settings = settings;
    }

    /** Starts to describe a check. */
    public static Builder builder() {
        return new Builder();
    }

    /** Runs the check. A bad image does not stop it. */
    public DataReport run() {
        List<Sample> samples = settings.samples;
        List<Inspection> inspections = Parallel.map(
                samples,
                settings.threads,
                sample -> Inspection.of(sample.image(), settings.decoder),
                "checking images",
                settings.progress);
        List<Finding> findings = new ArrayList<>();
        Places places = new Places(samples);
        for (int row = 0; row < samples.size(); row++) {
            Inspection image = inspections.get(row);
            if (image.problem() != null) {
                findings.add(new Finding(
                        image.problem(), Severity.ERROR, List.of(row), places.of(row) + ": " + image.reason()));
            }
        }
        DataSplit split = settings.split;
        IntFunction<String> part = row -> split == null ? "" : split.part(row);
        findings.addAll(DuplicateChecks.of(
                samples,
                inspections,
                part,
                looks -> NearDuplicates.groups(looks, settings.nearDistance, settings.threads, settings.progress)));
        findings.addAll(HierarchyChecks.of(samples));
        findings.addAll(OddImages.of(samples, inspections));
        IntPredicate usable = row -> inspections.get(row).problem() == null;
        LabelChecks labels = new LabelChecks(samples, usable, settings.fewImages);
        for (Head head : samples.get(0).labels().heads()) {
            findings.addAll(labels.ofTraining(
                    head,
                    row -> settings.trainingPart == null || part.apply(row).equals(settings.trainingPart)));
            if (split != null && settings.trainingPart != null) {
                split.parts().stream()
                        .filter(name -> !name.equals(settings.trainingPart))
                        .forEach(name -> labels.ofMeasuring(
                                        head, name, row -> part.apply(row).equals(name))
                                .ifPresent(findings::add));
            }
        }
        List<ImageFacts> images = inspections.stream()
                .map(Inspection::facts)
                .filter(Objects::nonNull)
                .toList();
        return new DataReport(samples, Optional.ofNullable(split), findings, images);
    }

    /** Collects what a check needs. */
    public static final class Builder {

        private List<Sample> samples = List.of();
        private @Nullable DataSplit split;
        private @Nullable String trainingPart;
        private int nearDistance = NEAR;
        private int fewImages = 10;
        private int threads = Runtime.getRuntime().availableProcessors();
        private ImageDecoder decoder = ImageDecoder.strict();
        private ProgressListener progress = ProgressListener.standard();

        private Builder() {}

        /** Sets what is checked: at least one sample. Must be given. */
        public Builder setSamples(List<Sample> samples) {
            this.samples = List.copyOf(Given.require(samples, "samples", "the samples to check"));
            return this;
        }

        /**
         * Looks also for what is on several sides of a split, and counts labels in its training part only.
         *
         * @param split of the samples, in the same order
         * @param trainingPart the name of the part that trains
         */
        public Builder optSplit(DataSplit split, String trainingPart) {
            this.split = Given.require(split, "split", "the split of the samples, or leave the option out");
            this.trainingPart =
                    Given.require(trainingPart, "trainingPart", "the name of the part that trains, e.g. \"train\"");
            return this;
        }

        /**
         * Looks also for what is on several sides of a split none of whose parts trains, such as folds; labels are
         * counted in all rows.
         */
        public Builder optSplit(DataSplit split) {
            this.split = Given.require(split, "split", "the split of the samples, or leave the option out");
            this.trainingPart = null;
            return this;
        }

        /**
         * Changes how near near duplicates are: of the 64 bits of a perceptual hash, so many may differ, 0 to 16; 6 by
         * default. Their colours must be alike too.
         */
        public Builder optNearDistance(int bits) {
            this.nearDistance = bits;
            return this;
        }

        /** Reports categories with fewer training images than this; 10 by default, 0 for none. */
        public Builder optFewImages(int images) {
            this.fewImages = images;
            return this;
        }

        /** Changes the number of threads; one per processor by default. */
        public Builder optThreads(int threads) {
            this.threads = threads;
            return this;
        }

        /** Changes where the progress of the check is reported; {@link ProgressListener#standard()} by default. */
        public Builder optProgress(ProgressListener progress) {
            this.progress = progress;
            return this;
        }

        /** Changes how images are decoded; {@link ImageDecoder#strict()} by default, as data sets do. */
        public Builder optDecoder(ImageDecoder decoder) {
            this.decoder = decoder;
            return this;
        }

        /**
         * Checks the settings; reads no image yet.
         *
         * @throws IllegalArgumentException if something is missing or wrong; the message lists all of it
         */
        public DataCheck build() {
            Problems problems = new Problems("build DataCheck");
            if (samples.isEmpty()) {
                problems.add("setSamples is missing or empty: pass the samples to check");
            }
            if (split != null && split.size() != samples.size()) {
                problems.add(
                        "optSplit",
                        "the split has " + split.size() + " rows, there are " + samples.size() + " samples");
            }
            if (split != null && trainingPart != null && !split.parts().contains(trainingPart)) {
                problems.add("optSplit", "no part '" + trainingPart + "' in " + split.parts());
            }
            problems.require(nearDistance >= 0 && nearDistance <= 16, "optNearDistance", nearDistance, "from 0 to 16")
                    .require(fewImages >= 0, "optFewImages", fewImages, "at least 0")
                    .require(threads >= 1, "optThreads", threads, "at least 1")
                    .requireGiven("optDecoder", decoder, "e.g. ImageDecoder.strict()")
                    .requireGiven("optProgress", progress, "e.g. ProgressListener.standard()")
                    .throwIfAny();
            return new DataCheck(this);
        }
    }
}
