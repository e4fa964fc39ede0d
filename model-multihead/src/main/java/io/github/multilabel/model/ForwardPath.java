package io.github.multilabel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.internal.FrozenPart;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.NetworkScript;
import io.github.multilabel.model.internal.heads.HeadStack;
import java.util.List;
import java.util.Optional;

/** Computes logits from images through a backbone. {@code ofHeads} are the values of {@link HeadParameters#all}. */
sealed interface ForwardPath extends AutoCloseable permits NetworkForwardPath, BlockForwardPath {

    /** (N, F), owned by the image's manager. */
    NDArray features(ParameterStore parameters, NDArray image, boolean training);

    /** One (N, K) per head, owned by the image's manager. */
    NDList logits(ParameterStore parameters, NDArray image, NDList ofHeads, boolean training);

    /** @param usual of which features, if the distance to them is the last result; on the device of the block */
    InferenceProgram newInference(NDList ofHeads, Optional<UsualFeatures> usual, Precision precision);

    /** A program that gives the features (N, F) alone. */
    InferenceProgram newFeatures(Precision precision);

    /**
     * Adds all to a graph of ONNX; see {@link MultiHeadBlock#addTo}.
     *
     * @throws IllegalArgumentException if the layers of the backbone are not known
     */
    List<String> addTo(
            OnnxGraph graph,
            String image,
            ImageSize size,
            NDList ofHeads,
            Optional<UsualFeatures> usual,
            NDManager results);

    /** As text; see {@link MultiHeadBlock#script}. */
    Optional<NetworkScript> script(NDList ofHeads, NDManager results);

    /** For maps of where the backbone looks; empty if its layers are not known, or none has places. */
    Optional<HeatProgram> newHeat(NDList ofHeads);

    /** The part of the backbone that is frozen now; empty if the whole backbone is trained. */
    Optional<FrozenPart> frozenPart();

    /** One (N, K) per head, from what a frozen part gave; owned by that value's manager. */
    NDList logitsAfter(FrozenPart part, ParameterStore parameters, NDArray value, NDList ofHeads, boolean training);

    /** What {@link HeadStack#withDistance} takes behind the parameters of the heads. */
    static NDList withDistance(NDList ofHeads, UsualFeatures usual, NDManager manager) {
        return new NDList(ofHeads)
                .addAll(new NDList(
                        manager.create(usual.scaledMean(), new Shape(usual.size())),
                        manager.create(usual.scaledDirections(), new Shape(usual.directionCount(), usual.size()))));
    }

    void setPrecision(Precision precision);

    @Override
    void close();
}
