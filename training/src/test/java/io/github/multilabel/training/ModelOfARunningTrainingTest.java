package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another thread, or a listener, asks a trainer with an auxiliary head for its model, which is a copy. */
class ModelOfARunningTrainingTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR);

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void endTheOtherThread() {
        other.shutdownNow();
    }

    private static MultiLabelTrainerBuilder trainer() {
        return trainer(HeadOptions.standard());
    }

    private static MultiLabelTrainerBuilder trainer(HeadOptions ofColour) {
        return Toy.trainer(HEADS).addHeadOptions("colour", ofColour.auxiliary()).optEpochs(1);
    }

    @Test
    void anotherThreadGetsItWhileAListenerWaitsForThatThread() throws IOException {
        AtomicReference<MultiLabelTrainer> training = new AtomicReference<>();
        List<List<Head>> answered = new ArrayList<>();
        try (ImageDataset data = Toy.data(HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer()
                        .addListener(event -> {
                            if (event instanceof TrainingEvent.StepDone) {
                                answered.add(inTheOtherThread(() ->
                                        training.get().model().heads().stream().toList()));
                            }
                        })
                        .build()) {
            training.set(trainer);

            trainer.fit(data);

            assertThat(answered).hasSize(2).containsOnly(List.of(Toy.SHAPE));
        }
    }

    @Test
    void aListenerGetsItItself() throws IOException {
        AtomicReference<MultiLabelTrainer> training = new AtomicReference<>();
        List<List<Float>> seen = new ArrayList<>();
        try (ImageDataset data = Toy.data(HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer()
                        .addListener(TrainingListener.onEpoch(
                                epoch -> seen.add(weights(training.get().model()))))
                        .build()) {
            training.set(trainer);

            trainer.fit(data);

            assertThat(seen).containsExactly(weights(trainer.model()));
        }
    }

    @Test
    void whoeverAsksDuringAStepGetsTheWeightsAfterIt() throws IOException {
        AtomicReference<MultiLabelTrainer> training = new AtomicReference<>();
        AtomicReference<CompletableFuture<List<Float>>> asked = new AtomicReference<>();
        AtomicInteger steps = new AtomicInteger();
        try (ImageDataset data = Toy.data(HEADS, 16, 8);
                MultiLabelTrainer trainer = trainer(HeadOptions.loss((logits, labels) -> {
                            if (steps.incrementAndGet() == 2) { // in the middle of the last step
                                asked.set(startAndLetWait(
                                        () -> weights(training.get().model())));
                            }
                            return mean(logits);
                        }))
                        .build()) {
            training.set(trainer);

            trainer.fit(data);

            assertThat(asked.get().join()).isEqualTo(weights(trainer.model()));
        }
    }

    private static NDArray mean(NDArray logits) {
        return logits.square().mean();
    }

    private <T> T inTheOtherThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, other)
                .orTimeout(1, TimeUnit.MINUTES) // instead of hanging for ever
                .join();
    }

    /** Returns when the other thread is done, or cannot go on. */
    private <T> CompletableFuture<T> startAndLetWait(Supplier<T> work) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<T> result = CompletableFuture.supplyAsync(
                () -> {
                    thread.set(Thread.currentThread());
                    return work.get();
                },
                other);
        while (!result.isDone() && (thread.get() == null || thread.get().getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        return result;
    }

    private static List<Float> weights(MultiLabelModel model) {
        List<Float> weights = new ArrayList<>();
        for (Parameter parameter : model.block().parametersByName().values()) {
            for (float weight : parameter.getArray().toFloatArray()) {
                weights.add(weight);
            }
        }
        return weights;
    }
}
