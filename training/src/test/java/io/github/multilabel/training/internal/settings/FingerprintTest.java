package io.github.multilabel.training.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.group.TrainingGroup;
import io.github.multilabel.training.internal.settings.Fingerprint.Entry;
import io.github.multilabel.training.internal.settings.Fingerprint.Kind;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A setting that is added is compared when a training is resumed, or declared free. */
class FingerprintTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("shape", "disc", "bar"), Head.singleLabel("colour", "red", "green"));
    private static final HeadSet SHAPE = HEADS.select(List.of("shape"));

    /**
     * Two settings that differ in every component.
     *
     * @param whole the fingerprint of the settings that have such a part
     */
    private record Samples<T extends Record>(T usual, T other, Function<T, Fingerprint> whole) {

        Stream<Setting> settings() {
            return Arrays.stream(usual.getClass().getRecordComponents()).map(component -> new Setting(this, component));
        }
    }

    /** One component of settings. */
    private record Setting(Samples<?> samples, RecordComponent component) {

        @Override
        public String toString() {
            return samples.usual().getClass().getSimpleName() + "." + component.getName();
        }
    }

    private static final ModelSettings MODEL = new ModelSettings(
            HEADS,
            HEADS,
            Map.of("shape", HeadLayers.linear()),
            Backbones.byName("small"),
            Preprocessing.imageNet(64),
            false,
            AnswerSettings.USUAL);

    private static final LossSettings LOSS = new LossSettings(
            Map.of("shape", Losses.crossEntropy()),
            Map.of("shape", 1.0),
            Map.of(),
            LossBalancing.fixed(),
            Optional.empty());

    private static final OptimisationSettings OPTIMISATION = new OptimisationSettings(
            List.of(Phase.all(3)),
            Optimizers.adamW(),
            1,
            1,
            OptionalDouble.empty(),
            Precision.FLOAT32,
            Device.cpu(),
            true,
            1);

    private static final CheckpointSettings CHECKPOINTS =
            new CheckpointSettings(Path.of("a"), OptionalInt.empty(), false, false);

    private static final MonitorRule MONITOR = MonitorRule.of(HEADS, "loss", 3, 0);

    private static final ControlSettings CONTROL = new ControlSettings(
            MONITOR, true, 5, Optional.empty(), Optional.empty(), false, List.of(), Optional.empty(), false);

    private static final Phase PHASE = new Phase(
            1,
            Phase.Part.LAST_STAGES,
            Optional.of("one"),
            Optional.of(0.1),
            Optional.of(LearningRateSchedule.constant()),
            Optional.of(1.0),
            Optional.of(1.0),
            List.of());

    static Stream<Setting> settings() {
        return Stream.of(
                        new Samples<>(
                                MODEL,
                                new ModelSettings(
                                        SHAPE,
                                        SHAPE,
                                        Map.of("shape", HeadLayers.linear().withDropout(0.1)),
                                        Backbones.resnet34(),
                                        Preprocessing.imageNet(96),
                                        true,
                                        new AnswerSettings(
                                                Optional.of(List.of()),
                                                OptionalDouble.of(0.9),
                                                false,
                                                OptionalDouble.of(0.9),
                                                true,
                                                OptionalDouble.of(0.01))),
                                ModelSettings::fingerprint),
                        new Samples<>(
                                LOSS,
                                new LossSettings(
                                        Map.of("shape", Losses.focal(2)),
                                        Map.of("shape", 2.0),
                                        Map.of("shape", ClassWeights.balanced()),
                                        LossBalancing.uncertainty(),
                                        Optional.of(BatchMix.mixUp(1))),
                                LossSettings::fingerprint),
                        new Samples<>(
                                OPTIMISATION,
                                new OptimisationSettings(
                                        List.of(Phase.heads(3)),
                                        Optimizers.sgd(),
                                        2,
                                        2,
                                        OptionalDouble.of(0.9),
                                        Precision.BFLOAT16,
                                        Device.gpu(),
                                        false,
                                        2),
                                OptimisationSettings::fingerprint),
                        new Samples<>(
                                PHASE,
                                new Phase(
                                        2,
                                        Phase.Part.ALL,
                                        Optional.of("two"),
                                        Optional.of(0.2),
                                        Optional.of(LearningRateSchedule.linear()),
                                        Optional.of(2.0),
                                        Optional.of(2.0),
                                        List.of(64)),
                                FingerprintTest::ofPhase),
                        new Samples<>(
                                CONTROL,
                                new ControlSettings(
                                        MonitorRule.of(HEADS, "exact_match", 3, 0),
                                        false,
                                        6,
                                        Optional.of(CHECKPOINTS),
                                        Optional.of(new TimeLimit(Duration.ofMinutes(90), () -> 0)),
                                        true,
                                        List.of(event -> {}),
                                        Optional.of(new GroupSettings(new Alone(), 8)),
                                        true),
                                ControlSettings::fingerprint),
                        new Samples<>(
                                MONITOR, MonitorRule.of(HEADS, "train_exact_match", 4, 1), FingerprintTest::ofMonitor),
                        new Samples<>(
                                CHECKPOINTS,
                                new CheckpointSettings(Path.of("b"), OptionalInt.of(1), true, true),
                                CheckpointSettings::fingerprint))
                .flatMap(Samples::settings);
    }

    private static Fingerprint ofPhase(Phase phase) {
        return new OptimisationSettings(
                        List.of(phase),
                        Optimizers.adamW(),
                        1,
                        1,
                        OptionalDouble.empty(),
                        Precision.FLOAT32,
                        Device.cpu(),
                        true,
                        1)
                .fingerprint();
    }

    private static Fingerprint ofMonitor(MonitorRule monitor) {
        return new ControlSettings(
                        monitor, true, 5, Optional.empty(), Optional.empty(), false, List.of(), Optional.empty(), false)
                .fingerprint();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void aSettingIsComparedOrDeclaredFree(Setting setting) throws ReflectiveOperationException {
        requireInFingerprint(setting.samples(), setting.component());
    }

    private static <T extends Record> void requireInFingerprint(Samples<T> samples, RecordComponent changed)
            throws ReflectiveOperationException {
        Fingerprint usual = samples.whole().apply(samples.usual());
        Fingerprint other = samples.whole().apply(changed(samples, changed));
        if (usual.entries().contains(new Entry(changed.getName(), "", Kind.IRRELEVANT))) {
            assertThat(other).as("declared to decide nothing").isEqualTo(usual);
        } else {
            assertThat(other).isNotEqualTo(usual);
        }
    }

    /** The usual settings with one component of the others. */
    @SuppressWarnings("unchecked")
    private static <T extends Record> T changed(Samples<T> samples, RecordComponent changed)
            throws ReflectiveOperationException {
        RecordComponent[] components = samples.usual().getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean isChanged = components[i].getName().equals(changed.getName());
            values[i] = components[i].getAccessor().invoke(isChanged ? samples.other() : samples.usual());
        }
        assertThat(changed.getAccessor().invoke(samples.other()))
                .as("the samples differ in every component")
                .isNotEqualTo(changed.getAccessor().invoke(samples.usual()));
        return (T) samples.usual()
                .getClass()
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                .newInstance(values);
    }

    @Test
    void everyRecordOfSettingsIsLookedAt() {
        List<Class<?>> known = settings()
                .<Class<?>>map(setting -> setting.samples().usual().getClass())
                .distinct()
                .toList();

        assertThat(TrainingSettings.class.getRecordComponents())
                .extracting(RecordComponent::getType)
                .isSubsetOf(known);
    }

    @Test
    void noKeyIsThereTwice() {
        Fingerprint all = new TrainingSettings(MODEL, LOSS, OPTIMISATION, CONTROL).fingerprint();

        assertThat(all.entries()).extracting(Entry::key).doesNotHaveDuplicates();
    }

    /** A group of one. */
    private record Alone() implements TrainingGroup {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public List<byte[]> gather(String what, byte[] mine) {
            return List.of(mine);
        }

        @Override
        public void average(String what, float[] values, double weight) {}
    }
}
