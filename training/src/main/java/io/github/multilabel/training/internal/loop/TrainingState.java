package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import io.github.multilabel.core.internal.programs.ArrayCopy;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.internal.checkpoint.SavedCheckpoint;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a training is, and all that it must know to go on from there, as it is written and read in checkpoints. */
final class TrainingState {

    private final TrainingSettings settings;
    private final Map<String, NDArray> weights;
    private final WeightAverage average;
    private final LossScale scale;
    private final BestWeights best;
    private final Soundness soundness;
    private final List<EpochReport> history = new ArrayList<>();
    private long step;

    /** @param weights the live arrays of the model, by name */
    TrainingState(
            TrainingSettings settings,
            Map<String, NDArray> weights,
            WeightAverage average,
            LossScale scale,
            BestWeights best,
            Soundness soundness) {
        this.settings = settings;
        this.weights = weights;
        this.average = average;
        this.scale = scale;
        this.best = best;
        this.soundness = soundness;
    }

    /** The epochs so far; live. */
    List<EpochReport> history() {
        return history;
    }

    /** How many steps there were. */
    long step() {
        return step;
    }

    /** Counts one more step. */
    void stepped() {
        step++;
    }

    /** Where in its phases the training is. */
    PhasePosition place() {
        return PhasePosition.after(history.size(), settings.optimisation().phases());
    }

    /**
     * The description of a checkpoint.
     *
     * @param described the settings
     * @param time that the training is held to, if it is limited
     * @param nextBatch of the epoch that is not over, from 0
     * @param finished whether it is the last checkpoint of its training
     */
    JsonObject description(RunSettings described, Optional<TimeKeeper> time, int nextBatch, boolean finished) {
        PhasePosition place = place();
        JsonObject description = new JsonObject();
        description.add(CheckpointKeys.SETTINGS, described.json());
        description.addProperty(CheckpointKeys.PHASE, place.phase());
        description.addProperty(CheckpointKeys.PHASE_EPOCH, place.epoch());
        description.addProperty(CheckpointKeys.BATCH, nextBatch);
        description.addProperty(CheckpointKeys.STEP, step);
        description.addProperty(CheckpointKeys.AVERAGED_STEPS, average.steps());
        scale.save(description);
        soundness.save(description);
        time.ifPresent(limited -> description.add(CheckpointKeys.TIME_LIMIT, limited.json()));
        description.addProperty(CheckpointKeys.FINISHED, finished);
        description.add(CheckpointKeys.HISTORY, HistoryJson.write(history));
        return description;
    }

    /**
     * The arrays of a checkpoint: live ones, and some that {@code made} owns.
     *
     * @param current of an epoch that is not over
     */
    Map<String, NDArray> tensors(NDManager made, RunSettings described, PhaseRun run, Optional<EpochProgress> current) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        NamedArrays.add(tensors, CheckpointKeys.WEIGHTS, weights);
        NamedArrays.add(tensors, CheckpointKeys.AVERAGE, average.averages());
        NamedArrays.add(tensors, CheckpointKeys.BEST, best.state());
        NamedArrays.add(tensors, CheckpointKeys.STEPS, run.state(made));
        current.ifPresent(epoch -> NamedArrays.add(tensors, CheckpointKeys.EPOCH, epoch.state(made)));
        NamedArrays.add(tensors, CheckpointKeys.DATA, described.tensors(made));
        return tensors;
    }

    /**
     * Checks that a checkpoint was saved in the phases that are now given.
     *
     * @throws IllegalArgumentException if it was saved in another place, or they are over
     */
    void requirePlace(SavedCheckpoint checkpoint) {
        JsonObject saved = checkpoint.description();
        PhasePosition.requireResumable(
                new PhasePosition(
                        saved.get(CheckpointKeys.PHASE).getAsInt(),
                        saved.get(CheckpointKeys.PHASE_EPOCH).getAsInt()),
                saved.getAsJsonArray(CheckpointKeys.HISTORY).size(),
                settings.optimisation().phases(),
                checkpoint.path());
    }

    /**
     * Takes over what a checkpoint has.
     *
     * @param manager for arrays that are needed meanwhile
     * @param resumed takes what the phase and the epoch have of it
     * @return the batch that comes next
     */
    int restore(SavedCheckpoint checkpoint, NDManager manager, ResumeState resumed) throws IOException {
        JsonObject saved = checkpoint.description();
        List<EpochReport> before = HistoryJson.read(
                saved.getAsJsonArray(CheckpointKeys.HISTORY), settings.model().mainHeads());
        int batch = saved.get(CheckpointKeys.BATCH).getAsInt();
        PhasePosition place =
                PhasePosition.after(before.size(), settings.optimisation().phases());
        step = saved.get(CheckpointKeys.STEP).getAsLong();
        scale.restore(saved);
        soundness.restore(saved, step, before);
        for (EpochReport report : before) {
            if (place().epoch() == 0) {
                best.epoch().waitAnew();
            }
            best.epoch().improves(report);
            history.add(report);
        }
        try (NDManager read = manager.newSubManager()) {
            best.restore(checkpoint.tensors(read, CheckpointKeys.BEST));
            try (EngineLock turn = EngineLock.take()) { // another thread may copy the model
                ArrayCopy.copy(read, weights, checkpoint.tensors(read, CheckpointKeys.WEIGHTS));
            }
            average.restore(
                    checkpoint.tensors(read, CheckpointKeys.AVERAGE),
                    saved.get(CheckpointKeys.AVERAGED_STEPS).getAsLong());
        }
        if (place.epoch() > 0 || batch > 0) { // else the next phase begins anew
            resumed.read(checkpoint);
        }
        return batch;
    }
}
