package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.internal.metrics.EvaluationJson;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.group.DatasetShare;
import io.github.multilabel.training.group.TrainingGroup;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each member is a thread. */
class GroupTrainingTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    private final List<MultiLabelDataset> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(MultiLabelDataset::close);
    }

    /** Members that meet in memory. */
    private static final class Meeting {

        private final byte[][] told;
        private final float[][] values;
        private final double[] weights;
        private final CyclicBarrier barrier;

        Meeting(int size) {
            told = new byte[size][];
            values = new float[size][];
            weights = new double[size];
            barrier = new CyclicBarrier(size);
        }

        TrainingGroup member(int rank) {
            return new TrainingGroup() {
                @Override
                public int rank() {
                    return rank;
                }

                @Override
                public int size() {
                    return told.length;
                }

                @Override
                public List<byte[]> gather(String what, byte[] mine) throws IOException {
                    told[rank] = mine;
                    meet();
                    List<byte[]> all = List.of(told.clone());
                    meet();
                    return all;
                }

                @Override
                public void average(String what, float[] own, double weight) throws IOException {
                    values[rank] = own.clone();
                    weights[rank] = weight;
                    meet();
                    double sum = Arrays.stream(weights).sum();
                    for (int i = 0; i < own.length; i++) {
                        double mean = 0;
                        for (int member = 0; member < values.length; member++) {
                            mean += weights[member] / sum * values[member][i];
                        }
                        own[i] = (float) mean;
                    }
                    meet();
                }
            };
        }

        private void meet() throws IOException {
            try {
                barrier.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException("another member failed", e);
            }
        }
    }

    /** What a member ends with. */
    private record Member(
            TrainingResult result,
            Map<String, float[]> weights,
            List<HeadCalibration> calibration,
            Optional<AnswerReference> reference) {

        /** Speed apart. */
        List<String> history() {
            return result.history().stream()
                    .map(report -> report.epoch() + " " + EvaluationJson.write(report.training()) + " "
                            + report.validation().map(EvaluationJson::write))
                    .toList();
        }
    }

    /** What a member does. */
    private interface Work {
        Member of(TrainingGroup member) throws IOException;
    }

    private static List<Member> everybody(int size, Work work) throws Exception {
        Meeting meeting = new Meeting(size);
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<Member>> running = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                TrainingGroup member = meeting.member(rank);
                running.add(threads.submit(() -> work.of(member)));
            }
            List<Member> members = new ArrayList<>();
            for (Future<Member> each : running) {
                members.add(each.get(120, TimeUnit.SECONDS));
            }
            return members;
        } finally {
            threads.shutdownNow();
        }
    }

    private ImageDataset images(int count, int batchSize) throws IOException {
        ImageDataset all = Toy.data(HEADS, count, batchSize);
        opened.add(all);
        return all;
    }

    /** Some of the images, in order. */
    private MultiLabelDataset share(ImageDataset all, int from, int to, int batchSize) throws IOException {
        return new DatasetShare(
                part(all, from, to, batchSize),
                IntStream.range(0, all.size()).mapToObj(all::labels).toList(),
                from);
    }

    private ImageDataset part(ImageDataset all, int from, int to, int batchSize) throws IOException {
        List<Sample> samples = all.samples().subList(from, to);
        ImageDataset part = ImageDataset.builder()
                .setHeads(HEADS)
                .addSamples(samples)
                .optBatchSize(batchSize)
                .optShuffle(false)
                .optAugmentation(Augmentation.none())
                .optThreads(1)
                .build();
        opened.add(part);
        return part;
    }

    private static Member train(MultiLabelTrainerBuilder builder, MultiLabelDataset data, MultiLabelDataset validation)
            throws IOException {
        try (MultiLabelTrainer trainer = builder.build()) {
            TrainingResult result = trainer.fit(data, validation);
            return new Member(
                    result,
                    Toy.weights(trainer),
                    trainer.model().calibration(),
                    trainer.model().answerReference());
        }
    }

    private static MultiLabelTrainerBuilder plainSteps() {
        return Toy.trainer(HEADS)
                .optOptimizer(Optimizers.sgd(0, 0))
                .optLearningRate(0.05)
                .optSchedule(LearningRateSchedule.constant());
    }

    private static void assertClose(Map<String, float[]> found, Map<String, float[]> expected, double tolerance) {
        expected.forEach((name, values) -> {
            double most = 0;
            for (int i = 0; i < values.length; i++) {
                most = Math.max(most, Math.abs(values[i] - found.get(name)[i]));
            }
            assertThat(most).as("the greatest difference of " + name).isLessThanOrEqualTo(tolerance);
        });
    }

    @Test
    void aGroupOfOneTrainsAsATrainingByItself() throws Exception {
        ImageDataset all = images(48, 8);
        ImageDataset validation = images(20, 8);

        Member alone = train(Toy.trainer(HEADS), all, validation);
        Member inGroup = everybody(1, member -> train(Toy.trainer(HEADS).optGroup(member, 2), all, validation))
                .get(0);

        assertClose(inGroup.weights(), alone.weights(), 0);
        assertThat(inGroup.history()).isEqualTo(alone.history());
    }

    @Test
    void membersEndWithTheSameModelHistoryAndAnswers() throws Exception {
        ImageDataset all = images(50, 8);
        ImageDataset validation = images(21, 8);

        List<Member> members = everybody(
                3,
                member -> train(
                        Toy.trainer(HEADS).optEpochs(3).optGroup(member, 2),
                        share(all, 16 * member.rank(), member.rank() == 2 ? 50 : 16 * member.rank() + 16, 4),
                        share(validation, 7 * member.rank(), 7 * member.rank() + 7, 4)));

        for (Member other : members.subList(1, 3)) {
            assertClose(other.weights(), members.get(0).weights(), 0);
            assertThat(other.history()).isEqualTo(members.get(0).history());
            assertThat(other.result().bestEpoch())
                    .isEqualTo(members.get(0).result().bestEpoch());
            assertThat(other.calibration()).isEqualTo(members.get(0).calibration());
            assertThat(other.reference()).isEqualTo(members.get(0).reference());
        }
        EpochReport last = members.get(0).result().last();
        assertThat(last.training().samples()).isEqualTo(50);
        assertThat(last.validation().orElseThrow().samples()).isEqualTo(21);
    }

    @Test
    void theMeanOfPlainStepsIsTheStepOfBothBatches() throws Exception {
        ImageDataset all = images(16, 16);
        ImageDataset validation = images(8, 8);
        MultiLabelDataset whole = part(all, 0, 16, 16);

        // batch norm would see each batch by itself
        Member alone = train(plainSteps().optFreezeEpochs(2), whole, validation);
        List<Member> members = everybody(
                2,
                member -> train(
                        plainSteps().optFreezeEpochs(2).optGroup(member, 1),
                        share(all, 8 * member.rank(), 8 * member.rank() + 8, 8),
                        validation));

        assertClose(members.get(0).weights(), alone.weights(), 1e-5);
    }

    @Test
    void countsOfSharesAreThoseOfAll() throws Exception {
        ImageDataset all = images(32, 8);
        ImageDataset validation = images(30, 8);

        List<Member> members = everybody(
                2,
                member -> train(
                        Toy.trainer(HEADS).optEpochs(1).optGroup(member, 4),
                        share(all, 16 * member.rank(), 16 * member.rank() + 16, 8),
                        share(validation, 10 * member.rank(), member.rank() == 0 ? 10 : 30, 8)));

        String shared = EvaluationJson.write(
                        members.get(0).result().last().validation().orElseThrow())
                .toString();
        assertThat(members.get(0).result().last().validation().orElseThrow().samples())
                .isEqualTo(30);
        assertThat(members.get(1).result().last().validation().orElseThrow())
                .extracting(EvaluationJson::write)
                .asString()
                .isEqualTo(shared);
    }

    @Test
    void aMemberWithFewerBatchesWaitsForTheOthers() throws Exception {
        ImageDataset all = images(40, 4);
        ImageDataset validation = images(12, 4);

        List<Member> members = everybody(
                2,
                member -> train(
                        Toy.trainer(HEADS).optGroup(member, 2),
                        member.rank() == 0 ? share(all, 0, 8, 4) : share(all, 8, 40, 4),
                        share(validation, 6 * member.rank(), 6 * member.rank() + 6, 4)));

        assertClose(members.get(1).weights(), members.get(0).weights(), 0);
        assertThat(members.get(0).result().last().training().samples()).isEqualTo(40);
    }

    @Test
    void oneThatIsStoppedStopsAll() throws Exception {
        ImageDataset all = images(32, 4);
        ImageDataset validation = images(8, 4);

        List<Member> members = everybody(2, member -> {
            List<MultiLabelTrainer> self = new ArrayList<>();
            try (MultiLabelTrainer trainer = Toy.trainer(HEADS)
                    .optEpochs(50)
                    .optGroup(member, 2)
                    .addListener(event -> {
                        if (member.rank() == 1 && event instanceof TrainingEvent.StepDone step && step.step() == 5) {
                            self.get(0).stop();
                        }
                    })
                    .build()) {
                self.add(trainer);
                TrainingResult result =
                        trainer.fit(share(all, 16 * member.rank(), 16 * member.rank() + 16, 4), validation);
                return new Member(result, Toy.weights(trainer), List.of(), Optional.empty());
            }
        });

        assertThat(members)
                .allSatisfy(member -> assertThat(member.result().stopReason()).isEqualTo(StopReason.STOPPED));
        assertClose(members.get(1).weights(), members.get(0).weights(), 0);
    }

    @Test
    void movingAveragesAreAveragedToo() throws Exception {
        ImageDataset all = images(32, 4);
        ImageDataset validation = images(8, 4);

        List<Member> members = everybody(
                2,
                member -> train(
                        Toy.trainer(HEADS).optEmaDecay(0.9).optGroup(member, 2),
                        share(all, 16 * member.rank(), 16 * member.rank() + 16, 4),
                        validation));

        assertClose(members.get(1).weights(), members.get(0).weights(), 0);
    }

    @Test
    void aGroupGoesOnFromItsCheckpoints(@TempDir Path folder) throws Exception {
        ImageDataset all = images(40, 4);
        ImageDataset validation = images(8, 4);

        List<Member> whole = everybody(
                2, member -> train(checkpointed(member, folder.resolve("whole")), half(all, member), validation));
        Meeting broken = new Meeting(2);
        List<Future<Member>> killed = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int rank = 0; rank < 2; rank++) {
            TrainingGroup member = broken.member(rank);
            killed.add(threads.submit(() -> train(
                    checkpointed(member, folder.resolve("killed")).addListener(event -> {
                        if (event instanceof TrainingEvent.StepDone step && step.step() == 8) {
                            throw new IllegalStateException("killed");
                        }
                    }),
                    half(all, member),
                    validation)));
        }
        assertThat(killed).allSatisfy(each -> assertThatThrownBy(each::get).hasMessageContaining("killed"));
        threads.shutdown();
        List<Member> resumed = everybody(
                2, member -> train(checkpointed(member, folder.resolve("killed")), half(all, member), validation));

        assertClose(resumed.get(0).weights(), whole.get(0).weights(), 0);
        assertThat(resumed.get(1).history()).isEqualTo(whole.get(1).history());
    }

    private MultiLabelDataset half(ImageDataset all, TrainingGroup member) throws IOException {
        return share(all, 20 * member.rank(), 20 * member.rank() + 20, 4);
    }

    private static MultiLabelTrainerBuilder checkpointed(TrainingGroup member, Path folder) {
        return Toy.trainer(HEADS)
                .optEpochs(3)
                .optGroup(member, 2)
                .optCheckpoints(CheckpointOptions.in(folder.resolve("member" + member.rank()))
                        .everySteps(2)
                        .resume());
    }

    @Test
    void optionsThatDoNotSuitAGroupAreRefused() {
        MultiLabelTrainerBuilder builder =
                Toy.trainer(HEADS).optGroup(new Meeting(1).member(0), 0).optTimeLimit(Duration.ofMinutes(1));

        assertThatThrownBy(builder::requireUsable)
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("at least 1 step")
                .hasMessageContaining("different times");
    }
}
