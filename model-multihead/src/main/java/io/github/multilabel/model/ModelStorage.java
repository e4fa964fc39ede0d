package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.nn.Block;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.internal.ScriptBlock;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.weights.Safetensors;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How the weights of a model come from a folder or from another model, and go into a folder. */
final class ModelStorage {

    private ModelStorage() {}

    /** See {@link MultiLabelModel#load(Path, Device)}. */
    static MultiLabelModel load(Path folder, Device device) throws IOException, MalformedModelException {
        ModelFolder saved = new ModelFolder(folder);
        ModelFolder.Contents contents = saved.read();
        ModelDescription description = contents.description();
        Network network = description
                .network()
                .orElseThrow(() -> saved.malformed(
                        "its backbone '" + description.backboneName() + "' is not described in it: it is a block of the"
                                + " application's own, or TorchScript. Load with MultiLabelModel.load(folder, backbone),"
                                + " the backbone being made as for training: Backbones.of(\""
                                + description.backboneName() + "\", block), or Backbones.torchScript(file)",
                        null));
        return load(saved, contents, new NetworkBlock(network), device);
    }

    /** See {@link MultiLabelModel#load(Path, Backbone)}. */
    static MultiLabelModel load(Path folder, Backbone backbone) throws IOException, MalformedModelException {
        ModelFolder saved = new ModelFolder(folder);
        ModelFolder.Contents contents = saved.read();
        ModelDescription description = contents.description();
        if (!description.backboneName().equals(backbone.name())) {
            throw new IllegalArgumentException("model folder '" + folder + "' was saved with the backbone '"
                    + description.backboneName() + "', got '" + backbone.name() + "'");
        }
        return load(saved, contents, backbone.newBlock(), TorchEngine.get().defaultDevice());
    }

    private static MultiLabelModel load(ModelFolder saved, ModelFolder.Contents contents, Block backbone, Device device)
            throws IOException, MalformedModelException {
        try (Safetensors weights = saved.openWeights()) {
            MultiLabelModel model = new MultiLabelModel(contents.description(), backbone, device);
            Set<String> usual = model.unusualThreshold().isPresent() ? UsualWeights.NAMES : Set.of();
            try {
                if (backbone instanceof NetworkBlock) { // before a description makes us allocate anything
                    ModelWeights.requireFit(model.block(), usual, weights);
                }
                saved.requireSaved(weights, contents);
                model.allocate();
                ModelWeights.read(model.block(), usual, model.manager(), weights);
                if (!usual.isEmpty()) {
                    model.keepUsual(UsualWeights.read(weights, model.block().featureCount(), model.manager()));
                }
                model.describe(saved.card().orElseGet(ModelCard::empty));
                return model;
            } catch (IllegalArgumentException | MalformedModelException e) {
                model.close();
                throw saved.malformed(Objects.requireNonNullElse(e.getMessage(), "it does not fit"), e);
            } catch (IOException | RuntimeException e) {
                model.close();
                throw e;
            }
        }
    }

    /** See {@link MultiLabelModel#save}. */
    static void save(MultiLabelModel model, Path folder) throws IOException {
        try {
            new ModelFolder(folder)
                    .write(
                            model.description(),
                            model.card(),
                            facts(model),
                            out -> ModelWeights.write(model.block(), model.usualFeatures(), model.manager(), out));
        } finally {
            Reference.reachabilityFence(model);
        }
    }

    /** For the card: nothing of the machine or the time, so that equal models give equal bytes. */
    private static Map<String, String> facts(MultiLabelModel model) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("backbone", model.backboneName());
        facts.put("parameters", String.format(Locale.ROOT, "%,d", model.parameterCount()));
        facts.put(
                "input",
                model.preprocessing().size() + " pixels, "
                        + model.preprocessing().cropMode().name().toLowerCase(Locale.ROOT));
        facts.put("averages over mirror images", model.isTestTimeFlip() ? "yes" : "no");
        List<String> answers = model.description().answering().lines();
        for (int i = 0; i < answers.size(); i++) {
            facts.put("answers" + (i == 0 ? "" : " (" + (i + 1) + ")"), answers.get(i));
        }
        facts.put(
                "made with",
                "multilabel " + LibraryVersion.get() + ", DJL " + Engine.getDjlVersion() + ", PyTorch "
                        + TorchEngine.get().getVersion());
        return facts;
    }

    /**
     * A model with copies of the weights of another.
     *
     * @param of what the copy is, with heads of the other
     */
    static MultiLabelModel copy(MultiLabelModel from, ModelDescription of) {
        MultiLabelModel model = new MultiLabelModel(
                of, another(from.block().backbone()), from.manager().getDevice());
        model.describe(from.card().among(of.heads().names()));
        if (of.answering().unusual().isPresent()) {
            from.usualFeatures().ifPresent(model::keepUsual);
        }
        try {
            model.allocate();
            ModelWeights.copy(from.block(), model.block(), model.manager());
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    /** A block like a backbone with weights of its own; one of the application's own is shared. */
    static Block another(Block backbone) {
        if (backbone instanceof ScriptBlock script) {
            return script.another();
        }
        return backbone instanceof NetworkBlock described ? new NetworkBlock(described.network()) : backbone;
    }
}
