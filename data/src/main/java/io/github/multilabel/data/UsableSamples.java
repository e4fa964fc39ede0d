package io.github.multilabel.data;

import io.github.multilabel.core.internal.sources.CheckedSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The samples whose images are there, as far as that is known without reading them.
 *
 * @param used what the data set has
 * @param leftOut what it does not have, and why
 * @param limited whether there are more than the limit
 */
record UsableSamples(List<Sample> used, List<SkippedImage> leftOut, boolean limited) {

    /**
     * Asks each image whether it is there.
     *
     * @param limit how many to use of those that are; empty for all
     * @throws IOException if one is not and the policy is to fail, or if none is
     */
    static UsableSamples of(List<Sample> samples, BadImages policy, OptionalInt limit) throws IOException {
        List<Sample> usable = new ArrayList<>();
        List<SkippedImage> leftOut = new ArrayList<>();
        for (Sample sample : samples) {
            new CheckedSource(sample.image())
                    .problem()
                    .ifPresentOrElse(reason -> leftOut.add(SkippedImage.of(sample, reason)), () -> usable.add(sample));
        }
        if (usable.isEmpty()) {
            throw new IOException(SkippedImages.summary(leftOut, samples.size())
                    + "\nNone is left. Check the folder that the paths start from.");
        }
        if (policy == BadImages.FAIL && !leftOut.isEmpty()) {
            throw new IOException(SkippedImages.summary(leftOut, samples.size())
                    + "\nCorrect the paths, or leave such images out with optBadImages(BadImages.SKIP).");
        }
        boolean fewer = limit.isPresent() && limit.getAsInt() < usable.size();
        return new UsableSamples(fewer ? spread(usable, limit.getAsInt()) : usable, leftOut, fewer);
    }

    private static List<Sample> spread(List<Sample> usable, int limit) {
        return IntStream.of(SampleOrder.spread(usable.size(), limit))
                .mapToObj(usable::get)
                .toList();
    }
}
