package io.github.multilabel.model.export;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.network.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Models to be exported. */
final class SmallModels {

    /** Names that code could not have, in an order that sorting would change; years determine brands, one does not. */
    static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("year", "10", "9", "2", "1"),
                    Head.singleLabel("brand \"Škoda\" 🚗", "Škoda", "Audi"),
                    Head.multiLabel("a.weight", "sunroof", "spoiler"),
                    Head.singleLabel("body", "b", "a"))
            .withParent("year", "brand \"Škoda\" 🚗", Map.of("10", "Audi", "9", "Audi", "2", "Škoda"));

    private static final Preprocessing PREPROCESSING = Preprocessing.imageNet(16);

    private SmallModels() {}

    static Network network() {
        return Network.builder("tiny")
                .stage("stem")
                .conv("conv1", 8, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .stage("pool")
                .globalAveragePool("avgpool")
                .build();
    }

    /** With a head of each kind of layers; no weight is what it began with. */
    static MultiLabelModel plain() throws IOException {
        return of(Backbones.of(network(), PREPROCESSING));
    }

    static MultiLabelModel of(Backbone backbone) throws IOException {
        MultiLabelModel model = MultiLabelModel.create(
                backbone,
                HEADS,
                Map.of("body", HeadLayers.linear().withHidden(5).withDropout(0.25)),
                backbone.preprocessing(),
                false,
                Device.cpu(),
                1);
        shake(model);
        return model;
    }

    /** Of small deviations around what they began with, so that deep networks stay finite. */
    static void shake(MultiLabelModel model) {
        for (Parameter parameter : model.block().parametersByName().values()) {
            try (NDArray noise = model.manager().randomUniform(0.5f, 1.5f, parameter.getShape());
                    NDArray shaken = parameter.getArray().mul(noise)) {
                parameter.getArray().set(shaken.toByteBuffer());
            }
        }
    }

    /** With everything that changes answers after the network. */
    static MultiLabelModel answering() throws IOException {
        return answering(plain());
    }

    /** The same of another model, which is closed. */
    static MultiLabelModel answering(MultiLabelModel model) {
        String brand = HEADS.get(1).name();
        try (MultiLabelModel plain = model;
                MultiLabelModel flipped = plain.withTestTimeFlip(true);
                MultiLabelModel joint =
                        flipped.withJointDecoding(List.of(new JointDecoding("year", Map.of(brand, 0.75))));
                MultiLabelModel calibrated = joint.withCalibration(List.of(
                        new HeadCalibration.TagScales("a.weight", List.of(2.0, 0.5), List.of(-0.25, 0.125)),
                        new HeadCalibration.Temperature(brand, 0.25)))) {
            return calibrated.withThresholds(List.of(new HeadThreshold.UnknownBelow("body", 0.75, 0.9)));
        }
    }
}
