package io.github.multilabel.model.djl;

import ai.djl.repository.zoo.ModelZoo;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of a saved model, as DJL's {@code Criteria} loads it.
 *
 * <pre>{@code
 * Criteria<Image, Prediction> criteria = Criteria.builder()
 *         .setTypes(Image.class, Prediction.class)
 *         .optModelZoo(SavedModelZoo.of(Path.of("build/cars/model")))
 *         .build();
 * try (ZooModel<Image, Prediction> model = criteria.loadModel();
 *         Predictor<Image, Prediction> predictor = model.newPredictor()) {
 *     System.out.println(predictor.predict(ImageFactory.getInstance().fromFile(Path.of("car.jpg"))));
 * }
 * }</pre>
 *
 * <p>It takes the place of {@code optModelPath}, which looks for files that a program of PyTorch was saved to. The
 * types are
 *
 * <ul>
 *   <li>{@code Image} to {@link io.github.multilabel.model.prediction.Prediction}: the answers of all heads
 *   <li>{@code Image} to {@code Classifications}: those of one head, which {@code optArgument("head", "brand")} names
 *       if there are several
 *   <li>any others, by the {@code optTranslatorFactory} of the application: the block of the model maps normalised
 *       images (N, 3, H, W) to one array of logits for each head, for one thread at a time
 * </ul>
 *
 * <p>Predictions are those of {@link io.github.multilabel.model.MultiLabelPredictor}, on which they run: a batch of
 * {@code batchPredict} is one call, and any number of threads may have a {@code Predictor} each. DJL decodes the
 * images: it ignores how the camera was held and does not notice a file that was cut, which {@code MultiLabelPredictor}
 * does for files. Closing the {@code ZooModel} frees everything; its predictors fail from then on.
 */
public final class SavedModelZoo extends ModelZoo {

    static final String GROUP = "io.github.multilabel";

    private SavedModelZoo(Path folder, Optional<Backbone> backbone) {
        addModel(new SavedModelLoader(folder, backbone));
    }

    /**
     * Names the folder; nothing is read yet.
     *
     * @param folder as {@link MultiLabelModel#save} wrote it
     */
    public static SavedModelZoo of(Path folder) {
        return new SavedModelZoo(given(folder), Optional.empty());
    }

    /**
     * Names the folder of a model whose backbone is a DJL block of your own, or TorchScript; nothing is read yet.
     *
     * @param backbone made as it was for training, see {@link MultiLabelModel#load(Path, Backbone)}
     */
    public static SavedModelZoo of(Path folder, Backbone backbone) {
        return new SavedModelZoo(
                given(folder),
                Optional.of(Given.require(backbone, "backbone", "the backbone with which the model was trained")));
    }

    private static Path given(Path folder) {
        return Given.require(folder, "folder", "the folder of a saved model");
    }

    @Override
    public String getGroupId() {
        return GROUP;
    }

    @Override
    public Set<String> getSupportedEngines() {
        return Set.of("PyTorch");
    }
}
