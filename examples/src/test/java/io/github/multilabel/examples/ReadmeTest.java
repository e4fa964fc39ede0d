package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.testsupport.Shapes;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README: it runs, but for the pretrained backbone, and it is what the README shows. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");

    /** What the README shows needs a download, so the examples run with {@link #RUN}. */
    private static final String SHOWN = "Backbones.efficientnetLite0().pretrained()";

    private static final String RUN = "Backbones.small()";

    @TempDir
    Path folder;

    @Test
    void fromTable() throws Exception {
        Path labels = Shapes.write(Shapes.draw(60, 1), folder);
        Path images = folder.resolve("photos");
        Path saved = folder.resolve("model");
        Path image = images.resolve("7.png");
        // @start region=from-table
        ImageTable table = ImageTable.csv(labels, images)
                .addHead("colour") // one label per image
                .addTags("tags", "|") // any number of labels: rusty|open; an empty cell is a missing label
                .optValidation(0.2) // the fraction of the images for validation
                .build();
        Backbone backbone = Backbones.small();
        try (ImageDataset train = table.train().build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), backbone)
                        .optFineTuning(8) // epochs, the first for the heads alone
                        .build()) {
            trainer.fit(train, validation);
            Evaluation evaluation = trainer.evaluate(validation);
            System.out.println(evaluation.table()); // or evaluation.head("colour").accuracy(), .macro().f1(), ...
            trainer.model().save(saved);
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction prediction = predictor.predict(image);
            System.out.println(prediction.head("colour").best()); // red 0.98
        }
        // @end region=from-table
        assertThat(table.heads().names()).containsExactly("colour", "tags");
        assertThat(table.samples("validation")).hasSize(12);
        assertThat(saved).isDirectoryContaining("glob:**model.json");
    }

    @Test
    void quickStart() throws Exception {
        Path photos = SyntheticCars.builder()
                .optTrain(64)
                .optTest(16)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
        Path saved = folder.resolve("model");
        // @start region=quickstart
        try (StanfordCars train = StanfordCars.builder()
                        .optRoot(photos)
                        .optSplit(Split.TRAIN)
                        .build();
                StanfordCars validation = StanfordCars.builder()
                        .optRoot(photos)
                        .optSplit(Split.VALIDATION)
                        .build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(train.heads(), Backbones.small())
                        .optFineTuning(8)
                        .build()) {
            trainer.fit(train, validation);
            System.out.println(trainer.evaluate(validation).table());
            trainer.model().save(saved);
        }
        // @end region=quickstart
        assertThat(saved).isDirectoryContaining("glob:**model.json");
    }

    @Test
    void theFirstProgramRunsAndIsShownWhole() throws Exception {
        Path labels = Shapes.write(Shapes.draw(60, 1), folder);
        Path images = folder.resolve("photos");
        Path saved = folder.resolve("model");

        FirstProgram.main(new String[] {
            labels.toString(),
            images.toString(),
            saved.toString(),
            images.resolve("7.png").toString()
        });

        assertThat(saved).isDirectoryContaining("glob:**model.json");
        String source = Files.readString(Path.of("src/test/java/io/github/multilabel/examples/FirstProgram.java"));
        String shown = source.substring(source.indexOf("import ")).replace(RUN, SHOWN);
        assertThat(ROOT.resolve("docs/first-program.md")).content().contains("```java\n" + shown + "```\n");
    }

    @Test
    void theReadmeShowsWhatRuns() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        for (String region : List.of("from-table", "quickstart")) {
            String code = Region.of(ReadmeTest.class, region);
            assertThat(code).containsOnlyOnce(RUN);
            assertThat(readme).as("region " + region).contains(code.replace(RUN, SHOWN));
        }
    }

    @Test
    void theBackboneThatTheReadmeShowsHasPublishedWeights() {
        Backbone shown = Backbones.efficientnetLite0().pretrained();

        assertThat(shown.isPretrained()).isTrue();
    }
}
