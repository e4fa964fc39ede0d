package io.github.multilabel.model.drift;

import java.util.List;
import java.util.Locale;

/**
 * How far the answers of one head are from those on the reference images, by the {@link StabilityIndex}: below 0.1
 * nothing has changed, from 0.1 to 0.25 it is worth a look, above 0.25 the images are others. An index that is not
 * above what chance gives says nothing.
 *
 * @param head the name of the head
 * @param images that are counted now
 * @param categories how far the shares of predicted categories are, 0 or more: of a single-label head over the
 *     categories with all rare ones together; of a multi-label head, whose tags come and go one by one, of the tag that
 *     has changed most. NaN with fewer than {@value AnswerDrift#FEWEST} images, now or in the reference
 * @param categoriesByChance what {@code categories} is above in one of 20 cases if nothing has changed; NaN where that
 *     is
 * @param confidence how far the shares of ten bins of probabilities are, NaN as above
 * @param confidenceByChance what {@code confidence} is above in one of 20 cases if nothing has changed; of a
 *     multi-label head NaN, since tags of one image are not independent
 * @param shares of the categories, that with the greatest change first
 */
public record HeadDrift(
        String head,
        long images,
        double categories,
        double categoriesByChance,
        double confidence,
        double confidenceByChance,
        List<Share> shares) {

    /** Copies the list. */
    public HeadDrift {
        shares = List.copyOf(shares);
    }

    /**
     * The share of images on which a category was predicted.
     *
     * @param category its name; empty for all together that the reference does not tell apart
     * @param before 0 to 1, on the reference images
     * @param now 0 to 1, NaN if nothing is counted
     */
    public record Share(String category, double before, double now) {}

    /** For example {@code brand: categories 0.031, confidence 0.284 (10000 images)}. */
    @Override
    public String toString() {
        return head + ": categories " + number(categories) + ", confidence " + number(confidence) + " (" + images
                + (images == 1 ? " image)" : " images)");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
    }
}
