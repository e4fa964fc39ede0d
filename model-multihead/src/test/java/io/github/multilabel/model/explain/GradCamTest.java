package io.github.multilabel.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.testsupport.DrawnImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradCamTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("colour", "red", "green", "blue"), Head.multiLabel("tags", "reddish", "bluish", "none"));
    private static final Box LEFT = new Box(0, 0, 32, 32);
    private static final Box RIGHT = new Box(0, 32, 32, 32);
    private static final Pixels PHOTO = Pixels.of(DrawnImages.redAndBlue(32, 64));
    private static final Box WHOLE = Box.of(PHOTO);

    private static Preprocessing preprocessing(CropMode mode) {
        return new Preprocessing(
                32, 1, mode, Preprocessing.Interpolation.BILINEAR, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    }

    /** Each feature is how much of a colour there is, and each category is a colour; tags come from both halves. */
    private static MultiLabelModel colours(CropMode mode) throws IOException {
        Network network = Network.builder("colours")
                .stage("stem")
                .conv("colour", 3, 1, 4, 0, 1, false)
                .relu("relu")
                .stage("pool")
                .globalAveragePool("pool")
                .build();
        Preprocessing preprocessing = preprocessing(mode);
        MultiLabelModel model =
                MultiLabelModel.create(Backbones.of(network, preprocessing), HEADS, preprocessing, Device.cpu(), 1);
        set(model, "backbone.colour.weight", 1, 0, 0, 0, 1, 0, 0, 0, 1);
        set(model, "heads.weight", 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0);
        set(model, "heads.bias", 0, 0, 0, 0, 0, -9);
        return model;
    }

    private static void set(MultiLabelModel model, String name, float... values) {
        model.block().parametersByName().get(name).getArray().set(values);
    }

    @Test
    void theHeatLiesWhereTheCategoryIs() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            Explanation explanation =
                    cam.explain(PHOTO, List.of(Target.predicted("colour"), Target.category("colour", "blue")));

            HeatMap red = explanation.maps().get(0);
            HeatMap blue = explanation.maps().get(1);
            assertThat(red.category()).isEqualTo("red");
            assertThat(red.shareWithin(LEFT, WHOLE)).isGreaterThan(0.9);
            assertThat(blue.shareWithin(RIGHT, WHOLE)).isGreaterThan(0.9);
            assertThat(red.agreement(blue)).isLessThan(0.05);
            assertThat(red.correlation(blue)).isLessThan(-0.95);
            assertThat(red.probability())
                    .isEqualTo(explanation.prediction().head("colour").probability("red"));
        }
    }

    @Test
    void whatIsNotInTheImageGivesABlankMap() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            HeatMap green = cam.explain(PHOTO, List.of(Target.category("colour", "green")))
                    .first("colour");

            assertThat(green.isBlank()).isTrue();
            assertThat(green.values()).containsOnly(0);
            assertThat(green.shareWithin(LEFT, WHOLE)).isNaN();
        }
    }

    @Test
    void everyPredictedTagHasAMapTheMostProbableFirst() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            Explanation explanation = cam.explain(PHOTO);

            assertThat(explanation.of("tags")).extracting(HeatMap::category).containsExactly("reddish", "bluish");
            assertThat(explanation.of("colour")).extracting(HeatMap::category).containsExactly("red");
            assertThat(explanation.first("tags"))
                    .isSameAs(explanation.of("tags").get(0));
        }
    }

    /** 64 x 32 pixels, of which the model sees the middle 32 x 32: the border between the colours is in the middle. */
    @Test
    void whatACropLeavesOutIsNotSeen() throws IOException {
        try (MultiLabelModel model = colours(CropMode.CENTER);
                GradCam cam = GradCam.of(model)) {
            HeatMap red = cam.explain(PHOTO).first("colour");

            assertThat(red.at(0.5, 0.2)).isNaN();
            assertThat(red.at(0.5, 0.3)).isCloseTo(1, within(1e-6));
            assertThat(red.at(0.5, 0.7)).isCloseTo(0, within(1e-6));
            assertThat(red.at(0.5, 0.8)).isNaN();
        }
    }

    @Test
    void aPaddedInputLiesOverThePhotoWithoutItsBorder() throws IOException {
        try (MultiLabelModel model = colours(CropMode.PAD);
                GradCam cam = GradCam.of(model)) {
            HeatMap red = cam.explain(PHOTO).first("colour");

            assertThat(red.at(0.2, 0.2)).isCloseTo(1, within(1e-6));
            assertThat(red.at(0.8, 0.3)).isCloseTo(1, within(1e-6));
            assertThat(red.at(0.5, 0.9)).isCloseTo(0, within(1e-6));
            assertThat(red.shareWithin(LEFT, WHOLE)).isGreaterThan(0.9);
        }
    }

    @Test
    void anOverlayIsAsLargeAsThePhotoAndRedWhereItIsHot() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            Pixels overlay = cam.explain(PHOTO).first("colour").over(PHOTO);

            assertThat(Box.of(overlay)).isEqualTo(WHOLE);
            assertThat(overlay.get(16, 4, 0)).isGreaterThan(overlay.get(16, 4, 2) + 50);
            assertThat(overlay.get(16, 60, 2)).isGreaterThan(overlay.get(16, 60, 0));
        }
    }

    @Test
    void aComparisonColoursWhatEachHeadAloneLooksAt() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            Explanation explanation =
                    cam.explain(PHOTO, List.of(Target.predicted("colour"), Target.category("tags", "bluish")));

            Pixels both = explanation.first("colour").comparedWith(explanation.first("tags"), PHOTO);

            assertThat(both.get(16, 4, 0)).as("orange").isGreaterThan(both.get(16, 4, 2) + 50);
            assertThat(both.get(16, 60, 2)).as("blue").isGreaterThan(both.get(16, 60, 0) + 50);
        }
    }

    @Test
    void manyImagesGiveTheMapsOfEachAlone() throws IOException {
        List<Pixels> photos = IntStream.range(0, 20)
                .mapToObj(i -> Pixels.of(DrawnImages.redAndBlue(20 + i, 50 - i)))
                .toList();
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            List<Explanation> all = cam.explainAll(photos, List.of(Target.predicted("tags")));

            assertThat(all).hasSameSizeAs(photos);
            for (int i = 0; i < photos.size(); i++) {
                Explanation alone = cam.explain(photos.get(i));
                assertThat(all.get(i).first("tags").values())
                        .containsExactly(alone.first("tags").values(), within(1e-5f));
            }
        }
    }

    @Test
    void theProbabilitiesAreThoseOfThePredictor() throws IOException {
        try (MultiLabelModel model = colours(CropMode.CENTER);
                MultiLabelPredictor predictor = model.newPredictor();
                GradCam cam = GradCam.of(model)) {
            assertThat(cam.explain(PHOTO).prediction().toString())
                    .isEqualTo(predictor.predict(DrawnImages.redAndBlue(32, 64)).toString());
        }
    }

    @Test
    void aFileIsReadAndWhatIsNoneIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("photo.png");
        Files.write(file, DrawnImages.png(DrawnImages.redAndBlue(32, 64)));
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            assertThat(cam.explain(file).first("colour").values())
                    .containsExactly(cam.explain(PHOTO).first("colour").values());
            assertThatIOException()
                    .isThrownBy(() -> cam.explain(folder.resolve("missing.png")))
                    .withMessageContaining("missing.png");
        }
    }

    /** A photo that lies on its side, red left and blue right, with the tag that turns it: red comes to lie above. */
    @Test
    void theMapOfAPhoneLiesOverTheUprightPhoto(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(DrawnImages.redAndBlue(32, 64), "jpg", jpeg);
        byte[] tag = HexFormat.of()
                .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100060000"
                        + "00000000");
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg.toByteArray(), 0, 2);
        turned.writeBytes(tag);
        turned.write(jpeg.toByteArray(), 2, jpeg.size() - 2);
        Path file = Files.write(folder.resolve("phone.jpg"), turned.toByteArray());
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            HeatMap red = cam.explain(file).first("colour");

            assertThat(red.at(0.2, 0.5)).isGreaterThan(0.9);
            assertThat(red.at(0.8, 0.5)).isLessThan(0.1);
        }
    }

    @Test
    void noArraysAreLeftAndManyThreadsGetTheSame() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            int before = cam.arraysLeft();
            float[] alone = cam.explain(PHOTO).first("colour").values();

            IntStream.range(0, 40).parallel().forEach(i -> assertThat(
                            cam.explain(PHOTO).first("colour").values())
                    .containsExactly(alone));

            assertThat(cam.arraysLeft()).isEqualTo(before);
        }
    }

    @Test
    void itKeepsItsWeightsWhenTheModelChangesAndIsClosed() throws IOException {
        MultiLabelModel model = colours(CropMode.SQUASH);
        try (GradCam cam = GradCam.of(model)) {
            float[] before = cam.explain(PHOTO).first("colour").values();
            set(model, "backbone.colour.weight", 9, 9, 9, 9, 9, 9, 9, 9, 9);
            set(model, "heads.weight", new float[18]);
            model.close();
            assertThat(cam.explain(PHOTO).first("colour").values()).containsExactly(before);
        }
    }

    @Test
    void closedOnesRefuse() throws IOException {
        MultiLabelModel model = colours(CropMode.SQUASH);
        GradCam cam = GradCam.of(model);
        cam.close();
        cam.close();
        model.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> cam.explain(PHOTO))
                .withMessage("this GradCam is closed; create another with GradCam.of(model)");
        assertThatIllegalStateException().isThrownBy(() -> GradCam.of(model)).withMessageContaining("model is closed");
    }

    @Test
    void unknownNamesAreRefusedWithSimilarOnes() throws IOException {
        try (MultiLabelModel model = colours(CropMode.SQUASH);
                GradCam cam = GradCam.of(model)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cam.explain(PHOTO, List.of(Target.predicted("color"))))
                    .withMessageContaining("did you mean 'colour'?");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cam.explain(PHOTO, List.of(Target.category("colour", "rde"))))
                    .withMessageContaining("did you mean 'red'?");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cam.explain(PHOTO, List.of(Target.predicted("tags")))
                            .first("colour"))
                    .withMessageStartingWith("head 'colour' has no heat map: it was not asked for");
        }
    }

    @Test
    void aBlockOfOnesOwnIsRefused() throws IOException {
        Backbone foreign = Backbones.of(
                "mine",
                new SequentialBlock()
                        .add(Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(4)
                                .build())
                        .add(Pool.globalAvgPool2dBlock())
                        .add(Blocks.batchFlattenBlock()));
        try (MultiLabelModel model =
                MultiLabelModel.create(foreign, HEADS, preprocessing(CropMode.SQUASH), Device.cpu(), 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GradCam.of(model))
                    .withMessageContaining("'mine' is a DJL block of the application's own, or TorchScript");
        }
    }
}
