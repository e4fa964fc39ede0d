package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README: it runs, and it is what stands there. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    @Test
    void quickStart() throws Exception {
        Path photos = SyntheticCars.builder()
                .optTrain(64)
                .optTest(16)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
        Path saved = folder.resolve("model");
        Path photo = photos.resolve("cars_test").resolve("00001.jpg");
        // @start region=quickstart
        try (StanfordCars train = StanfordCars.builder()
                        .optRoot(photos)
                        .optUsage(Usage.TRAIN)
                        .optBatchSize(32)
                        .build();
                StanfordCars test = StanfordCars.builder()
                        .optRoot(photos)
                        .optUsage(Usage.TEST)
                        .optBatchSize(32)
                        .optShuffle(false)
                        .build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                        .setHeads(train.heads())
                        .setBackbone(Backbones.small())
                        .optEpochs(5)
                        .build()) {
            trainer.fit(train, test);
            System.out.println(trainer.evaluate(test).table());
            trainer.model().save(saved);
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction car = predictor.predict(photo);
            System.out.println(car.head("type").best()); // SUV 0.97
        }
        // @end region=quickstart
        assertThat(saved).isDirectoryContaining("glob:**model.json");
    }

    @Test
    void fromTable() throws Exception {
        Path labels = Shapes.write(Shapes.draw(60, 1), folder);
        Path photos = folder.resolve("photos");
        Path photo = photos.resolve("7.png");
        // @start region=from-table
        ImageTable table = ImageTable.csv(labels, photos)
                .addHead("colour") // one answer in each cell
                .addTags("tags", "|") // any number of them: rusty|open
                .optValidation(0.2)
                .build();
        try (ImageDataset train = table.train().build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                        .setHeads(table.heads())
                        .setBackbone(Backbones.small())
                        .build()) {
            trainer.fit(train, validation);
            System.out.println(trainer.evaluate(validation).table());
            try (MultiLabelPredictor predictor = trainer.model().newPredictor()) {
                System.out.println(predictor.predict(photo).head("colour").best()); // red 0.98
            }
        }
        // @end region=from-table
        assertThat(table.heads().names()).containsExactly("colour", "tags");
        assertThat(table.samples("validation")).hasSize(12);
    }

    @Test
    void theReadmeShowsWhatRuns() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        for (String region : List.of("quickstart", "from-table")) {
            assertThat(readme).as("region " + region).contains(Region.of(ReadmeTest.class, region));
        }
    }
}
