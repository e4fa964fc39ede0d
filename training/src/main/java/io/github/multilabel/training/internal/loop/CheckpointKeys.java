package io.github.multilabel.training.internal.loop;

/**
 * The fields of {@code checkpoint.json}, and what the names of the arrays in {@code state.safetensors} begin with. They
 * are the format: the constants may be renamed, what stands in quotes is in checkpoints that people go on from, and
 * stays. Within them, {@link RunSettings}, {@link HistoryJson} and those whose state it is have names of their own.
 */
final class CheckpointKeys {

    /** The settings of the training as texts, see {@link RunSettings}. */
    static final String SETTINGS = "settings";
    /** The phase that comes next, from 0. */
    static final String PHASE = "phase";
    /** The epoch of that phase that comes next, from 0. */
    static final String PHASE_EPOCH = "phaseEpoch";
    /** The batch of that epoch that comes next, from 0. */
    static final String BATCH = "batch";
    /** How many steps there were. */
    static final String STEP = "step";
    /** How many steps the average of the weights has followed. */
    static final String AVERAGED_STEPS = "averagedSteps";
    /** What the loss is multiplied by, in float16 only, see {@link LossScale}. */
    static final String LOSS_SCALE = "lossScale";
    /** How many steps changed the model; earlier releases did not write it. */
    static final String LEARNED_STEPS = "learnedSteps";
    /** The loss of the first step; earlier releases did not write it. */
    static final String FIRST_LOSS = "firstLoss";
    /** What a training with a time limit chose, and how long it has taken, see {@link TimeKeeper}; others lack it. */
    static final String TIME_LIMIT = "timeLimit";
    /** Whether this is the last checkpoint of its training. */
    static final String FINISHED = "finished";
    /** The epochs so far, see {@link HistoryJson}. */
    static final String HISTORY = "history";

    /** The weights of the model. */
    static final String WEIGHTS = "weights.";
    /** Their average. */
    static final String AVERAGE = "average.";
    /** The weights of the best epoch. */
    static final String BEST = "best.";
    /** What steps remember, the state of the optimizer included. */
    static final String STEPS = "step.";
    /** What is known of an epoch that is not over. */
    static final String EPOCH = "epoch.";

    /**
     * Fingerprints of the images, int32, such as {@code data.training.labels}, see {@link DataFingerprint}; earlier
     * releases did not write them.
     */
    static final String DATA = "data.";

    private CheckpointKeys() {}
}
