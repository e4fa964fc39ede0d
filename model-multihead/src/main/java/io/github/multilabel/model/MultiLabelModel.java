package io.github.multilabel.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.initializer.Initializer;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.Seeds;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.card.ModelCard;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.internal.ScriptBlock;
import io.github.multilabel.model.internal.description.Answering;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBlock;
import io.github.multilabel.model.network.ParameterSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A trained model: a backbone and its heads with their categories, the weights, and the preprocessing of images. It is
 * saved as a folder, which has everything that is needed to load it.
 *
 * <pre>{@code
 * try (MultiLabelModel model = MultiLabelModel.load(Path.of("build/cars"));
 *         MultiLabelPredictor predictor = model.newPredictor()) {
 *     Prediction car = predictor.predict(Path.of("car.jpg"));
 *     System.out.println(car.head("type").best()); // SUV 0.97
 * }
 * }</pre>
 *
 * <p>The folder holds {@code model.json} (the description) and {@code weights.safetensors} (which Python's safetensors
 * reads: {@code backbone.conv1.weight}, ..., {@code heads.NAME.weight} (K, F), {@code heads.NAME.bias} (K); with a
 * hidden layer also {@code hidden.NAME.weight} (H, F), {@code hidden.NAME.bias} (H), and {@code heads.NAME.weight} is
 * (K, H)). The folder contains no program. The description has the SHA-256 of the weights and of its own fields, so
 * that a damaged model, or weights of another training, are refused when it is loaded.
 *
 * <p>The model owns its weights: close it. A model that is not closed is freed late, with a warning in the log, when
 * neither it nor its {@link #block()} is reachable any more; its {@link #manager()} and its arrays keep it reachable.
 *
 * <p>Any number of threads may create predictors of a model and evaluate it. While a thread trains it, no other thread
 * may save it or create predictors, because old weights would be mixed with new ones.
 */
public final class MultiLabelModel implements AutoCloseable {

    private static final String A_SAVED_ONE = "the folder of a saved model";

    private static final String TO_SAVE = "the folder to save to, e.g. Path.of(\"model\")";

    /** Volatile, because a training that ends changes how the heads answer. */
    private volatile ModelDescription description;

    /** Volatile as well: a training that ends fills it in. */
    private volatile ModelCard card = ModelCard.empty();

    /** There if the description has a threshold, and while one is chosen. */
    private volatile Optional<UsualFeatures> usual = Optional.empty();

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final Set<Runnable> dependents = ConcurrentHashMap.newKeySet();
    private final Optional<LeakDetector> leakDetector;

    MultiLabelModel(ModelDescription description, Block backbone, Device device) {
        this.description = description;
        this.manager = TorchEngine.newManager(device);
        this.block = new MultiHeadBlock(backbone, description.heads(), description.layers());
        boolean ownsBackbone = backbone instanceof NetworkBlock || backbone instanceof ScriptBlock;
        this.leakDetector = ownsBackbone ? Optional.of(watch(block, block.forwardPath(), manager)) : Optional.empty();
    }

    /**
     * Watches the block, not the model, because whoever has the block alone still needs the weights. A block of the
     * application's own may be in use elsewhere, and is left to the application.
     */
    private static LeakDetector watch(MultiHeadBlock block, ForwardPath forwardPath, NDManager manager) {
        return LeakDetector.watch(block, "a MultiLabelModel, or the trainer that made it,", () -> {
            forwardPath.close();
            manager.close();
        });
    }

    /**
     * Returns a model with only some of the heads, for example without the auxiliary heads of a training. It has copies
     * of the current weights: later training of this model does not change it, and this model may be closed. Only a DJL
     * block of your own, as backbone, is shared instead of copied, and must stay open.
     *
     * @param names the names of heads of this model; the new model has them in this order
     * @return to be closed by the caller
     * @throws IllegalArgumentException for an unknown name (the message names similar ones), for a name that is given
     *     twice, or if there is none
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withHeads(List<String> names) {
        requireOpen();
        Given.require(names, "names", "the names of some heads, e.g. List.of(\"brand\")");
        HeadSet chosen = heads().select(names);
        return copy(description.withHeads(chosen));
    }

    /**
     * A model that averages over each image and its mirror image, or does not: this takes twice as long, and is a
     * little more accurate wherever left and right mean the same. It has copies of the present weights, as the model of
     * {@link #withHeads}.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withTestTimeFlip(boolean testTimeFlip) {
        requireOpen();
        return copy(description.withTestTimeFlip(testTimeFlip));
    }

    /**
     * A model whose heads answer together where they are a hierarchy, or by themselves if nothing is given. It has
     * copies of the present weights, as the model of {@link #withHeads}. It has no {@link #calibration}, no
     * {@link #thresholds} and no {@link #sureAnswers}, which were chosen for other probabilities.
     *
     * @param joint for each hierarchy
     * @return to be closed by the caller
     * @throws IllegalArgumentException if heads are not of a hierarchy of this model
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withJointDecoding(List<JointDecoding> joint) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withJoint(Given.require(joint, "joint", "how the heads of each hierarchy answer, perhaps none"))));
    }

    /**
     * A model whose logits are calibrated, so that its probabilities are right as often as they say, or are not if
     * nothing is given. It is the last step: after {@link #jointDecoding}, before {@link #thresholds},
     * {@link #sureAnswers} and {@link #combinations} are asked. It has copies of the present weights, as the model of
     * {@link #withHeads}, and no thresholds and sure answers, which were chosen for other probabilities.
     *
     * @param calibration of some heads
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a head is not one of this model, is of another kind, has other categories, or
     *     is given twice
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withCalibration(List<HeadCalibration> calibration) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withCalibration(Given.require(calibration, "calibration", "that of some heads, perhaps of none"))));
    }

    /**
     * A model whose heads answer from a probability on: a single-label head "unknown" below it, a multi-label head each
     * tag from its own; or, of heads that nothing is given for, always, and each tag from 0.5. It has copies of the
     * present weights, as the model of {@link #withHeads}.
     *
     * @param thresholds of some heads
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a head is not one of this model, is of another kind, has other categories, or
     *     is given twice
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withThresholds(List<HeadThreshold> thresholds) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withThresholds(Given.require(thresholds, "thresholds", "those of some heads, perhaps of none"))));
    }

    /**
     * A model that also answers all single-label heads together, by what it knows of which categories go together, or
     * does so no more. The heads' own answers stay. It has copies of the present weights, as the model of
     * {@link #withHeads}.
     *
     * @param combinations learned by a {@link io.github.multilabel.model.combination.CombinationLearner}
     * @return to be closed by the caller
     * @throws IllegalArgumentException if they are for heads that this model has not
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withCombinations(Optional<Combinations> combinations) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withCombinations(
                        Given.require(combinations, "combinations", "which categories go together, perhaps empty"))));
    }

    /**
     * How heads answer beyond each for itself, in predictors of this very model that are made from now on: a training
     * decides it when it ends.
     *
     * @hidden
     */
    public void answerWith(
            List<JointDecoding> joint,
            List<HeadCalibration> calibration,
            List<HeadThreshold> thresholds,
            Optional<Combinations> combinations,
            List<SureAnswers> sure,
            Optional<AnswerReference> reference) {
        description = description.with(new Answering(
                joint,
                calibration,
                thresholds,
                sure,
                combinations,
                reference,
                description.answering().unusual()));
    }

    /**
     * Which images are unusual, in predictors of this very model that are made from now on: a training decides it when
     * it ends.
     *
     * @param features of usual images; empty if it is not told which images are unusual
     * @param threshold for them
     * @hidden
     */
    public void tellUnusual(Optional<UsualFeatures> features, Optional<UnusualThreshold> threshold) {
        usual = features;
        description = description.with(description.answering().withUnusual(threshold));
    }

    void keepUsual(UsualFeatures features) {
        usual = Optional.of(features);
    }

    /**
     * A model whose predictions tell of which heads they are sure, or do not if nothing is given. It has copies of the
     * present weights, as the model of {@link #withHeads}.
     *
     * @param sure for each hierarchy
     * @return to be closed by the caller
     * @throws IllegalArgumentException if a head is not the finest of a hierarchy of this model, or is given twice
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withSureAnswers(List<SureAnswers> sure) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withSure(Given.require(
                        sure, "sure", "from which probability on each hierarchy is sure, perhaps none"))));
    }

    /**
     * A model that keeps what it answered on some images, to be compared with later answers. It has copies of the
     * present weights, as the model of {@link #withHeads}.
     *
     * @param reference such as {@link AnswerReference#of} makes of its predictions, or empty
     * @return to be closed by the caller
     * @throws IllegalArgumentException if it is of other heads or categories
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withAnswerReference(Optional<AnswerReference> reference) {
        requireOpen();
        return copy(description.with(description
                .answering()
                .withReference(Given.require(reference, "reference", "what the model answered, perhaps empty"))));
    }

    /**
     * What people should know of the model: the card that is saved with it, as {@code MODEL_CARD.md} and
     * {@code model-card.json}. A training fills in what it can; an untrained model has an empty one.
     */
    public ModelCard card() {
        return card;
    }

    /**
     * A model with another card, such as one with notes of people ({@link ModelCard#with}). It has copies of the
     * present weights, as the model of {@link #withHeads}.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if this model is closed
     */
    public MultiLabelModel withCard(ModelCard card) {
        requireOpen();
        Given.require(card, "card", "e.g. model.card().with(ModelCard.Note.CONTACT, \"cars@example.org\")");
        MultiLabelModel model = copy(description);
        model.card = card;
        return model;
    }

    /**
     * Puts another card in place of this very model's, as a training does when it begins and ends.
     *
     * @hidden
     */
    public void describe(ModelCard card) {
        this.card = card;
    }

    private MultiLabelModel copy(ModelDescription of) {
        return ModelStorage.copy(this, of);
    }

    /** Gives every weight its memory; values come next. */
    void allocate() {
        block.setInitializer(Initializer.ZEROS, parameter -> true);
        initialize();
    }

    private void initialize() {
        ImageSize size = description.preprocessing().size();
        block.initialize(manager, DataType.FLOAT32, new Shape(1, Pixels.CHANNELS, size.height(), size.width()));
    }

    /**
     * Creates a model to be trained, in which each head is one linear layer.
     *
     * @see #create(Backbone, HeadSet, Map, Preprocessing, boolean, Device, long)
     */
    public static MultiLabelModel create(
            Backbone backbone, HeadSet heads, Preprocessing preprocessing, Device device, long seed)
            throws IOException {
        return create(backbone, heads, Map.of(), preprocessing, false, device, seed);
    }

    /**
     * Creates a model to be trained. The weights of the backbone are the pretrained ones if it has some; all others are
     * random, and the same for the same seed.
     *
     * @param backbone the network below all heads, for example {@code Backbones.resnet34().pretrained()}
     * @param heads the heads with their categories
     * @param layers the layers of heads that are more than one linear layer, by the name of the head
     * @param preprocessing of every image, in training and prediction; {@link Backbone#preprocessing()} is what the
     *     backbone's weights expect
     * @param testTimeFlip whether predictors average the logits of each image and its mirror image by default
     * @param device where the weights are
     * @param seed random seed of the weights; it also becomes the seed of PyTorch's global generator. Several threads
     *     that create models take turns
     * @throws IllegalArgumentException if the backbone cannot take images of that size or gives no features (N, F),
     *     layers are given for an unknown head, or there is no such device
     * @throws IOException if pretrained weights cannot be downloaded or read, or do not fit the backbone
     */
    public static MultiLabelModel create(
            Backbone backbone,
            HeadSet heads,
            Map<String, HeadLayers> layers,
            Preprocessing preprocessing,
            boolean testTimeFlip,
            Device device,
            long seed)
            throws IOException {
        Given.require(backbone, "backbone", "e.g. Backbones.resnet34().pretrained()");
        Given.require(
                heads, "heads", "e.g. table.heads() or HeadSet.of(Head.singleLabel(\"type\", \"Coupe\", \"SUV\"))");
        Given.require(layers, "layers", "Map.of() if every head is one linear layer");
        Given.require(preprocessing, "preprocessing", "e.g. backbone.preprocessing()");
        requireDevice(device);
        MultiLabelModel model = new MultiLabelModel(
                new ModelDescription(
                        heads,
                        layers,
                        backbone.name(),
                        backbone.network(),
                        preprocessing,
                        testTimeFlip,
                        Answering.ALONE),
                backbone.newBlock(),
                device);
        try {
            try (EngineLock turn = EngineLock.take()) {
                TorchEngine.setSeed(Seeds.ofWeights(seed));
                model.initialize();
            }
            backbone.loadWeights(model.block.backbone());
            model.card = ModelCard.beginning(backbone.weightsOrigin());
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Creates a model to be trained that begins with the weights of another: its backbone, and of its heads what
     * {@link KeptHeads} says. What is new is random, as in {@link #create}. The weights are copied: the other model
     * stays as it is, and may be closed.
     *
     * @param begun the model to begin with, as {@link #load} gives it
     * @param heads the heads with their categories
     * @param layers the layers of heads that are more than one linear layer, by the name of the head
     * @see #create(Backbone, HeadSet, Map, Preprocessing, boolean, Device, long)
     */
    public static MultiLabelModel createFrom(
            MultiLabelModel begun,
            HeadSet heads,
            Map<String, HeadLayers> layers,
            Preprocessing preprocessing,
            boolean testTimeFlip,
            Device device,
            long seed)
            throws IOException {
        Given.require(begun, "begun", "e.g. MultiLabelModel.load(folder)");
        MultiLabelModel model = create(begun.backbone(), heads, layers, preprocessing, testTimeFlip, device, seed);
        try {
            KeptWeights.copy(KeptHeads.of(begun.heads(), begun.headLayers(), heads, layers), begun, model);
            model.card = begun.card.beforeTraining();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        } finally {
            Reference.reachabilityFence(begun);
        }
    }

    /**
     * Loads a saved model to the first GPU if there is one, otherwise to the CPU.
     *
     * @param folder as {@link #save} wrote it
     * @see #load(Path, Device)
     */
    public static MultiLabelModel load(Path folder) throws IOException, MalformedModelException {
        return load(folder, TorchEngine.get().defaultDevice());
    }

    /**
     * Loads a saved model.
     *
     * @param folder as {@link #save} wrote it
     * @param device where the weights will be, whatever device they were saved from
     * @return to be closed by the caller
     * @throws java.nio.file.NoSuchFileException if there is no such folder
     * @throws IOException if a file cannot be read, or the weights are cut short
     * @throws MalformedModelException if the folder does not hold a model that this release reads: a file is missing,
     *     the description is of another format version or broken, the weights do not fit it (all differences are
     *     listed) or are not finite, or a file is not the one that was saved, by the checksums that models have since
     *     format 3; or its backbone is a DJL block or TorchScript, see {@link #load(Path, Backbone)}
     * @throws IllegalArgumentException if there is no such device
     */
    public static MultiLabelModel load(Path folder, Device device) throws IOException, MalformedModelException {
        Given.require(folder, "folder", A_SAVED_ONE);
        requireDevice(device);
        return ModelStorage.load(folder, device);
    }

    /**
     * Loads a saved model whose backbone is a DJL block of your own, or TorchScript.
     *
     * @param folder as {@link #save} wrote it
     * @param backbone created as it was for training; the saved weights replace its own
     * @throws IllegalArgumentException if the model was saved with a backbone of another name
     * @see #load(Path, Device)
     */
    public static MultiLabelModel load(Path folder, Backbone backbone) throws IOException, MalformedModelException {
        Given.require(folder, "folder", A_SAVED_ONE);
        Given.require(backbone, "backbone", "the backbone with which the model was trained");
        return ModelStorage.load(folder, backbone);
    }

    private static void requireDevice(Device device) {
        Given.require(device, "device", "e.g. Device.cpu() or Device.gpu()");
        int gpus = TorchEngine.get().getGpuCount();
        if (device.isGpu() && device.getDeviceId() >= gpus) {
            throw new IllegalArgumentException("there is no device " + device + ": PyTorch sees "
                    + (gpus == 0 ? "no GPU; use Device.cpu()" : gpus + " GPUs, numbered from 0"));
        }
    }

    /**
     * Checks that {@link #save} may write a folder. Call it before a long training, not after it.
     *
     * @throws IOException if there is a file of that name, or the folder holds anything that is not a model
     */
    public static void requireSavable(Path folder) throws IOException {
        ModelFolder.requireReplaceable(Given.require(folder, "folder", TO_SAVE));
    }

    /**
     * Saves the model as a folder. An earlier model in that folder is replaced when the new one is complete; if saving
     * fails, it stays unchanged.
     *
     * @param folder missing parent folders are created
     * @throws IOException if it cannot be written, or the folder holds anything that is not a model
     * @throws IllegalStateException if this model is closed
     */
    public void save(Path folder) throws IOException {
        requireOpen();
        Given.require(folder, "folder", TO_SAVE);
        ModelStorage.save(this, folder);
    }

    /**
     * The SHA-256 of the file with the weights that {@link #save} would write now: what was made of this model can tell
     * by it which weights it has.
     *
     * @return in hexadecimal, as {@code sha256sum} gives it for {@code weights.safetensors}
     * @throws IllegalStateException if this model is closed
     */
    public String weightsChecksum() {
        requireOpen();
        Digest digest = new Digest(Digest.SHA_256);
        try {
            ModelWeights.write(block, usualFeatures(), manager, digest.passing(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written, so this cannot be", e);
        } finally {
            Reference.reachabilityFence(this);
        }
        return digest.hex();
    }

    /**
     * Writes the weights as a safetensors file, under names of the caller's choice.
     *
     * @param names makes a name, different from all others, of each that {@link #save} writes: {@code backbone.…},
     *     {@code heads.NAME.weight} and so on
     * @param out is not closed
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if this model is closed
     */
    public void writeWeights(UnaryOperator<String> names, OutputStream out) throws IOException {
        requireOpen();
        Given.require(names, "names", "e.g. UnaryOperator.identity()");
        Given.require(out, "out", "e.g. Files.newOutputStream(file)");
        try {
            ModelWeights.write(block, Optional.empty(), manager, names, out);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    void requireOpen() {
        if (!manager.isOpen()) {
            throw new IllegalStateException("this model is closed; load it again, or close it later");
        }
    }

    ModelDescription description() {
        return description;
    }

    /** The heads with their categories, in order. */
    public HeadSet heads() {
        return description.heads();
    }

    /** The layers of the heads that are more than one linear layer, by name. */
    public Map<String, HeadLayers> headLayers() {
        return description.layers();
    }

    /** The preprocessing of every image, which predictors apply. */
    public Preprocessing preprocessing() {
        return description.preprocessing();
    }

    /**
     * The program that predicts: with mirror images if asked for, with the joint answers of hierarchies, and
     * calibrated. Behind the logits of the heads comes the distance (N, 1) to usual features, if the model tells of
     * unusual images.
     *
     * @return to be closed by the caller
     * @hidden
     */
    public InferenceProgram newInference(Precision precision, boolean withMirrorImages) {
        InferenceProgram program = block.newInference(usual, precision.resolve(manager.getDevice()));
        if (withMirrorImages) {
            program = program.withMirrorImages();
        }
        for (JointDecoding joint : jointDecoding()) {
            program = program.withJointDecoding(manager, heads(), joint);
        }
        return program.withCalibration(manager, heads(), calibration());
    }

    /**
     * The program that computes the features (N, F) of images.
     *
     * @return to be closed by the caller
     * @hidden
     */
    public InferenceProgram newFeatures(Precision precision) {
        requireOpen();
        return block.newFeatures(precision.resolve(manager.getDevice()));
    }

    /**
     * Adds backbone and heads to a graph of ONNX with their present weights, as they predict.
     *
     * @param graph that they are added to
     * @param image the name of the images (N, 3, H, W) in the graph, normalised
     * @param results will own the weights, which must live until the graph is written
     * @return the names of the logits (N, K) of each head, and of the distance (N, 1) to usual features if the model
     *     tells of unusual images
     * @throws IllegalArgumentException if the layers of the backbone are not known, or images are too small
     * @hidden
     */
    public List<String> addTo(OnnxGraph graph, String image, NDManager results) {
        requireOpen();
        return block.addTo(graph, image, preprocessing().size(), usual, results);
    }

    /**
     * A copy of the current weights, for maps of where the model looks.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the layers of the backbone are not known, or none has places
     * @throws IllegalStateException if this model is closed
     * @hidden
     */
    public HeatProgram newHeat() {
        requireOpen();
        return block.newHeat()
                .orElseThrow(() -> new IllegalArgumentException("where a model looks can be shown for backbones whose"
                        + " layers are described and have maps or tokens, such as Backbones.resnet34(); '"
                        + backboneName()
                        + (network().isEmpty()
                                ? "' is a DJL block of the application's own, or TorchScript"
                                : "' has no layer whose values have a place in the image")));
    }

    /** How the heads of each hierarchy answer together; empty if all answer by themselves. */
    public List<JointDecoding> jointDecoding() {
        return description.answering().joint();
    }

    /**
     * How the logits of heads are changed so that probabilities are right as often as they say; of other heads they are
     * what the network gives. A calibration fits the answers for which it was chosen: with another test-time flip,
     * choose it again.
     */
    public List<HeadCalibration> calibration() {
        return description.answering().calibration();
    }

    /** From which probability on heads answer; others always do, and with each tag from 0.5 on. */
    public List<HeadThreshold> thresholds() {
        return description.answering().thresholds();
    }

    /**
     * From which probability on the heads of each hierarchy are sure; empty if predictions do not tell. A threshold
     * fits the probabilities for which it was chosen: with another test-time flip, choose it again.
     */
    public List<SureAnswers> sureAnswers() {
        return description.answering().sure();
    }

    /**
     * What the model answered on the validation images of its training, to tell whether it is asked about other ones,
     * see {@link io.github.multilabel.model.drift.AnswerDrift}. Empty if that was not kept; heads are left out whose
     * answers were changed since, by another calibration for example.
     */
    public Optional<AnswerReference> answerReference() {
        return description.answering().reference();
    }

    /**
     * From which distance to usual features on an image is unusual and all heads answer "unknown"; empty if predictions
     * do not tell.
     */
    public Optional<UnusualThreshold> unusualThreshold() {
        return description.answering().unusual();
    }

    /** What the features of usual images are like; there if and only if {@link #unusualThreshold} is. */
    public Optional<UsualFeatures> usualFeatures() {
        return unusualThreshold().flatMap(any -> usual);
    }

    /** Which categories go together; empty if predictors give the answer of each head alone. */
    public Optional<Combinations> combinations() {
        return description.answering().combinations();
    }

    /** Whether predictors of this model use test-time flipping by default; see {@link #withTestTimeFlip}. */
    public boolean isTestTimeFlip() {
        return description.flip();
    }

    /** The name of the backbone, such as {@code resnet34}. */
    public String backboneName() {
        return description.backboneName();
    }

    /**
     * The backbone with the weights and the preprocessing of this model, to train other heads on it, for example. Each
     * model that is created of it gets a copy of the weights as they are then, for which this model must be open. A DJL
     * block of your own is not copied: what trains it changes this model too.
     *
     * @throws IllegalStateException if this model is closed
     */
    public Backbone backbone() {
        requireOpen();
        Backbone backbone = network()
                .map(network -> Backbones.of(network, preprocessing()))
                .orElseGet(() -> Backbones.of(backboneName(), () -> ModelStorage.another(block.backbone()))
                        .withPreprocessing(preprocessing()));
        return backbone.withWeights(this::copyBackbone);
    }

    private void copyBackbone(Block to) {
        requireOpen();
        try {
            ModelWeights.copyBackbone(block.backbone(), to, manager);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The layers of the backbone; empty for a DJL block or TorchScript. */
    public Optional<Network> network() {
        return description.network();
    }

    /** The backbone and the heads with their weights, as a DJL block that the model owns. */
    public MultiHeadBlock block() {
        return block;
    }

    /** The manager that owns the weights, on their device; closed with the model. */
    public NDManager manager() {
        return manager;
    }

    /**
     * Creates a predictor with the current weights and the default settings, in float32.
     *
     * @return to be closed by the caller
     * @see MultiLabelPredictor#builder
     */
    public MultiLabelPredictor newPredictor() {
        return MultiLabelPredictor.builder(this).build();
    }

    /**
     * Creates a predictor with the current weights and the default settings, in a precision.
     *
     * @param precision see {@link MultiLabelPredictor.Builder#optPrecision}
     * @return to be closed by the caller
     * @see MultiLabelPredictor#builder
     */
    public MultiLabelPredictor newPredictor(Precision precision) {
        return MultiLabelPredictor.builder(this).optPrecision(precision).build();
    }

    /**
     * Creates an embedder with the current weights and the default settings.
     *
     * @return to be closed by the caller
     * @see ImageEmbedder#builder
     */
    public ImageEmbedder newEmbedder() {
        return ImageEmbedder.builder(this).build();
    }

    /** The number of values that can be trained; running statistics of batch norms are not among them. */
    public long parameterCount() {
        return block.parametersByName().values().stream()
                .filter(parameter -> ParameterSpec.isTrained(parameter.getType()))
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    /**
     * Remembers what runs on this model's own weights and must be closed with it.
     *
     * @param close closes it
     * @return to be run when it is closed
     */
    Runnable register(Runnable close) {
        if (block.backbone() instanceof NetworkBlock) {
            return () -> {}; // it has weights of its own
        }
        dependents.add(close);
        return () -> dependents.remove(close);
    }

    /** Frees the weights, and closes the predictors and embedders that run on them. */
    @Override
    public void close() {
        List.copyOf(dependents).forEach(Runnable::run);
        block.close();
        manager.close();
        leakDetector.ifPresent(LeakDetector::closed);
    }

    /** For example {@code resnet34, 21.3 M parameters, 224 px, heads brand (6), type (5), year (2)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, %.1f M parameters, %s px, heads ",
                backboneName(),
                parameterCount() / 1e6,
                preprocessing().size()));
        heads().forEach(head -> {
            HeadLayers layers = headLayers().getOrDefault(head.name(), HeadLayers.linear());
            text.append(head == heads().get(0) ? "" : ", ")
                    .append(head.name())
                    .append(" (")
                    .append(layers.hidden().isPresent() ? layers.hidden().getAsInt() + " hidden, " : "")
                    .append(head.size())
                    .append(')');
        });
        return text.toString();
    }
}
