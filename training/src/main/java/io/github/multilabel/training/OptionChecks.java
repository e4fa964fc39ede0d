package io.github.multilabel.training;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.training.internal.settings.GroupSettings;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.internal.settings.Phases;
import io.github.multilabel.training.schedule.Phase;
import java.time.Duration;
import java.util.List;

/** What is wrong with the options of a trainer's builder. */
final class OptionChecks {

    private static final String LEAVE_OUT = "leave the option out for the default";

    private static final Preprocessing USUAL = Preprocessing.imageNet(224);

    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final TrainerOptions options;
    private final Problems problems = new Problems("build MultiLabelTrainer");

    private OptionChecks(TrainerOptions options) {
        this.options = options;
    }

    /** @throws io.github.multilabel.core.InvalidOptionsException if there is a problem; lists all of them */
    static void requireUsable(TrainerOptions options) {
        OptionChecks checks = new OptionChecks(options);
        checks.checkGiven();
        checks.checkNumbers();
        checks.checkPhases();
        checks.checkHeads();
        checks.checkControl();
        checks.problems.throwIfAny();
    }

    private void checkGiven() {
        if (options.heads().isEmpty()) {
            problems.missing("setHeads", "pass train.heads()");
        }
        if (options.backbone().isEmpty()) {
            problems.missing("setBackbone", "e.g. Backbones.resnet34()");
        }
        if (options.model.value().isPresent() && options.backbone.value().isPresent()) {
            problems.add("setModel begins with the backbone of the model and setBackbone with another: one of them");
        }
        problems.require(!options.model.isGivenNull(), "setModel", null, "e.g. MultiLabelModel.load(folder)");
        problems.requireGiven("optOptimizer", options.optimizer, "e.g. Optimizers.adamW()")
                .requireGiven("optSchedule", options.schedule, "e.g. LearningRateSchedule.constant()")
                .requireGiven("optLossBalancing", options.balancing, "e.g. LossBalancing.fixed()")
                .requireGiven("optPrecision", options.precision, "e.g. Precision.FLOAT32")
                .requireGiven("optMonitor", options.monitor, LEAVE_OUT);
        requireNotNull("optBatchMix", options.mix);
        requireNotNull("optPreprocessing", options.preprocessing);
        requireNotNull("optCropMode", options.cropMode);
        requireNotNull("optDevice", options.device);
        requireNotNull("optCheckpoints", options.checkpoints);
        problems.require(!options.listeners.contains(null), "addListener", null, "a listener");
        boolean isThere = options.device.value().map(this::isThere).orElse(true);
        if (isThere && options.precision != null && options.precision != Precision.AUTO) {
            problems.check("optPrecision", () -> options.precision.resolve(SettingsAssembly.device(options)));
        }
    }

    private boolean isThere(Device device) {
        int gpus = TorchEngine.get().getGpuCount();
        boolean isThere = !device.isGpu() || device.getDeviceId() < gpus;
        problems.require(
                isThere,
                "optDevice",
                device,
                "PyTorch sees " + (gpus == 0 ? "no GPU; use Device.cpu()" : gpus + " GPUs, numbered from 0"));
        return isThere;
    }

    private void requireNotNull(String option, Choice<?> given) {
        problems.require(!given.isGivenNull(), option, null, LEAVE_OUT);
    }

    private void checkNumbers() {
        options.learningRate.ifPresent(rate -> PhaseChecks.requirePositive("optLearningRate", rate, problems));
        problems.require(
                        (float) options.gradientClipNorm > 0,
                        "optGradientClipNorm",
                        options.gradientClipNorm,
                        "a number above 0 in float32")
                .require(
                        options.gradientAccumulation >= 1,
                        "optGradientAccumulation",
                        options.gradientAccumulation,
                        "at least 1 batch")
                .require(options.nonFiniteLimit >= 1, "optNonFiniteLimit", options.nonFiniteLimit, "at least 1");
        options.emaDecay.ifPresent(
                decay -> problems.require(decay > 0 && decay < 1, "optEmaDecay", decay, "between 0 and 1, e.g. 0.999"));
        options.imageHeight.ifPresent(height -> problems.check(
                "optImageSize", () -> USUAL.withSize(new ImageSize(height, options.imageWidth.orElseThrow()))));
        options.aspectRatio.ifPresent(
                ratio -> problems.check("optAspectRatio", () -> USUAL.size().withAspectRatio(ratio, 1)));
    }

    private void checkPhases() {
        int all = options.allEpochs();
        problems.require(all >= 1, "optEpochs", all, "at least 1");
        options.freezeEpochs.ifPresent(frozen -> problems.require(
                frozen >= 0 && frozen <= Math.max(all, 0),
                "optFreezeEpochs",
                frozen,
                "from 0 to the number of epochs, " + all));
        if (!options.phases.isEmpty() && (options.epochs.isPresent() || options.freezeEpochs.isPresent())) {
            problems.add(
                    "optFineTuning, optEpochs and optFreezeEpochs exclude addPhase: phases have epochs of their own");
        }
        boolean usable = PhaseChecks.values("opt", options.phaseDefaults, problems);
        List<Phase> asked = options.askedPhases();
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) == null) {
                problems.add("addPhase", null, "a phase, e.g. Phase.all(5)");
            } else if (PhaseChecks.values("phase " + (i + 1) + ": with", asked.get(i), problems) && usable) {
                PhaseChecks.of(
                        i + 1, Phases.complete(asked.get(i), options.phaseDefaults), options.backbone(), problems);
            }
        }
    }

    private void checkHeads() {
        HeadOptionChecks checks = new HeadOptionChecks(options.ofHeads, problems);
        checks.check();
        options.heads().ifPresent(checks::check);
        options.surePrecision.ifPresent(precision -> problems.require(
                precision > 0 && precision < 1, "optSurePrecision", precision, "between 0 and 1, e.g. 0.95"));
        options.answerPrecision.ifPresent(precision -> problems.require(
                precision > 0 && precision < 1, "optAnswerPrecision", precision, "between 0 and 1, e.g. 0.98"));
        options.unusualRate.ifPresent(
                rate -> problems.require(rate > 0 && rate < 1, "optUnusualRate", rate, "between 0 and 1, e.g. 0.01"));
        options.heads()
                .filter(this::hasMainHeads)
                .map(options.ofHeads::mainHeads)
                .ifPresent(this::checkAnswers);
    }

    private boolean hasMainHeads(HeadSet heads) {
        return !heads.names().stream().allMatch(options.ofHeads::isAuxiliary);
    }

    private void checkAnswers(HeadSet heads) {
        options.rules.ifPresent(rules -> problems.check(
                "optCombinations", () -> new CombinationLearner(heads, rules).learn())); // something has to be left
        options.surePrecision.ifPresent(precision -> problems.require(
                !heads.hierarchy().isEmpty(),
                "optSurePrecision",
                precision,
                "for heads that determine others, and none of " + heads.names() + " does; see HeadSet.withParent"));
        options.answerPrecision.ifPresent(precision -> problems.require(
                has(heads, Head.Kind.SINGLE_LABEL),
                "optAnswerPrecision",
                precision,
                "for heads with one category per image, and none of " + heads.names() + " is one"));
        problems.require(
                !options.tagThresholds || has(heads, Head.Kind.MULTI_LABEL),
                "optTagThresholds",
                options.tagThresholds,
                "for heads with tags, and none of " + heads.names() + " is one");
    }

    private static boolean has(HeadSet heads, Head.Kind kind) {
        return heads.stream().anyMatch(head -> head.kind() == kind);
    }

    private void checkControl() {
        problems.require(options.patience >= 1, "optEarlyStopping", options.patience, "at least 1 epoch of patience");
        if (!(options.minDelta >= 0 && options.minDelta < Double.POSITIVE_INFINITY)) {
            problems.add(
                    "minDelta",
                    options.minDelta,
                    "a finite number of at least 0",
                    "optEarlyStopping(" + options.patience + ", " + options.minDelta + "): minDelta "
                            + options.minDelta);
        }
        if (options.monitor != null) {
            checkMonitor(options.monitor);
        }
        options.checkpoints.value().ifPresent(this::checkCheckpoints);
        requireNotNull("optGroup", options.group);
        options.group.value().ifPresent(this::checkGroup);
        requireNotNull("optTimeLimit", options.timeLimit);
        options.timeLimit
                .value()
                .ifPresent(limit -> problems.require(
                        limit.compareTo(Duration.ZERO) > 0 && limit.compareTo(LONGEST) <= 0,
                        "optTimeLimit",
                        limit,
                        "above 0 and at most " + LONGEST.toDays() + " days"));
    }

    private void checkMonitor(Monitor monitor) {
        if (monitor.metric() == null) {
            problems.add("optMonitor", null, LEAVE_OUT);
        } else {
            options.heads()
                    .filter(this::hasMainHeads)
                    .map(options.ofHeads::mainHeads)
                    .ifPresent(heads -> problems.check(
                            "optMonitor", () -> MonitorRule.of(heads, monitor.metric(), MonitorRule.NEVER, 0)));
        }
    }

    private void checkGroup(GroupSettings group) {
        problems.require(group.period() >= 1, "optGroup", group.period() + " steps", "at least 1 step");
        if (options.timeLimit.value().isPresent()) {
            problems.add("optGroup and optTimeLimit: members would measure different times; leave one of them out");
        }
    }

    private void checkCheckpoints(CheckpointOptions checkpoints) {
        problems.requireGiven("optCheckpoints", checkpoints.folder(), "a folder");
        checkpoints.steps().ifPresent(steps -> problems.require(steps >= 1, "everySteps", steps, "at least 1 step"));
        if (checkpoints.resumes() && checkpoints.overwrites()) {
            problems.add("CheckpointOptions.resume() goes on with the training in the folder and"
                    + " CheckpointOptions.overwrite() replaces it: one of them");
        }
    }
}
