package io.github.multilabel.spark.internal.training;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Split;
import io.github.multilabel.evaluation.MetricsJson;
import io.github.multilabel.spark.internal.ModelFiles;
import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.group.TrainingGroup;
import io.github.multilabel.training.report.CsvLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.Iterator$;

/**
 * What each task of the barrier stage does: it copies its share to its machine, goes on from the last checkpoint that
 * all have, trains, and, if it is the first, leaves the model.
 *
 * @param heads of the labels
 * @param work where tasks meet
 * @param words the options, as they are typed
 * @param averagingPeriod after how many steps weights are averaged
 * @param checkpointInterval after how many averages each task saves a checkpoint
 */
public record ShareTraining(
        LabelHeads heads,
        WorkFolder work,
        List<String> words,
        int averagingPeriod,
        int checkpointInterval,
        SerializableConfiguration configuration)
        implements Function1<Iterator<Integer>, Iterator<String>>, Serializable {

    @Override
    public Iterator<String> apply(Iterator<Integer> ranks) {
        BarrierTaskContext context = BarrierTaskContext.get();
        FinalFailure failure = new FinalFailure(work, configuration.value());
        try {
            failure.requireNone();
            return Iterator$.MODULE$.single(run(
                    TaskThreads.of(context),
                    context.partitionId(),
                    context.numPartitions(),
                    context.stageAttemptNumber(),
                    context::isInterrupted));
        } catch (IOException e) {
            failure.tell(e);
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            failure.tell(e);
            throw e;
        }
    }

    private String run(TaskThreads threads, int rank, int size, int attempt, BooleanSupplier isKilled)
            throws IOException {
        Path local = Files.createTempDirectory("multilabel-share");
        Configuration hadoop = configuration.value();
        FileSystem files = WorkFolder.plain(work.files(hadoop));
        try (FileGroup group = new FileGroup(files, work.rounds(attempt), rank, size, isKilled);
                Share train = Share.copy(heads, work, Split.TRAIN, rank, size, hadoop, local);
                Share validation = Share.copy(heads, work, Split.VALIDATION, rank, size, hadoop, local)) {
            return train(group, files, threads, train, validation, local, isKilled);
        } finally {
            AtomicOutput.delete(local);
        }
    }

    private String train(
            TrainingGroup group,
            FileSystem files,
            TaskThreads threads,
            Share train,
            Share validation,
            Path local,
            BooleanSupplier isKilled)
            throws IOException {
        Path checkpoints = Files.createDirectory(local.resolve("checkpoints"));
        Path result = Files.createDirectory(local.resolve("result"));
        SharedCheckpoints shared = new SharedCheckpoints(files, work.checkpoints(group.rank()));
        boolean isResumed = shared.restore(group, checkpoints);
        if (isResumed) {
            ShareLog.LOG.info("task {} goes on from the last checkpoint that all tasks have", group.rank());
        }
        try (ShareOptions options = new ShareOptions(Start.replaced(words, Start.copy(work, files, local)));
                ImageDataset learned = train.images(builder -> threads.decoding(options.training(builder)));
                @Nullable
                        ImageDataset evaluated = validation.isAnywhere()
                                ? validation.images(builder -> threads.decoding(options.validation(builder)))
                                : null;
                MultiLabelTrainer trainer =
                        options.trainer(learned.heads(), () -> agreed(group, learned.medianAspectRatio()), builder -> {
                            builder.optGroup(group, averagingPeriod)
                                    .optCheckpoints(CheckpointOptions.in(checkpoints)
                                            .everySteps(Math.multiplyExact(averagingPeriod, checkpointInterval))
                                            .resume())
                                    .addListener(saving(shared, isKilled));
                            if (group.rank() == 0) {
                                builder.addListener(new CsvLog(result))
                                        .addListener(
                                                TrainingListener.onEpoch(report -> ShareLog.LOG.info("{}", report)));
                            }
                        })) {
            TrainingResult found = evaluated == null
                    ? trainer.fit(train.among(learned))
                    : trainer.fit(train.among(learned), validation.among(evaluated));
            if (found.stopReason() == StopReason.STOPPED) {
                throw new InterruptedIOException("the training was stopped");
            }
            if (group.rank() == 0) {
                keep(trainer, found, result, files);
            }
            return "the weights of " + found.best() + "\n" + String.join("\n", trainer.answerLines());
        }
    }

    /** The median of what the members found, so that all train the same network. */
    private static double agreed(TrainingGroup group, double own) {
        try {
            double[] all =
                    group
                            .gather(
                                    "aspect-ratio",
                                    ByteBuffer.allocate(Double.BYTES)
                                            .putDouble(own)
                                            .array())
                            .stream()
                            .mapToDouble(each -> ByteBuffer.wrap(each).getDouble())
                            .sorted()
                            .toArray();
            return all[all.length / 2];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainingListener saving(SharedCheckpoints shared, BooleanSupplier isKilled) {
        return event -> {
            try {
                if (isKilled.getAsBoolean()) {
                    throw new InterruptedIOException("this task was asked to end");
                }
                if (event instanceof TrainingEvent.CheckpointSaved checkpoint) {
                    shared.save(checkpoint.path());
                } else if (event instanceof TrainingEvent.CheckpointFailed failed) {
                    throw failed.cause(); // without it, tasks would not count alike
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        };
    }

    private void keep(MultiLabelTrainer trainer, TrainingResult found, Path result, FileSystem files)
            throws IOException {
        trainer.model().save(result.resolve(ModelFiles.MODEL));
        EpochReport best = found.best();
        if (best.validation().isPresent()) {
            MetricsJson.write(
                    result.resolve("metrics.json"),
                    best.validation().get(),
                    OptionalLong.of(best.training().samples()));
        }
        files.delete(work.result(), true);
        org.apache.hadoop.fs.Path part = work.result().suffix(".part");
        files.delete(part, true);
        files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(result.toUri()), part);
        if (!files.rename(part, work.result())) {
            throw new IOException("'" + part + "' cannot be renamed to '" + work.result() + "'");
        }
    }
}
