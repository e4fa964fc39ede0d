package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.data.BadImages;
import io.github.multilabel.core.data.ImageDataset;
import io.github.multilabel.core.data.Sample;
import io.github.multilabel.model.Backbones;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.Prediction;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the README: it runs, and it is what stands there. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Path THIS = Path.of("src/test/java/io/github/multilabel/examples/ReadmeTest.java");

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
                        .setSampling(32, true)
                        .build();
                StanfordCars test = StanfordCars.builder()
                        .optRoot(photos)
                        .optUsage(Usage.TEST)
                        .setSampling(32, false)
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
    void ownData() throws IOException {
        // @start region=own-data
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "red", "green", "blue"), // exactly one of them
                Head.multiLabel("tags", "rusty", "open", "for sale")); // any number of them
        List<Sample> samples = List.of(
                Sample.of(
                        Path.of("photos/1.jpg"),
                        Labels.builder(heads).set("colour", "red").build()), // of its tags nothing is known
                Sample.of(
                        Path.of("photos/2.jpg"),
                        Labels.builder(heads)
                                .set("colour", "blue")
                                .set("tags", List.of("rusty", "open"))
                                .build()));
        ImageDataset.Builder data = ImageDataset.builder()
                .setHeads(heads)
                .addSamples(samples)
                .setSampling(32, true)
                .optBadImages(BadImages.FAIL);
        // @end region=own-data
        assertThatThrownBy(data::build).isInstanceOf(IOException.class).hasMessageContaining("1.jpg");
    }

    @Test
    void theReadmeShowsWhatRuns() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        for (String region : List.of("quickstart", "own-data")) {
            assertThat(readme).as("region " + region).contains(region(region));
        }
    }

    private static String region(String name) throws IOException {
        List<String> lines = Files.readAllLines(THIS);
        int start = lines.indexOf("        // @start region=" + name);
        int end = lines.indexOf("        // @end region=" + name);
        return lines.subList(start + 1, end).stream()
                .collect(Collectors.joining("\n"))
                .stripIndent();
    }
}
