package io.github.multilabel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.Typed;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.testsupport.Ran;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for Stanford Cars as a user types them, on a few drawings. */
class CarCommandsTest {

    @TempDir
    static Path folder;

    private static Path cars;
    private static Path trained;
    private static Ran training;

    @BeforeAll
    static void trainOnce() throws IOException {
        cars = SyntheticCars.builder()
                .optTrain(96)
                .optTest(24)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("stanford_cars"));
        trained = folder.resolve("trained");
        training = Typed.multilabel(
                "train",
                "--dataset",
                "stanford-cars",
                "--data",
                cars,
                "--backbone",
                "small",
                "--image-size",
                "32",
                "--epochs",
                "2",
                "--output",
                trained);
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void trainingPrintsATableAndLeavesMetricsHistoryCurvesAndModel() throws IOException {
        assertThat(training.code()).as(training.err()).isZero();
        assertThat(training.out())
                .contains("training on 96 photos, evaluating on 24 photos")
                .contains("epoch 1:")
                .contains("epoch 2:")
                .contains("brand", "type", "year", "Convertible", "2009 and earlier");
        assertThat(Files.readAllLines(trained.resolve("history.csv")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("epoch,learning_rate,images_per_second");
        BufferedImage curves =
                ImageIO.read(trained.resolve("learning-curves.png").toFile());
        assertThat(curves.getWidth()).isGreaterThan(400);
        assertThat(ImageIO.read(trained.resolve("validation-samples.png").toFile())
                        .getWidth())
                .as("six images in a row")
                .isEqualTo(8 + 6 * (208 + 8));
        assertThat(trained.resolve("model")).isDirectoryContaining("glob:**model.json");
    }

    @Test
    void metricsHaveTheHeadsInOrderWithCategoriesAndConfusion() throws IOException {
        JsonObject metrics = json(trained.resolve("metrics.json"));
        JsonObject heads = metrics.getAsJsonObject("heads");
        assertThat(heads.keySet()).containsExactly("brand", "type", "year");
        JsonObject type = heads.getAsJsonObject("type");
        assertThat(type.getAsJsonObject("categories").keySet())
                .containsExactly("Convertible", "Coupe", "SUV", "Van", "Other");
        long counted = 0;
        for (JsonElement row : type.getAsJsonArray("confusion")) {
            for (JsonElement count : (JsonArray) row) {
                counted += count.getAsLong();
            }
        }
        assertThat(counted).as("each validation photo is counted once").isEqualTo(24);
        assertThat(type.get("accuracy").getAsDouble()).isBetween(0.0, 1.0);
        assertThat(metrics.getAsJsonObject("samples").toString()).isEqualTo("{\"train\":96,\"validation\":24}");
    }

    @Test
    void theSavedModelHasTheSameMetricsOnTheSamePhotos() throws IOException {
        Path output = folder.resolve("evaluation");
        Ran evaluation = Typed.multilabel(
                "evaluate",
                "--dataset",
                "stanford-cars",
                "--model",
                trained.resolve("model"),
                "--data",
                cars,
                "--output",
                output);
        assertThat(evaluation.code()).as(evaluation.err()).isZero();
        JsonObject again = json(output.resolve("metrics.json"));
        JsonObject before = json(trained.resolve("metrics.json"));
        assertThat(again.get("heads")).isEqualTo(before.get("heads"));
        assertThat(again.getAsJsonObject("samples").get("train").isJsonNull()).isTrue();
    }

    @Test
    void eachPhotoGetsALineOfJsonAndABrokenOneItsReason() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "<html>not found</html>");
        Path photo = cars.resolve("cars_test").resolve("00001.jpg");
        Ran prediction = Typed.multilabel("predict", "--model", trained.resolve("model"), photo, broken, photo);
        List<String> lines = prediction.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(lines.get(2));
        JsonObject first = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(first.getAsJsonObject("heads").keySet()).containsExactly("brand", "type", "year");
        assertThat(lines.get(1)).contains("broken.jpg").contains("\"error\"");
        assertThat(prediction.code()).as("one photo could not be read").isEqualTo(1);
        assertThat(Typed.multilabel("predict", "--model", trained.resolve("model"), photo)
                        .code())
                .isZero();
    }

    @Test
    void theFirstImagesAreDrawnWithTheirPredictions() throws IOException {
        Path model = trained.resolve("model");
        Path figure = folder.resolve("figure.png");
        Path photo = cars.resolve("cars_test").resolve("00001.jpg");
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "<html>not found</html>");

        Ran drawn = Typed.multilabel("predict", "--model", model, "--figure", figure, photo, broken, photo);
        Ran again = Typed.multilabel("predict", "--model", model, "--figure", figure, photo);
        Ran nothing = Typed.multilabel("predict", "--model", model, "--figure", folder.resolve("no.png"), broken);
        Ran noPicture = Typed.multilabel("predict", "--model", model, "--figure", folder.resolve("figure.pdf"), photo);

        assertThat(drawn.err()).contains("; the figure is " + figure + "; the first: '" + broken + "': ");
        assertThat(ImageIO.read(figure.toFile()).getHeight()).as("two images").isEqualTo(2 * (16 + 290 + 16));
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("figure.png is there already", "--overwrite");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).doesNotContain("figure");
        assertThat(noPicture.err()).contains("let its name end in .png");
    }

    @Test
    void anUnknownAugmentationIsAnErrorWithThoseThatWereMeant() {
        Ran refused =
                Typed.multilabel("train", "--dataset", "stanford-cars", "--data", cars, "--augmentation", "stong");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("no augmentation 'stong'", "[none, flip, light, strong]", "mean 'strong'?");
    }

    @Test
    void missingPhotosAreAnErrorUnlessSkipped() throws IOException {
        Path partial = SyntheticCars.builder()
                .optTrain(64)
                .optTest(16)
                .optImageSize(48)
                .build()
                .writeTo(folder.resolve("partial"));
        Files.delete(partial.resolve("cars_train").resolve("00007.jpg"));
        Object[] arguments = {
            "--data",
            partial,
            "--backbone",
            "small",
            "--image-size",
            "32",
            "--epochs",
            "1",
            "--output",
            folder.resolve("partly"),
            "--on-bad-image",
            "fail"
        };
        Ran failed = Typed.multilabel(Typed.with(new Object[] {"train", "--dataset", "stanford-cars"}, arguments));
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("1 of 64").contains("00007.jpg").doesNotContain("\tat ");
        arguments[arguments.length - 1] = "skip";
        Ran skipped = Typed.multilabel(Typed.with(new Object[] {"train", "--dataset", "stanford-cars"}, arguments));
        assertThat(skipped.code()).as(skipped.err()).isZero();
        assertThat(skipped.out()).contains("63 photos (of 64 annotated)");
    }

    @Test
    void wrongOptionsSayWhatIsAccepted() {
        assertThat(Typed.multilabel(
                        "train",
                        "--dataset",
                        "stanford-cars",
                        "--data",
                        cars,
                        "--head",
                        "brandt",
                        "--output",
                        folder.resolve("x")))
                .satisfies(output -> assertThat(output.code()).isEqualTo(2))
                .satisfies(output -> assertThat(output.err()).contains("brandt").contains("did you mean 'brand'"));
        assertThat(Typed.multilabel(
                                "train",
                                "--dataset",
                                "stanford-cars",
                                "--data",
                                cars,
                                "--backbone",
                                "resnet35",
                                "--output",
                                folder.resolve("x"))
                        .err())
                .contains("resnet35")
                .contains("resnet34");
        assertThat(Typed.multilabel("train", "--dataset", "stanford-cars", "--data", folder.resolve("nowhere"))
                        .err())
                .contains("nowhere")
                .doesNotContain("\tat ");
        assertThat(Typed.multilabel("train", "--dataset", "stanford-cars", "--precision", "float64"))
                .satisfies(output -> assertThat(output.code()).isEqualTo(2))
                .satisfies(output -> assertThat(output.err()).contains("--precision"));
        assertThat(Typed.multilabel("predict", "--model", cars, "photo.jpg").err())
                .contains("model.json")
                .doesNotContain("\tat ");
    }

    @Test
    void trainingGoesOnFromAFileOfWeights() {
        Path file = trained.resolve("model").resolve("weights.safetensors");
        Ran more = train("--weights", file, "--epochs", "1", "--freeze-epochs", "1");
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(more.out()).contains("epoch 1:");
    }

    @Test
    void weightsThatCannotBeHadSayWhatToDo() {
        assertThat(train("--weights", "pretrained"))
                .satisfies(output -> assertThat(output.code()).isEqualTo(2))
                .satisfies(output -> assertThat(output.err())
                        .contains("no published weights are known for backbone 'small'")
                        .contains("resnet34")
                        .doesNotContain("\tat "));
        assertThat(train("--weights", folder.resolve("nothing.pth")).err())
                .contains("there is no such file")
                .doesNotContain("\tat ");
        assertThat(train("--weights", cars.resolve("cars_test").resolve("00001.jpg"))
                        .err())
                .contains("00001.jpg' is not a weight file");
    }

    @Test
    void offlinePublishedWeightsSayWhichFileToPutWhere() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("DJL_CACHE_DIR", folder.resolve("cache").toString());
        try {
            assertThat(train("--weights", "pretrained", "--backbone", "resnet34"))
                    .satisfies(output -> assertThat(output.code()).isEqualTo(1))
                    .satisfies(output -> assertThat(output.err())
                            .contains("https://download.pytorch.org/models/resnet34-b627a593.pth")
                            .contains("put resnet34-b627a593.pth at " + folder.resolve("cache"))
                            .doesNotContain("\tat "));
        } finally {
            System.clearProperty("ai.djl.offline");
            System.clearProperty("DJL_CACHE_DIR");
        }
    }

    private static int outputs;

    private static Ran train(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("--data", cars, "--image-size", "32"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--output")) {
            arguments.addAll(List.of("--output", folder.resolve("more-" + outputs++)));
        }
        if (!arguments.contains("--backbone")) {
            arguments.addAll(List.of("--backbone", "small"));
        }
        return Typed.multilabel(Typed.with(new Object[] {"train", "--dataset", "stanford-cars"}, arguments.toArray()));
    }

    @Test
    void anAuxiliaryHeadOnlyHelpsToLearn() throws IOException {
        Path output = folder.resolve("helped");
        Ran helped = train(
                "--auxiliary-head",
                "model",
                "--loss-weight",
                "model=0.5",
                "--label-smoothing",
                "0.05",
                "--schedule",
                "one-cycle",
                "--optimizer",
                "lion",
                "--loss-balancing",
                "uncertainty",
                "--mixup",
                "0.2",
                "--cutmix",
                "1",
                "--epochs",
                "1",
                "--output",
                output);
        assertThat(helped.code()).as(helped.err()).isZero();
        assertThat(json(output.resolve("metrics.json")).getAsJsonObject("heads").keySet())
                .containsExactly("brand", "type", "year");
        Ran evaluated = Typed.multilabel(
                "evaluate",
                "--dataset",
                "stanford-cars",
                "--model",
                output.resolve("model"),
                "--data",
                cars,
                "--output",
                folder.resolve("evaluated"));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(json(folder.resolve("evaluated").resolve("metrics.json"))
                        .getAsJsonObject("heads")
                        .get("brand"))
                .as("without label smoothing only the loss is another")
                .extracting(head -> head.getAsJsonObject().get("accuracy"))
                .isEqualTo(json(output.resolve("metrics.json"))
                        .getAsJsonObject("heads")
                        .getAsJsonObject("brand")
                        .get("accuracy"));
    }

    @Test
    void aModelWithTestTimeFlipIsEvaluatedWithMirrorImages() throws Exception {
        Path output = folder.resolve("flipped");
        Ran flipped = train("--tta", "--epochs", "1", "--output", output);
        assertThat(flipped.code()).as(flipped.err()).isZero();
        Path model = output.resolve("model");
        Path evaluated = folder.resolve("evaluated-flipped");
        Typed.multilabel(
                "evaluate", "--dataset", "stanford-cars", "--model", model, "--data", cars, "--output", evaluated);
        assertThat(json(evaluated.resolve("metrics.json")).get("heads"))
                .isEqualTo(json(output.resolve("metrics.json")).get("heads"));
        Path unflipped = folder.resolve("unflipped");
        try (MultiLabelModel saved = MultiLabelModel.load(model);
                MultiLabelModel plain = saved.withTestTimeFlip(false)) {
            plain.save(unflipped);
        }
        Typed.multilabel(
                "evaluate",
                "--dataset",
                "stanford-cars",
                "--model",
                unflipped,
                "--data",
                cars,
                "--output",
                evaluated,
                "--overwrite");
        assertThat(json(evaluated.resolve("metrics.json")).get("heads"))
                .as("without them")
                .isNotEqualTo(json(output.resolve("metrics.json")).get("heads"));
    }

    @Test
    void headsHaveTheDropoutAndTheHiddenLayersThatWereAskedFor() throws IOException {
        Path output = folder.resolve("layered");
        Ran layered = train(
                "--dropout",
                "0.1,brand=0.3",
                "--hidden-units",
                "type=16",
                "--auxiliary-head",
                "model",
                "--epochs",
                "1",
                "--output",
                output);
        assertThat(layered.code()).as(layered.err()).isZero();
        JsonArray heads = json(output.resolve("model").resolve("model.json")).getAsJsonArray("heads");
        assertThat(heads)
                .extracting(head -> head.getAsJsonObject().get("dropout"))
                .asString()
                .isEqualTo("[0.3, 0.1, 0.1]");
        assertThat(heads)
                .extracting(head -> head.getAsJsonObject().get("hidden"))
                .asString()
                .isEqualTo("[null, 16, null]");
        assertThat(train("--dropout", "brnd=0.5,1.5", "--hidden-units", "0").err())
                .contains(
                        "--dropout: a dropout rate of 1.5 is outside [0, 1)",
                        "--dropout brnd=0.5: no head 'brnd'",
                        "did you mean 'brand'?",
                        "--hidden-units brand=0: a hidden layer of 0 units");
        assertThat(train("--hidden-units", "brand=many").err())
                .contains("'brand=many' is neither a whole number for all heads nor HEAD=UNITS for one")
                .doesNotContain("\tat ");
    }

    @Test
    void aLearningRateIsSuggestedAndNothingIsTrained() {
        Path output = folder.resolve("rates");
        Ran found = train("--find-learning-rate", "--resume", "--output", output);
        assertThat(found.code()).as(found.out() + found.err()).isZero();
        assertThat(found.out()).contains("suggested learning rate ").doesNotContain("epoch 1:");
        assertThat(output).isDirectoryContaining("glob:**learning-rate.png");
        assertThat(output.toFile().list()).hasSize(1);
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefusedBeforeTraining() throws IOException {
        Path output = folder.resolve("notes");
        Path notes = Files.createDirectories(output.resolve("model"));
        Files.writeString(notes.resolve("diary.txt"), "dear diary");
        Ran refused = Typed.multilabel("train", "--dataset", "stanford-cars", "--data", cars, "--output", output);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("diary.txt");
        assertThat(refused.out()).doesNotContain("epoch");
        assertThat(notes.resolve("diary.txt")).hasContent("dear diary");
    }

    @Test
    void aFinishedTrainingGoesOnWithMoreEpochs() throws IOException {
        Path output = folder.resolve("longer");
        Object[] first = {"--fine-tune", "--weights", "none", "--epochs", "1", "--output", output};
        assertThat(train(first))
                .satisfies(done -> assertThat(done.code()).as(done.err()).isZero());
        assertThat(output.resolve("checkpoints").resolve("checkpoint-00000003")).isDirectory();
        Ran more = train(
                "--resume",
                "--fine-tune",
                "--weights",
                "none",
                "--epochs",
                "3",
                "--checkpoint-every",
                "2",
                "--monitor",
                "brand.loss",
                "--early-stopping",
                "2",
                "--output",
                output);
        assertThat(more.code()).isEqualTo(2);
        assertThat(more.err()).contains("--monitor: validation_brand_loss now, validation_mean_accuracy");
        more = train("--resume", "--fine-tune", "--weights", "none", "--epochs", "3", "--output", output);
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(more.out()).contains("epoch 2:", "epoch 3:").doesNotContain("epoch 1:");
        assertThat(Files.readAllLines(output.resolve("history.csv"))).hasSize(1 + 3);
        assertThat(Files.readAllLines(output.resolve("steps.csv"))).hasSize(1 + 9);
        assertThat(output.resolve("tensorboard")).isDirectoryContaining("glob:**events.out.tfevents.*");
        assertThat(train("--resume", "--fine-tune", "--weights", "none", "--epochs", "3", "--output", output))
                .as("nothing is left to learn")
                .satisfies(again -> assertThat(again.code()).isZero())
                .satisfies(again -> assertThat(again.out()).doesNotContain("epoch 3:"));
    }

    @Test
    void fineTuneIsShortForTheOptionsThatItsHelpNames() throws IOException {
        Path recipe = folder.resolve("recipe");
        Path spelled = folder.resolve("spelled-out");
        Object[] shared = {"--epochs", "3", "--batch-size", "16", "--weights", "none"};
        String help = Typed.multilabel("train", "--dataset", "stanford-cars", "--help")
                .out()
                .replaceAll("\\s+", " ");
        Matcher shortFor =
                Pattern.compile("short for --weights pretrained (--.*?); any").matcher(help);
        assertThat(shortFor.find()).as(help).isTrue();

        Ran one = train(Typed.with(shared, "--fine-tune", "--output", recipe));
        Ran other = train(Typed.with(Typed.with(shared, "--output", spelled), (Object[])
                shortFor.group(1).split(" ")));

        assertThat(one.code()).as(one.err()).isZero();
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(Files.readAllLines(spelled.resolve("steps.csv")))
                .as("rates and losses of every step")
                .hasSize(1 + 3 * 6)
                .isEqualTo(Files.readAllLines(recipe.resolve("steps.csv")));
        assertThat(spelled.resolve("model").resolve("weights.safetensors"))
                .hasSameBinaryContentAs(recipe.resolve("model").resolve("weights.safetensors"));
    }

    @Test
    void allFlagsOfHeadsAndImagesTrainTogether() throws IOException {
        Path output = folder.resolve("flags");
        Ran trained = train(
                "--epochs",
                "1",
                "--loss",
                "brand=focal,type=ordinal",
                "--class-weights",
                "effective-number",
                "--label-smoothing",
                "year=0.1",
                "--gradient-clip-norm",
                "1",
                "--weighted-sampling",
                "type",
                "--photo-cache",
                folder.resolve("cache"),
                "--photo-cache-side",
                "40",
                "--box-crop",
                "0.1",
                "--device",
                "cpu",
                "--early-stopping",
                "2",
                "--min-delta",
                "0.01",
                "--output",
                output);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(folder.resolve("cache")).isDirectory();
    }

    @Test
    void valuesOutsideTheirRangeAreNamedByTheirFlags() {
        assertThat(Typed.multilabel(
                                "train",
                                "--dataset",
                                "stanford-cars",
                                "--data",
                                "\0",
                                "--output",
                                folder.resolve("none"))
                        .err())
                .contains("Nul character not allowed")
                .doesNotContain("\tat ");
        assertThat(train("--device", "tpu").err()).contains("'tpu' is no device", "gpu1");
        assertThat(train("--device", "gpu7").err())
                .contains("--device gpu7: PyTorch sees")
                .doesNotContain("\tat ");
        assertThat(train("--loss", "brand=huber").err()).contains("--loss", "focal", "ordinal");
        assertThat(train("--loss", "asymmetric").err()).contains("brand").doesNotContain("\tat ");
        assertThat(train("--class-weights", "type=positive").err())
                .contains("--class-weights")
                .doesNotContain("\tat ");
        assertThat(train("--mixup", "0").err()).contains("--mixup 0: alpha").doesNotContain("\tat ");
        assertThat(train("--stochastic-depth", "1.5", "--backbone", "resnet18").err())
                .contains("1.5")
                .doesNotContain("\tat ");
        assertThat(train("--stochastic-depth", "0.1", "--epochs", "1").err()).doesNotContain("\tat ");
        assertThat(train("--box-crop", "-1").err()).contains("margin").doesNotContain("\tat ");
        assertThat(train("--weighted-sampling", "colour").err())
                .contains("no head 'colour'")
                .doesNotContain("\tat ");
        assertThat(train("--min-delta", "0.1").err()).contains("--min-delta 0.1 needs --early-stopping");
        assertThat(train("--early-stopping", "1", "--min-delta", "-1").err())
                .contains("--min-delta -1: a finite number");
        assertThat(train("--photo-cache", folder.resolve("c"), "--photo-cache-side", "1")
                        .err())
                .contains("--photo-cache")
                .doesNotContain("\tat ");
    }

    @Test
    void epochsWithoutAGainEndTheTraining() throws IOException {
        Path output = folder.resolve("early");
        Ran early = train(
                "--learning-rate",
                "1e-12",
                "--epochs",
                "9",
                "--monitor",
                "exact_match",
                "--early-stopping",
                "1",
                "--checkpoint-every",
                "2",
                "--output",
                output);
        assertThat(early.code()).as(early.err()).isZero();
        assertThat(early.out()).doesNotContain("epoch 9:");
        assertThat(train("--monitor", "brand.f2").err())
                .contains("HEAD_macro_f1", "[brand, type, year]")
                .doesNotContain("\tat ");
        assertThat(train("--early-stopping", "0").err()).contains("--early-stopping 0: at least 1 epoch");
    }

    @Test
    void optionsAreCheckedBeforeCarsAreDrawn() {
        Path output = folder.resolve("nothing-drawn");
        for (String option : List.of("--batch-size=0", "--epochs=0", "--weighted-sampling=brnd", "--head=brnd")) {
            Ran refused = Typed.multilabel("train", "--dataset", "stanford-cars", option, "--output", output);
            assertThat(refused.code()).as(refused.err()).isEqualTo(2);
            assertThat(refused.out()).doesNotContain("drawing");
        }
        assertThat(output).doesNotExist();
    }
}
