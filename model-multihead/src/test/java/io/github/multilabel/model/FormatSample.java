package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.HeadReference;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Makes the samples of the newest formats in {@code formats/models} of the test resources. When the format changes, run
 * it for the new number and keep the old samples: they must load for ever. Formats 1 (linear heads alone) and 2 have no
 * checksums; models with a square input and no borders are still written in format 3.
 */
final class FormatSample {

    /** All but the usual in every field. */
    static final Preprocessing UNUSUAL = new Preprocessing(
            16, 1, CropMode.SQUASH, Interpolation.BICUBIC, List.of(0.1, 0.25, 0.5), List.of(0.3, 0.2, 0.75));

    /** Neither a square nor without borders, which format 4 brought. */
    static final Preprocessing PADDED =
            TinyModels.PREPROCESSING.withSize(new ImageSize(24, 40)).withCropMode(CropMode.PAD);

    /** One of three years has no brand. */
    static final HeadSet HIERARCHY = TinyModels.HEADS.withParent("year", "brand", Map.of("10", "Škoda", "2", "Audi"));

    static final JointDecoding JOINT = new JointDecoding("year", Map.of("brand", 0.25));
    static final SureAnswers SURE = new SureAnswers("year", 0.625, 0.95);

    static final List<HeadCalibration> CALIBRATION = List.of(
            new HeadCalibration.Temperature("brand", 0.625),
            new HeadCalibration.TagScales("a.weight", List.of(1.5, 0.75), List.of(-0.25, 0.125)));
    static final List<HeadThreshold> THRESHOLDS = List.of(
            new HeadThreshold.UnknownBelow("year", 0.5, 0.9),
            new HeadThreshold.OfTags("a.weight", List.of(0.25, 0.625)));

    static final UnusualThreshold UNUSUAL_ABOVE = new UnusualThreshold(1.25, 0.03125);
    static final AnswerReference REFERENCE = new AnswerReference(List.of(
            new HeadReference(
                    "brand",
                    Head.Kind.SINGLE_LABEL,
                    40,
                    Map.of("Škoda", 15L, "Audi", 25L),
                    List.of(0L, 0L, 0L, 1L, 2L, 3L, 4L, 5L, 6L, 19L)),
            new HeadReference(
                    "a.weight",
                    Head.Kind.MULTI_LABEL,
                    40,
                    Map.of("sunroof", 7L),
                    List.of(70L, 0L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 8L))));

    /** Of two directions. */
    static UsualFeatures usual(MultiLabelModel model) {
        int features = model.block().featureCount();
        float[] mean = new float[features];
        mean[0] = 0.5f;
        float[][] directions = new float[2][features];
        directions[0][1] = 1;
        directions[1][2] = -1;
        return new UsualFeatures(mean, directions, new float[] {0.25f, 0.75f, 0.125f});
    }

    private FormatSample() {}

    /**
     * Run it in the folder of this module.
     *
     * @param arguments the folder to write into
     */
    public static void main(String[] arguments) throws IOException, MalformedModelException {
        Path folder = Path.of(arguments[0]);
        write(
                folder,
                "format3",
                Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING),
                TinyModels.PREPROCESSING);
        write(folder, "format3-every-operation", Backbones.of(everyOperation(), UNUSUAL), UNUSUAL);
        write(folder, "format3-foreign", TinyModels.foreign(), TinyModels.PREPROCESSING);
        write(folder, "format4-padded", Backbones.of(TinyModels.network(), PADDED), PADDED);
        for (String name : List.of(
                "format5-combinations",
                "format5-pairs",
                "format5-hierarchy",
                "format6-calibrated",
                "format7-unusual")) {
            write(folder, name, Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING), TinyModels.PREPROCESSING);
        }
    }

    private static void write(Path folder, String name, Backbone backbone, Preprocessing preprocessing)
            throws IOException {
        if (Files.exists(folder.resolve(name))) {
            return; // a sample stays what it was
        }
        Map<String, HeadLayers> layers = name.startsWith("format1") ? Map.of() : TinyModels.LAYERS;
        HeadSet heads = name.endsWith("hierarchy") ? HIERARCHY : TinyModels.HEADS;
        try (MultiLabelModel model =
                MultiLabelModel.create(backbone, heads, layers, preprocessing, false, Device.cpu(), 1)) {
            TinyModels.shake(model);
            save(model, name, folder.resolve(name));
            List<String> logits = new ArrayList<>();
            for (float logit : TinyModels.logits(model)) {
                logits.add(Float.toString(logit));
            }
            Files.write(folder.resolve(name + "-logits.txt"), logits);
        }
    }

    private static void save(MultiLabelModel model, String name, Path folder) throws IOException {
        if (name.startsWith("format7")) {
            try (MultiLabelModel watched = model.withAnswerReference(Optional.of(REFERENCE))) {
                watched.tellUnusual(Optional.of(usual(model)), Optional.of(UNUSUAL_ABOVE));
                watched.save(folder);
            }
            return;
        }
        if (name.startsWith("format6")) {
            try (MultiLabelModel calibrated = model.withCalibration(CALIBRATION);
                    MultiLabelModel careful = calibrated.withThresholds(THRESHOLDS)) {
                careful.save(folder);
            }
            return;
        }
        if (!name.startsWith("format5")) {
            model.save(folder);
            return;
        }
        if (name.endsWith("hierarchy")) {
            try (MultiLabelModel joint = model.withJointDecoding(List.of(JOINT));
                    MultiLabelModel sure = joint.withSureAnswers(List.of(SURE))) {
                sure.save(folder);
            }
            return;
        }
        try (MultiLabelModel together = model.withCombinations(Optional.of(combinations(name.endsWith("pairs"))))) {
            together.save(folder);
        }
    }

    /** Of labels that are all there, or of which each image lacks one. */
    static Combinations combinations(boolean pairs) {
        CombinationLearner learner =
                new CombinationLearner(TinyModels.HEADS, List.of(Rule.forbid("brand=Audi", "year=2")));
        for (int row = 0; row < 30; row++) {
            learner.add(Labels.builder(TinyModels.HEADS)
                    .setIndex("year", row % 3)
                    .setIndex("brand", pairs && row % 5 == 0 ? Labels.MISSING : row % 3 / 2)
                    .setIndex("body", pairs && row % 5 > 0 ? Labels.MISSING : row % 3 % 2)
                    .build());
        }
        return learner.learn().withExponents(Map.of("brand", 0.75));
    }

    /** The network of all operations, of the sample that was written first. */
    private static Network everyOperation() throws IOException, MalformedModelException {
        Path sample = Path.of("src/test/resources/formats/networks/every_operation.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(sample))) {
            return Network.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
