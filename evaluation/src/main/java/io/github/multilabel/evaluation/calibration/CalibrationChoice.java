package io.github.multilabel.evaluation.calibration;

import io.github.multilabel.model.heads.HeadCalibration;
import java.util.Locale;
import java.util.Optional;

/**
 * How the probabilities of a head are calibrated, as chosen on labelled images. Immutable.
 *
 * @param head the name of the head
 * @param images how many have a label of it
 * @param calibration fitted on all of them; empty if nothing is better
 * @param before how far the probabilities are off as they are: of the best category, or of all tags
 * @param after the same when calibrated, each image by a fit on the other half of the images; equal to {@code before}
 *     if nothing is changed
 * @param remark why nothing is changed, or what cannot be calibrated; empty if there is nothing to say
 */
public record CalibrationChoice(
        String head,
        int images,
        Optional<HeadCalibration> calibration,
        CalibrationError before,
        CalibrationError after,
        String remark) {

    /** One line that says what was chosen and what it is worth. */
    @Override
    public String toString() {
        String because = remark.isEmpty() ? "" : "; " + remark;
        return calibration
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s, calibration error %.3f, before %.3f (%,d images, each by a fit on the other half of them)%s",
                        each,
                        after.equalMass(),
                        before.equalMass(),
                        images,
                        because))
                .orElseGet(() -> head + " not calibrated, calibration error " + before + because);
    }
}
