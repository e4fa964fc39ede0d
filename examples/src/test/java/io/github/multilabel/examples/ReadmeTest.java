package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.table.ImageTable;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .addTags("tags", "|") // any number of labels: rusty|open
                .optValidation(0.2) // the fraction of the images for validation
                .build();
        try (ImageDataset train = table.train().build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), Backbones.small())
                        .optFineTuning(8) // epochs, the first for the heads alone
                        .build()) {
            trainer.fit(train, validation);
            System.out.println(trainer.evaluate(validation).table());
            trainer.model().save(saved); // MultiLabelModel.load(saved).newPredictor() predicts in another program
            System.out.println(trainer.predictor().predict(image)); // car.jpg: colour=red 0.98, tags=[open 0.91]
        }
        // @end region=from-table
        assertThat(table.heads().names()).containsExactly("colour", "tags");
        assertThat(table.samples("validation")).hasSize(12);
        assertThat(saved).isDirectoryContaining("glob:**model.json");

        // @start region=predict
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction prediction = predictor.predict(image); // a file, bytes, a stream or a decoded image
            prediction.head("colour").best(); // red 0.98
            prediction.head("colour").top(3); // [red 0.98, orange 0.01, yellow 0.00]
            prediction.head("tags").predicted(); // those with a probability of at least 0.5
            prediction.toJson(); // one line, with all probabilities
        }
        // @end region=predict
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

    @ParameterizedTest
    @CsvSource({
        "README.md, from-table",
        "docs/stanford-cars.md, quickstart",
        "docs/prediction.md, predict",
    })
    void thePagesShowWhatRuns(String page, String region) throws IOException {
        String code = Region.of(ReadmeTest.class, region);

        assertThat(ROOT.resolve(page)).content().contains("```java\n" + code.replace(RUN, SHOWN) + "\n```\n");
    }

    @Test
    void everyPageAndPictureThatTheReadmeNamesIsThere() throws IOException {
        List<String> links = Pattern.compile("\\]\\(((?!http|#)[^)#]+)")
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links).hasSizeGreaterThan(15).allSatisfy(link -> assertThat(ROOT.resolve(link))
                .exists());
    }

    @Test
    void theReadmeNamesTheVersionOfSlf4jThatTheBuildHas() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String pom = Files.readString(ROOT.resolve("pom.xml"));

        assertThat(first("<artifactId>slf4j-simple</artifactId>\\s*<version>(.*?)<", readme))
                .isEqualTo(first("<slf4j.version>(.*?)<", pom));
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void theBackboneThatTheReadmeShowsHasPublishedWeights() {
        Backbone shown = Backbones.efficientnetLite0().pretrained();

        assertThat(shown.isPretrained()).isTrue();
    }
}
