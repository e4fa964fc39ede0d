package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.tensors.Normalizer;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.drift.UsualFeatures;
import io.github.multilabel.model.internal.InferenceProgram;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lets a trained model tell of unusual images: what the features of training images are like without augmentation, and
 * from which distance to them on the wished share of validation images lies.
 */
public final class UnusualFit {

    /** Of training images that are looked at. */
    static final int MOST = 10_000;

    private static final int FEWEST = 50;
    private static final int MOST_DIRECTIONS = 64;
    /** So many images for each direction, or its variance is chance. */
    private static final int IMAGES_PER_DIRECTION = 4;
    /** In which so many images are read that there are too many of. */
    private static final int STRETCHES = 10;

    /** Eigenvalues rise. All features alike would have no variance. */
    private static final String TEXT =
            """
            def fit(self, x: Tensor, d: int) -> List[Tensor]:
              x = torch.to(x, 7)
              n = torch.clamp_min(torch.sqrt(torch.sum(torch.mul(x, x), [1], True)), 1e-12)
              u = torch.div(x, n)
              m = torch.mean(u, [0])
              o = torch.sub(u, m)
              c = torch.div(torch.matmul(torch.t(o), o), torch.size(x, 0))
              w, v = torch.linalg_eigh(c)
              w = torch.clamp_min(w, 1e-12)
              f = torch.size(x, 1)
              r = torch.mean(torch.slice(w, 0, 0, f - d), [0], True)
              s = torch.cat([torch.slice(w, 0, f - d, f), r])
              return [torch.to(m, 6), torch.to(torch.contiguous(torch.t(torch.slice(v, 1, f - d, f))), 6), torch.to(s, 6)]
            """;

    private final NDManager manager;
    private final MultiLabelModel model;
    private final TrainingSettings settings;

    /**
     * Prepares it.
     *
     * @param manager owns what is made on the way
     * @param model is changed
     */
    public UnusualFit(NDManager manager, MultiLabelModel model, TrainingSettings settings) {
        this.manager = manager;
        this.model = model;
        this.settings = settings;
    }

    /**
     * Lets the model tell, if that is wished.
     *
     * @return a sentence for people; empty if it is not wished
     */
    public Optional<String> choose(MultiLabelDataset training, Optional<MultiLabelDataset> validation)
            throws IOException {
        if (settings.model().answers().unusualRate().isEmpty()) {
            return Optional.empty();
        }
        double rate = settings.model().answers().unusualRate().getAsDouble();
        long needed = (long) Math.ceil(1 / rate - 1);
        int images = validation.map(MultiLabelDataset::size).orElse(0);
        if (images < needed || training.size() < FEWEST) {
            return Optional.of("the model does not tell of unusual images: a rate of " + rate + " takes " + needed
                    + " validation images and " + FEWEST + " training images, there are " + images + " and "
                    + training.size());
        }
        UsualFeatures usual = features(training);
        model.tellUnusual(Optional.of(usual), Optional.empty());
        UnusualThreshold threshold = new UnusualThreshold(quantile(distances(validation.orElseThrow()), rate), rate);
        model.tellUnusual(Optional.of(usual), Optional.of(threshold));
        return Optional.of(threshold.toString());
    }

    /** An image like these is above it with at most this probability (Bates et al. 2023, arXiv 2104.08279). */
    static double quantile(List<Double> distances, double rate) {
        double[] sorted =
                distances.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int place = (int) Math.ceil((1 - rate) * (sorted.length + 1));
        return sorted[Math.min(place, sorted.length) - 1];
    }

    private UsualFeatures features(MultiLabelDataset training) throws IOException {
        List<float[]> all = new ArrayList<>();
        try (InferenceProgram program =
                        model.newFeatures(settings.optimisation().precision());
                Progress progress =
                        Progress.of(settings.control().progress(), "usual features", Math.min(training.size(), MOST))) {
            run(training, program, share(), progress, outputs -> all.addAll(rows(outputs.get(0))));
        }
        return fitted(SharedPredictions.all(settings.control().group(), "features", all));
    }

    /** Of training images that this member of a group looks at; of a training by itself, of all. */
    private int share() {
        return settings.control()
                .group()
                .map(member -> MOST / member.group().size())
                .orElse(MOST);
    }

    private UsualFeatures fitted(List<float[]> all) {
        int width = all.get(0).length;
        float[] flat = new float[all.size() * width];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, flat, i * width, width);
        }
        return fit(flat, width);
    }

    /** @param features (N, F) */
    private UsualFeatures fit(float[] features, int width) {
        int images = features.length / width;
        int directions = Math.min(Math.min(MOST_DIRECTIONS, images / IMAGES_PER_DIRECTION), width - 1);
        try (NDManager call = manager.newSubManager();
                TorchFunction program = TorchFunction.load(call, TEXT);
                TorchValue fitted =
                        program.run("fit", call.create(features, new Shape(images, width)), (long) directions)) {
            NDList arrays = fitted.toList(call);
            return new UsualFeatures(
                    arrays.get(0).toFloatArray(),
                    rows(arrays.get(1)).toArray(float[][]::new),
                    arrays.get(2).toFloatArray());
        }
    }

    private List<Double> distances(MultiLabelDataset validation) throws IOException {
        List<float[]> all = new ArrayList<>();
        try (InferenceProgram program =
                        model.newInference(settings.optimisation().precision(), model.isTestTimeFlip());
                Progress progress = Progress.of(settings.control().progress(), "distances", validation.size())) {
            run(validation, program, validation.size(), progress, outputs -> {
                for (float distance : outputs.get(model.heads().size()).toFloatArray()) {
                    all.add(new float[] {distance});
                }
            });
        }
        return SharedPredictions.all(settings.control().group(), "distances", all).stream()
                .map(distance -> (double) distance[0])
                .toList();
    }

    private static List<float[]> rows(NDArray array) {
        float[] values = array.toFloatArray();
        int width = Math.toIntExact(array.getShape().get(1));
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < values.length; start += width) {
            rows.add(Arrays.copyOfRange(values, start, start + width));
        }
        return rows;
    }

    /** Takes what a program gives for a batch. */
    private interface Taker {
        void take(NDList outputs);
    }

    /** Runs a program on images in order; of more than are wanted on evenly spread stretches of them. */
    private void run(MultiLabelDataset data, InferenceProgram program, int most, Progress progress, Taker taker)
            throws IOException {
        DataPass pass = DataPass.evaluation(model.preprocessing());
        int stretches = data.size() > most ? STRETCHES : 1;
        int batches;
        try (Batches all = data.batches(manager, pass)) {
            batches = all.count();
        }
        int seen = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            long end = (long) most * (stretch + 1) / stretches;
            try (NoGradients off = NoGradients.onThisThread();
                    Batches some = data.batches(manager, pass.from((int) ((long) batches * stretch / stretches)))) {
                while (seen < end && some.hasNext()) {
                    try (MultiLabelBatch batch = some.next()) {
                        taker.take(program.logits(
                                batch.getManager(), Normalizer.normalize(batch.image(), model.preprocessing())));
                        seen += batch.getSize();
                        progress.step(batch.getSize(), () -> "");
                    }
                }
            }
        }
    }
}
