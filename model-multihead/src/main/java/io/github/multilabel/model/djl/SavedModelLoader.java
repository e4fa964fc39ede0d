package io.github.multilabel.model.djl;

import ai.djl.Application;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Progress;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads one folder of a saved model. */
record SavedModelLoader(Path folder, Optional<Backbone> backbone) implements ModelLoader {

    @Override
    public String getGroupId() {
        return SavedModelZoo.GROUP;
    }

    @Override
    public String getArtifactId() {
        return folder.toAbsolutePath().getFileName().toString();
    }

    @Override
    public Application getApplication() {
        return Application.CV.IMAGE_CLASSIFICATION;
    }

    @Override
    public MRL getMrl() {
        return MRL.undefined(Repository.newInstance(getArtifactId(), folder), getGroupId(), getArtifactId());
    }

    @Override
    public <I, O> ZooModel<I, O> loadModel(Criteria<I, O> criteria)
            throws IOException, ModelNotFoundException, MalformedModelException {
        MultiLabelModel saved = load(criteria.getDevice());
        PredictionTranslators answers = new PredictionTranslators(saved);
        Model model =
                TorchEngine.get().newModel(getArtifactId(), saved.manager().getDevice());
        try {
            saved.block().freezeParameters(true); // or each call would prepare for a training
            model.setBlock(saved.block());
            model.load(folder, null, Map.of("hasParameter", "false")); // so that DJL knows the folder
            return new SavedModel<>(model, translator(criteria, model, answers), List.of(answers, saved));
        } catch (IOException | ModelNotFoundException | MalformedModelException | RuntimeException e) {
            model.close();
            answers.close();
            saved.close();
            throw e;
        }
    }

    private MultiLabelModel load(@Nullable Device device) throws IOException, MalformedModelException {
        if (backbone.isPresent()) {
            return MultiLabelModel.load(folder, backbone.get());
        }
        return device == null ? MultiLabelModel.load(folder) : MultiLabelModel.load(folder, device);
    }

    private static <I, O> Translator<I, O> translator(
            Criteria<I, O> criteria, Model model, PredictionTranslators answers) throws ModelNotFoundException {
        TranslatorFactory factory = Objects.requireNonNullElse(criteria.getTranslatorFactory(), answers);
        Class<I> input = criteria.getInputClass();
        Class<O> output = criteria.getOutputClass();
        if (!factory.isSupported(input, output)) {
            throw new ModelNotFoundException("no translator from " + input.getName() + " to " + output.getName()
                    + "; there are " + factory.getSupportedTypes() + ", or bring one by optTranslatorFactory");
        }
        try {
            return factory.newInstance(
                    input, output, model, Objects.requireNonNullElse(criteria.getArguments(), Map.of()));
        } catch (TranslateException e) {
            throw new ModelNotFoundException("no translator: " + e.getMessage(), e);
        }
    }

    @Override
    public <I, O> boolean isDownloaded(Criteria<I, O> criteria) {
        return Files.isDirectory(folder);
    }

    /** Does nothing: a saved model is a folder of this machine. */
    @Override
    public <I, O> void downloadModel(Criteria<I, O> criteria, Progress progress) {}
}
