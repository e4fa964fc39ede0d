package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.JointDecoding;
import java.util.List;

/**
 * Computes logits and nothing else: no graph, weights prepared once; see {@link MultiHeadBlock#newInference}. Safe for
 * many threads. Close it to free the prepared weights.
 */
public interface InferenceProgram extends AutoCloseable {

    /**
     * The logits of a batch of images.
     *
     * @param manager will own the result
     * @param image (N, 3, H, W) float32, normalised as the backbone asks; not closed here
     * @return one (N, K) float32 array per head, named after it, in the order of the heads
     * @throws IllegalArgumentException if the backbone cannot take images of this shape
     * @throws IllegalStateException if the program is closed
     */
    NDList logits(NDManager manager, NDArray image);

    /**
     * A program that averages the logits of each image and of its mirror image. It takes twice as long, and predicts a
     * little better wherever left and right mean the same.
     *
     * @return closes this one when it is closed
     */
    default InferenceProgram withMirrorImages() {
        return new MirroredProgram(this);
    }

    /**
     * A program whose heads of a hierarchy answer together.
     *
     * @param parent its device is that of the program
     * @param heads all of this program, in order
     * @return closes this one when it is closed
     */
    default InferenceProgram withJointDecoding(NDManager parent, HeadSet heads, JointDecoding joint) {
        return new JointProgram(parent, this, heads, joint);
    }

    /**
     * A program whose probabilities are calibrated; to be the last step.
     *
     * @param parent its device is that of the program
     * @param heads all of this program, in order
     * @param calibration of some of them, at most one of each
     * @return closes this one when it is closed
     */
    default InferenceProgram withCalibration(NDManager parent, HeadSet heads, List<HeadCalibration> calibration) {
        return calibration.isEmpty() ? this : new CalibratedProgram(parent, this, heads, calibration);
    }

    @Override
    void close();
}
