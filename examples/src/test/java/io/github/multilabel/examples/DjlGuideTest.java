package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.evaluator.IndexEvaluator;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.optimizer.Optimizer;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.loss.DjlLoss;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.djl.SavedModelZoo;
import io.github.multilabel.model.prediction.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/djl.md: it runs, and it is what stands there. */
class DjlGuideTest {

    @TempDir
    Path folder;

    private Path photos;

    @BeforeEach
    void drawCars() throws IOException {
        photos = SyntheticCars.builder()
                .optTrain(160)
                .optTest(40)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
    }

    private StanfordCars cars(Split split) throws IOException {
        return StanfordCars.builder()
                .optRoot(photos)
                .optSplit(split)
                .optHeads("type", "year")
                .optBatchSize(16)
                .optShuffle(split == Split.TRAIN)
                .optAugmentation(Augmentation.none())
                .optPreprocessing(Preprocessing.imageNet(48))
                .build();
    }

    @Test
    void djlsOwnLoopTrainsSeveralHeads() throws Exception {
        try (StanfordCars train = cars(Split.TRAIN);
                StanfordCars validation = cars(Split.VALIDATION)) {
            Engine.getInstance().setRandomSeed(1);
            TrainingResult result = fit(train, validation);

            float loss = result.getTrainEvaluation("type") + result.getTrainEvaluation("year");
            assertThat(loss).as("less than of guessing").isLessThan((float) (Math.log(5) + Math.log(2)));
            assertThat(result.getValidateEvaluation("accuracy of year")).isBetween(0f, 1f);
        }
    }

    private static TrainingResult fit(StanfordCars train, StanfordCars validation) throws Exception {
        // @start region=easy-train
        HeadSet heads = train.heads();
        SimpleCompositeLoss loss = DjlLoss.of(heads); // the sum over the heads; a missing label adds nothing
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.adam().build())
                .optDevices(new Device[] {Device.cpu()})
                .addEvaluators(loss.getComponents())
                .addTrainingListeners(TrainingListener.Defaults.basic());
        for (String head : heads.names()) {
            config.addEvaluator(new IndexEvaluator(new Accuracy("accuracy of " + head), heads.indexOf(head)));
        }
        try (Model model = Model.newInstance("cars", "PyTorch")) {
            model.setBlock(new MultiHeadBlock(Backbones.small().newBlock(), heads));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 3, 48, 48));
                EasyTrain.fit(trainer, 6, train, validation);
                return trainer.getTrainingResult();
            }
        }
        // @end region=easy-train
    }

    @Test
    void criteriaLoadsASavedModel() throws Exception {
        Path folder = this.folder.resolve("model");
        Path car = photos.resolve("cars_test/00001.jpg");
        try (StanfordCars data = cars(Split.TRAIN);
                MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), data.heads(), Backbones.small().preprocessing(), Device.cpu(), 1)) {
            model.save(folder);
        }
        // @start region=criteria
        Criteria<Image, Prediction> criteria = Criteria.builder()
                .setTypes(Image.class, Prediction.class)
                .optModelZoo(SavedModelZoo.of(folder))
                .build();
        try (ZooModel<Image, Prediction> model = criteria.loadModel();
                Predictor<Image, Prediction> predictor = model.newPredictor()) {
            System.out.println(predictor.predict(ImageFactory.getInstance().fromFile(car)));
        }
        // @end region=criteria
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        String guide = Files.readString(Path.of("../docs/djl.md"));
        for (String region : List.of("easy-train", "criteria")) {
            assertThat(guide).contains("```java\n" + Region.of(DjlGuideTest.class, region) + "\n```");
        }
    }
}
