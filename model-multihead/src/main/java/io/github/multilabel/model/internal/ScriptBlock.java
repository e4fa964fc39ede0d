package io.github.multilabel.model.internal;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.core.torch.internal.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A TorchScript feature extractor as a DJL block: (N, 3, H, W) float32 to (N, F) or (N, F, 1, 1) float32. Its
 * parameters train; its batch norms keep the statistics of the file, whatever {@code training} says.
 */
public final class ScriptBlock extends AbstractBlock implements AutoCloseable {

    private static final int DIGITS = 8;

    private final Path file;
    private NDManager manager;
    private TorchScript script;
    private long features;

    /** @throws IOException if the file is not a TorchScript module with float32 parameters */
    public ScriptBlock(Path file) throws IOException {
        this.file = file;
        load(Device.cpu());
    }

    /** For suppliers, which throw no checked exception. */
    public static ScriptBlock open(Path file) {
        try {
            return new ScriptBlock(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name and the start of its digest, so that a saved model is not loaded with another program. */
    public static String name(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return file.getFileName() + "@"
                    + new Digest(Digest.SHA_256).add(in).hex().substring(0, DIGITS);
        }
    }

    public ScriptBlock another() {
        return open(file);
    }

    private void load(Device device) throws IOException {
        manager = TorchEngine.newManager(device);
        try {
            script = load(manager, file);
            parameters.clear();
            for (NDArray array : script.parameters()) {
                addParameter(parameter(array));
            }
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static TorchScript load(NDManager manager, Path file) throws IOException {
        try {
            return TorchScript.load(manager, file);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + ". It must be what torch.jit.trace or torch.jit.script saves; weights alone go with"
                            + " the network that they belong to, such as Backbones.resnet34().pretrained(file)",
                    e);
        }
    }

    /** Moves to the device of the manager; the parameters stay with this block. */
    @Override
    public void initialize(NDManager owner, DataType dataType, Shape... inputShapes) {
        if (!manager.getDevice().equals(owner.getDevice())) {
            close();
            try {
                load(owner.getDevice());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        super.initialize(owner, dataType, inputShapes);
    }

    private Parameter parameter(NDArray array) throws IOException {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new IOException("'" + file + "': parameter '" + array.getName() + "' is of type "
                    + array.getDataType() + "; save the module in float32: module.float()");
        }
        return Parameter.builder()
                .setName(array.getName())
                .setType(array.getShape().dimension() > 1 ? Parameter.Type.WEIGHT : Parameter.Type.OTHER)
                .optShape(array.getShape())
                .optArray(array)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray image = inputs.singletonOrThrow();
        if (!image.getDevice().equals(manager.getDevice())) {
            throw new IllegalArgumentException(
                    "'" + file + "' was loaded to " + manager.getDevice() + ", the images are on " + image.getDevice());
        }
        if (training) {
            parameters.values().forEach(parameter -> store.getValue(parameter, image.getDevice(), true));
            return features(image.getManager(), image);
        }
        try (NoGradients off = NoGradients.onThisThread()) {
            return features(image.getManager(), image);
        }
    }

    private NDList features(NDManager results, NDArray image) {
        NDList outputs;
        try {
            outputs = script.forward(results, image);
        } catch (EngineException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' cannot take images " + image.getShape() + " of type " + image.getDataType()
                            + "; it must map (N, 3, H, W) float32 to features (N, F). PyTorch says: " + lastLine(e),
                    e);
        }
        long width = FeatureWidth.of(outputs.getShapes());
        NDArray output = outputs.head();
        if (output.getShape().get(0) != image.getShape().get(0)) {
            throw new IllegalArgumentException("'" + file + "' gives " + output.getShape() + " for images "
                    + image.getShape() + ": its batch size is fixed; export it for any number of images");
        }
        if (output.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "'" + file + "' gives features of type " + output.getDataType() + ", float32 is needed");
        }
        if (features == 0) {
            features = width;
        }
        if (width != features) {
            throw new IllegalArgumentException("'" + file + "' gives " + width + " features for images "
                    + image.getShape() + ", but gave " + features
                    + " at first: their number must not depend on the image; add a global average pooling");
        }
        return outputs;
    }

    /** What failed; the lines before it are a traceback. */
    private static String lastLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .strip()
                .lines()
                .reduce((a, b) -> b)
                .orElse("");
    }

    /** Tries it on two images, then on one: a trace may hold on to the size of the batch that it was made with. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape image = inputShapes[0];
        try (NDManager trial = manager.newSubManager();
                NoGradients off = NoGradients.onThisThread()) {
            Shape[] shapes = null;
            for (int images = 2; images > 0; images--) {
                Shape batch = new Shape(images, Pixels.CHANNELS, image.get(2), image.get(3));
                shapes = features(trial, trial.zeros(batch)).getShapes();
            }
            return Arrays.stream(shapes)
                    .map(shape -> new Shape(image.get(0)).addAll(shape.slice(1)))
                    .toArray(Shape[]::new);
        }
    }

    /** Frees the module with its parameters. */
    @Override
    public void close() {
        script.close();
        manager.close();
    }
}
