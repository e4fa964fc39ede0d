package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.image.sheet.ContactSheet.Tile;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.AnswerThresholds;
import io.github.multilabel.evaluation.CalibratedAnswers;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.SureLevels;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.CalibrationChoice;
import io.github.multilabel.evaluation.metrics.SureChoice;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.explain.Explanation;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.HeatMap;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.prediction.Combination;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.testsupport.Shapes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The code of docs/prediction.md that ReadmeTest does not have: it runs, and it is what stands there. */
class PredictionGuideTest {

    @TempDir
    private Path folder;

    @Test
    void embeddingsAreCompared() throws IOException {
        Shapes.write(Shapes.draw(2, 1), folder);
        Path image = folder.resolve("photos").resolve("0.png");
        Path other = folder.resolve("photos").resolve("1.png");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "red"));
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            compare(model, image, other);
        }
    }

    private static void compare(MultiLabelModel model, Path image, Path other) throws IOException {
        // @start region=embeddings
        try (ImageEmbedder embedder = model.newEmbedder()) {
            Embedding car = embedder.embed(image); // a file, bytes, or a decoded image
            double alike = car.cosine(embedder.embed(other)); // 1 for the same image
            float[] values = car.normalised().values(); // for a vector database
            System.out.println(alike + ", " + values.length + " values");
        }
        // @end region=embeddings
    }

    @Test
    void heatMapsAreLaidOverThePhotoAndCompared() throws IOException {
        Shapes.write(Shapes.draw(1, 1), folder);
        HeadSet heads =
                HeadSet.of(Head.singleLabel("colour", "blue", "red"), Head.singleLabel("ground", "dark", "light"));
        Path picture = folder.resolve("heat.png");
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            look(model, folder.resolve("photos").resolve("0.png"), picture);
        }
        assertThat(picture).isNotEmptyFile();
    }

    private static void look(MultiLabelModel model, Path image, Path picture) throws IOException {
        // @start region=heat
        try (GradCam cam = GradCam.of(model)) {
            Pixels photo = ImageDecoder.strict().decode(ImageSource.of(image));
            Explanation explanation = cam.explain(photo); // explainAll for many
            HeatMap colour = explanation.first("colour"); // of the category that is predicted
            HeatMap ground = explanation.first("ground");
            float[] heat = colour.resizedTo(photo.height(), photo.width()); // 0 to 1, NaN where the model sees nothing
            System.out.println(colour + ", " + heat.length + " pixels, alike: " + colour.agreement(ground));
            ContactSheet.of(List.of(
                            Tile.of(colour.over(photo), List.of(colour.toString())),
                            Tile.of(colour.comparedWith(ground, photo), List.of("colour orange, ground blue"))))
                    .write(picture);
        }
        // @end region=heat
    }

    @Test
    void aFolderBecomesLinesOfJson() throws Exception {
        // given
        Path photos = drawn(5);
        Files.writeString(photos.resolve("no photo.txt"), "nothing to see");
        Path saved = savedModel();
        Path lines = folder.resolve("predictions.jsonl");
        // when
        predictFolder(saved, photos, lines);
        // then
        assertThat(Files.readAllLines(lines))
                .hasSize(6)
                .filteredOn(line -> line.contains("\"colour\""))
                .hasSize(5);
    }

    // @start region=folder
    /** Writes a line for each file of a folder: its prediction, or the reason why there is none. */
    static void predictFolder(Path saved, Path photos, Path lines) throws IOException, MalformedModelException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(photos)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelPredictor predictor = model.newPredictor();
                BufferedWriter out = Files.newBufferedWriter(lines)) {
            for (int from = 0; from < files.size(); from += 256) { // results of so many are in memory at once
                List<Path> next = files.subList(from, Math.min(from + 256, files.size()));
                for (PredictionResult result : predictor.predictFiles(next)) {
                    out.write(result.toJson(3)); // the three most probable categories of each head
                    out.newLine();
                }
            }
        }
    }
    // @end region=folder

    @Test
    void aPredictionHasMoreThanTheBestCategory() throws Exception {
        Path image = drawn(1).resolve("0.png");
        try (MultiLabelModel model = MultiLabelModel.load(savedModel());
                MultiLabelPredictor predictor = model.newPredictor()) {
            assertThat(sureColour(predictor, image)).isIn("blue", "red", "unknown");
        }
    }

    private static String sureColour(ImagePredictor predictor, Path image) throws IOException {
        // @start region=thresholds
        HeadPrediction colour = predictor.predict(image).head("colour");
        colour.top(3); // the most probable ones, best first
        colour.probabilities(); // of all categories, in their order
        colour.probability("red"); // of one
        colour.above(0.2); // those of at least 0.2: for tags, a threshold of your own in place of predicted()
        return colour.best().probability() >= 0.8 ? colour.best().category() : "unknown";
        // @end region=thresholds
    }

    @Test
    void allHeadsAreAnsweredTogether() throws Exception {
        Path table = Shapes.write(Shapes.draw(30, 1), folder);
        ImageTable training = ImageTable.csv(table, folder.resolve("photos"))
                .addHead("colour")
                .addHead("ground")
                .build();
        Path image = folder.resolve("photos").resolve("0.png");
        try (ImageDataset data = training.dataset().build();
                MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), data.heads(), Backbones.small().preprocessing(), Device.cpu(), 1);
                MultiLabelModel together = together(model, data);
                MultiLabelPredictor predictor = together.newPredictor()) {
            assertThat(predictCombination(predictor, image).categories())
                    .containsOnlyKeys("colour", "ground")
                    .isNotEqualTo(Map.of("colour", "blue", "ground", "dark"));
        }
    }

    // @start region=together
    /** The same model, which also says what all heads together most probably are. */
    static MultiLabelModel together(MultiLabelModel model, MultiLabelDataset training) {
        CombinationLearner learner =
                new CombinationLearner(model.heads(), List.of(Rule.forbid("colour=blue", "ground=dark")));
        for (int i = 0; i < training.size(); i++) {
            learner.add(training.labels(i));
        }
        learner.warnings().forEach(System.err::println); // a rule that training images are against
        return model.withCombinations(Optional.of(learner.learn()));
    }
    // @end region=together

    private static Combination predictCombination(ImagePredictor predictor, Path image) throws IOException {
        // @start region=combination
        Prediction prediction = predictor.predict(image);
        Combination combination = prediction.combination().orElseThrow();
        combination.categories(); // {colour=red, ground=light}, which may differ from the heads' own answers
        combination.probability(); // of just these together
        combination.unusual(); // whether no training image had the heads' own answers together
        // @end region=combination
        return combination;
    }

    @Test
    void aSavedModelIsEvaluated() throws Exception {
        Path unseen = Shapes.write(Shapes.draw(6, 1), folder);
        try (MultiLabelModel model = MultiLabelModel.load(savedModel())) {
            evaluate(model, unseen, folder.resolve("photos"));
        }
    }

    private static void evaluate(MultiLabelModel model, Path unseen, Path images) throws IOException {
        // @start region=evaluate
        ImageTable table = ImageTable.csv(unseen, images)
                .addHead("colour")
                .optHeads(model.heads()) // its categories, in its order
                .build();
        try (ImageDataset data = table.dataset().build()) {
            System.out.println(Evaluator.evaluate(model, data).table());
        }
        // @end region=evaluate
    }

    @Test
    void aModelLearnsFromWhichProbabilityOnItIsSure() throws Exception {
        HeadSet heads = HeadSet.of(
                        Head.singleLabel("colour", "blue", "green", "red"), Head.singleLabel("ground", "dark", "light"))
                .withParent("colour", "ground", Map.of("red", "light"));
        ImageTable table = ImageTable.csv(Shapes.write(Shapes.draw(30, 1), folder), folder.resolve("photos"))
                .addHead("colour")
                .addHead("ground")
                .optHeads(heads)
                .build();
        Path saved = folder.resolve("sure");
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1);
                ImageDataset validation = table.dataset().build()) {
            answerWhatIsSure(
                    model, validation, 0.05, saved, folder.resolve("photos").resolve("0.png"));
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            assertThat(model.sureAnswers()).extracting(SureAnswers::precision).containsExactly(0.05);
        }
    }

    private static void answerWhatIsSure(
            MultiLabelModel model, ImageDataset validation, double precision, Path saved, Path image)
            throws IOException {
        // @start region=sure
        List<SureChoice> chosen = SureLevels.choose(model, validation, precision); // such as 0.95
        System.out.println(chosen); // the thresholds, and for how many images each head is sure
        try (MultiLabelModel sure = model.withSureAnswers(SureLevels.answers(chosen));
                MultiLabelPredictor predictor = sure.newPredictor()) {
            sure.save(saved); // with the thresholds
            for (HeadPrediction head : predictor.predict(image).sure().orElse(List.of())) {
                System.out.println("at least " + head.best()); // the most specific first; none if it is sure of nothing
            }
        }
        // @end region=sure
    }

    @Test
    void aModelLearnsHowProbableItsAnswersAre() throws Exception {
        ImageTable table = ImageTable.csv(Shapes.write(Shapes.draw(60, 1), folder), folder.resolve("photos"))
                .addHead("colour")
                .build();
        Path saved = folder.resolve("careful");
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), table.heads(), Backbones.small().preprocessing(), Device.cpu(), 1);
                ImageDataset unseen = table.dataset().build()) {
            answerWhatIsKnown(
                    model, unseen, 0.05, saved, folder.resolve("photos").resolve("0.png"));
        }
        try (MultiLabelModel model = MultiLabelModel.load(saved)) {
            assertThat(model.thresholds()).extracting(HeadThreshold::head).containsExactly("colour");
        }
    }

    private static void answerWhatIsKnown(
            MultiLabelModel model, ImageDataset unseen, double precision, Path saved, Path image) throws IOException {
        // @start region=calibration
        List<CalibrationChoice> chosen = CalibratedAnswers.choose(model, unseen);
        System.out.println(chosen); // for each head the temperature, and the calibration error before and after
        try (MultiLabelModel calibrated = model.withCalibration(CalibratedAnswers.calibration(chosen))) {
            Map<String, AbstentionChoice> known =
                    AnswerThresholds.unknown(calibrated, unseen, precision); // such as 0.98
            List<HeadThreshold> thresholds = new ArrayList<>(AnswerThresholds.ofUnknown(known));
            thresholds.addAll(CalibratedAnswers.sameTags(chosen)); // or AnswerThresholds.ofTags(...), by the best F1
            try (MultiLabelModel careful = calibrated.withThresholds(thresholds);
                    MultiLabelPredictor predictor = careful.newPredictor()) {
                careful.save(saved); // with all of it
                HeadPrediction colour = predictor.predict(image).head("colour");
                System.out.println(colour.unknown() ? "unknown" : colour.best().category());
            }
        }
        // @end region=calibration
    }

    @Test
    void aSpringContextClosesThePredictorAndThenTheModel() throws Exception {
        // given
        Path image = drawn(1).resolve("0.png");
        System.setProperty("multilabel.model", savedModel().toString());
        ImagePredictor predictor;
        // when
        try (AnnotationConfigApplicationContext spring =
                new AnnotationConfigApplicationContext(Predictors.class, PhotoController.class)) {
            predictor = spring.getBean(ImagePredictor.class);
            String answer = spring.getBean(PhotoController.class).predict(Files.readAllBytes(image));
            assertThat(answer).contains("\"colour\"");
            assertBadRequest(spring.getBean(PhotoController.class), "no photo");
        } finally {
            System.clearProperty("multilabel.model");
        }
        // then
        assertThatIllegalStateException()
                .isThrownBy(() -> predictor.predict(image))
                .withMessageContaining("closed");
    }

    private static void assertBadRequest(PhotoController controller, String upload) {
        ImageDecodeException refused = catchThrowableOfType(
                ImageDecodeException.class, () -> controller.predict(upload.getBytes(StandardCharsets.UTF_8)));
        ProblemDetail answer = controller.unusable(refused);
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getDetail()).contains("upload", "not an image");
    }

    // @start region=spring
    @Configuration
    static class Predictors {

        @Bean // closed with the context, after the predictor
        MultiLabelModel model(@Value("${multilabel.model}") String folder) throws IOException, MalformedModelException {
            return MultiLabelModel.load(Path.of(folder));
        }

        @Bean
        ImagePredictor predictor(MultiLabelModel model) {
            MultiLabelPredictor predictor =
                    MultiLabelPredictor.builder(model).optConcurrency(2).build();
            predictor.warmUp(); // so that the first request does not wait for memory and kernels
            return predictor;
        }
    }

    @RestController
    static class PhotoController {

        private final ImagePredictor predictor;

        PhotoController(ImagePredictor predictor) {
            this.predictor = predictor;
        }

        @PostMapping(path = "/predict", produces = "application/json")
        String predict(@RequestBody byte[] photo) throws IOException {
            return predictor.predict(ImageSource.of("upload", photo)).toJson(3);
        }

        @ExceptionHandler // a broken upload is the sender's fault, not the server's
        ProblemDetail unusable(ImageDecodeException photo) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, photo.getMessage());
        }
    }
    // @end region=spring

    private Path drawn(int images) throws IOException {
        Shapes.write(Shapes.draw(images, 1), folder);
        return folder.resolve("photos");
    }

    private Path savedModel() throws IOException {
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "red"));
        Path saved = folder.resolve("model");
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), heads, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            model.save(saved);
        }
        return saved;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heat",
                "embeddings",
                "evaluate",
                "folder",
                "thresholds",
                "calibration",
                "sure",
                "spring",
                "together",
                "combination"
            })
    void theGuideShowsWhatRuns(String region) throws IOException {
        assertThat(Files.readString(Path.of("../docs/prediction.md")))
                .contains("```java\n" + Region.of(PredictionGuideTest.class, region) + "\n```");
    }
}
