package io.github.multilabel.model.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.InputArea;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.internal.LeakDetector;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.internal.HeatGrid;
import io.github.multilabel.model.internal.HeatProgram;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shows where a model looks: for a category of a head, which places of the image speak for it, by Grad-CAM (Selvaraju
 * et al. 2017, <a href="https://arxiv.org/abs/1610.02391">arXiv:1610.02391</a>). With {@code A_k} channel k of the last
 * layer whose values still have a place in the image, and {@code a_k} the mean over all places of the gradient of the
 * category's logit with regard to {@code A_k}, the map is {@code relu(sum over k of a_k * A_k)}. The numbers are those
 * of pytorch-grad-cam. Of convolutional networks the layer is the last before global pooling; of vision transformers it
 * is what enters the last block, without the class token; these maps are less to be relied on.
 *
 * <pre>{@code
 * try (GradCam cam = GradCam.of(model)) {
 *     Pixels photo = ImageDecoder.strict().decode(ImageSource.of(file));
 *     Explanation car = cam.explain(photo);
 *     Pixels brand = car.first("brand").over(photo);
 *     double alike = car.first("brand").agreement(car.first("type"));
 * }
 * }</pre>
 *
 * <p>The heat is of the head's own logit, before softmax or sigmoid, in float32 and of the image itself: neither heads
 * that answer together nor test-time flipping change it. Which category is predicted does follow from heads that answer
 * together. A map is as coarse as the layer (7 x 7 for a ResNet at 224 pixels), and says what raises the logit, not
 * what raises it above others: maps of several heads of one backbone are often alike, which {@link HeatMap#agreement}
 * and {@link HeatMap#comparedWith} tell.
 *
 * <p>It copies the weights when it is made: the model, its gradients and what is frozen stay as they are, later
 * training does not change maps, and the model may be closed. Any number of threads may use it; they take turns. Close
 * it; one that is not closed is freed late, with a warning.
 */
public final class GradCam implements AutoCloseable {

    private static final int BATCH = 16;

    private final HeadSet heads;
    private final Preprocessing preprocessing;
    private final Native resources;
    private final LeakDetector leakDetector;

    private GradCam(MultiLabelModel model) {
        heads = model.heads();
        preprocessing = model.preprocessing();
        resources = new Native(model);
        leakDetector = watch(this, resources);
    }

    /** Outside the constructor, so that the cleaning action does not refer to this. */
    private static LeakDetector watch(GradCam cam, Native resources) {
        return LeakDetector.watch(cam, "a GradCam", resources::close);
    }

    /** What is to be freed. */
    private static final class Native implements AutoCloseable {

        private final NDManager manager;
        private final HeatProgram program;
        private final InferenceProgram answers;

        Native(MultiLabelModel model) {
            program = model.newHeat();
            manager = TorchEngine.newManager(model.manager().getDevice());
            InferenceProgram joint = program.heads();
            for (JointDecoding each : model.jointDecoding()) {
                joint = joint.withJointDecoding(manager, model.heads(), each);
            }
            answers = joint;
        }

        @Override
        public synchronized void close() {
            if (manager.isOpen()) {
                answers.close();
                program.close();
                manager.close();
            }
        }
    }

    /**
     * Copies the weights of a model.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the backbone is a DJL block of your own or TorchScript, whose layers are not
     *     known
     * @throws IllegalStateException if the model is closed
     */
    public static GradCam of(MultiLabelModel model) {
        return new GradCam(Given.require(model, "model", "e.g. MultiLabelModel.load(folder)"));
    }

    /**
     * Explains what each head predicts for an image file.
     *
     * @throws IOException if it cannot be read or is not a whole image; the message names it and the reason
     * @throws IllegalStateException if this is closed, or the model's weights are not finite
     */
    public Explanation explain(Path file) throws IOException {
        Given.require(file, "file", "an image file");
        return explain(ImageDecoder.strict().decode(ImageSource.of(file)));
    }

    /**
     * Explains what each head predicts for an image.
     *
     * @param photo as large as it is, upright
     * @throws IllegalStateException if this is closed, or the model's weights are not finite
     */
    public Explanation explain(Pixels photo) {
        return explain(
                photo, heads.stream().map(head -> Target.predicted(head.name())).toList());
    }

    /**
     * Explains some heads or categories for an image.
     *
     * @param photo as large as it is, upright
     * @throws IllegalArgumentException for an unknown head or category; the message names similar ones
     * @throws IllegalStateException if this is closed, or the model's weights are not finite
     */
    public Explanation explain(Pixels photo, List<Target> targets) {
        Given.require(photo, "photo", "a decoded image");
        return explainAll(List.of(photo), targets).get(0);
    }

    /**
     * Explains some heads or categories for images, a batch at a time.
     *
     * @param photos of any sizes, upright
     * @return one per image, in the same order
     * @throws IllegalArgumentException for an unknown head or category; the message names similar ones
     * @throws IllegalStateException if this is closed, or the model's weights are not finite
     */
    public List<Explanation> explainAll(List<Pixels> photos, List<Target> targets) {
        Given.require(photos, "photos", "decoded images, perhaps none");
        Given.require(targets, "targets", "e.g. List.of(Target.predicted(\"brand\"))");
        requireKnown(targets);
        List<Explanation> all = new ArrayList<>(photos.size());
        try {
            for (int start = 0; start < photos.size(); start += BATCH) {
                all.addAll(batch(photos.subList(start, Math.min(start + BATCH, photos.size())), targets));
            }
            return List.copyOf(all);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Checks targets without an image.
     *
     * @throws IllegalArgumentException for an unknown head or category; the message names similar ones
     */
    public void requireKnown(List<Target> targets) {
        for (Target target : targets) {
            Head head = heads.get(target.head());
            target.category().ifPresent(head::indexOf);
        }
    }

    private List<Explanation> batch(List<Pixels> photos, List<Target> targets) {
        List<Pixels> inputs = photos.stream().map(preprocessing::apply).toList();
        synchronized (resources) {
            if (!resources.manager.isOpen()) {
                throw new IllegalStateException("this GradCam is closed; create another with GradCam.of(model)");
            }
            try (NDManager call = resources.manager.newSubManager()) {
                NDArray image = Normalizer.normalize(ImageTensors.stack(call, inputs), preprocessing);
                NDArray placed = resources.program.placed(call, image);
                List<Prediction> predictions = predictions(call, placed, photos.size());
                return maps(call, placed, photos, predictions, targets);
            }
        }
    }

    private List<Prediction> predictions(NDManager call, NDArray placed, int count) {
        NDList logits = resources.answers.logits(call, placed);
        float[][] values = logits.stream().map(NDArray::toFloatArray).toArray(float[][]::new);
        return IntStream.range(0, count)
                .mapToObj(row -> new Prediction(
                        "image",
                        IntStream.range(0, heads.size())
                                .mapToObj(i -> {
                                    int size = heads.get(i).size();
                                    return HeadPrediction.fromLogits(
                                            heads.get(i), Arrays.copyOfRange(values[i], row * size, (row + 1) * size));
                                })
                                .toList()))
                .toList();
    }

    /** A map that is to be made. */
    private record Wanted(Head head, String category) {}

    private static List<Wanted> wanted(Prediction prediction, List<Target> targets) {
        List<Wanted> wanted = new ArrayList<>();
        for (Target target : targets) {
            HeadPrediction head = prediction.head(target.head());
            target.category()
                    .ifPresentOrElse(category -> wanted.add(new Wanted(head.head(), category)), () -> head.predicted()
                            .forEach(one -> wanted.add(new Wanted(head.head(), one.category()))));
        }
        return wanted;
    }

    private List<Explanation> maps(
            NDManager call, NDArray placed, List<Pixels> photos, List<Prediction> predictions, List<Target> targets) {
        List<List<Wanted>> wanted = predictions.stream()
                .map(prediction -> wanted(prediction, targets))
                .toList();
        List<List<HeatMap>> maps =
                photos.stream().<List<HeatMap>>map(photo -> new ArrayList<>()).toList();
        int rounds = wanted.stream().mapToInt(List::size).max().orElse(0);
        HeatGrid grid = resources.program.grid(
                preprocessing.size().height(), preprocessing.size().width());
        for (int round = 0; round < rounds; round++) {
            float[] heat = heat(call, placed, wanted, round);
            int size = grid.height() * grid.width();
            for (int row = 0; row < photos.size(); row++) {
                if (round < wanted.get(row).size()) {
                    Wanted one = wanted.get(row).get(round);
                    double probability =
                            predictions.get(row).head(one.head().name()).probability(one.category());
                    InputArea area =
                            preprocessing.area(Box.of(photos.get(row))).upperLeft(grid.seenHeight(), grid.seenWidth());
                    maps.get(row)
                            .add(new HeatMap(
                                    one.head().name(),
                                    one.category(),
                                    probability,
                                    grid.height(),
                                    grid.width(),
                                    area,
                                    Arrays.copyOfRange(heat, row * size, (row + 1) * size)));
                }
            }
        }
        return IntStream.range(0, photos.size())
                .mapToObj(row -> new Explanation(predictions.get(row), maps.get(row)))
                .toList();
    }

    /** The heat of one wanted map of each image; of images that want no more, none. */
    private float[] heat(NDManager call, NDArray placed, List<List<Wanted>> wanted, int round) {
        int logits = heads.stream().mapToInt(Head::size).sum();
        float[] weights = new float[wanted.size() * logits];
        for (int row = 0; row < wanted.size(); row++) {
            if (round < wanted.get(row).size()) {
                Wanted one = wanted.get(row).get(round);
                weights[row * logits + position(one)] = 1;
            }
        }
        try (NDManager step = call.newSubManager()) {
            return resources
                    .program
                    .heat(step, placed, step.create(weights, new Shape(wanted.size(), logits)))
                    .toFloatArray();
        }
    }

    private int position(Wanted one) {
        int before = 0;
        for (int i = 0; i < heads.indexOf(one.head().name()); i++) {
            before += heads.get(i).size();
        }
        return before + one.head().indexOf(one.category());
    }

    /** The native arrays that calls have not freed, for tests. */
    int arraysLeft() {
        return resources.manager.getManagedArrays().size();
    }

    /** Waits for a running call, then frees the weights. */
    @Override
    public void close() {
        resources.close();
        leakDetector.closed();
    }
}
