package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a folder of checkpoints is: 16 rows in 2 batches, so that epoch 3 ends with step 6. */
class CheckpointFolderTest {

    private static final String REMEDIES =
            "go on with it by CheckpointOptions.resume() (with more epochs, if it is finished),"
                    + " replace it by CheckpointOptions.overwrite(), or name another folder";

    @TempDir
    private Path folder;

    private ImageDataset data;

    @BeforeEach
    void open() throws IOException {
        data = Toy.data(Toy.HEADS, 16, 8);
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    private MultiLabelTrainerBuilder trainer(int epochs) {
        return Toy.trainer(Toy.HEADS).optEpochs(epochs).optCheckpoints(folder);
    }

    private TrainingResult fit(MultiLabelTrainerBuilder builder) throws IOException {
        try (MultiLabelTrainer trainer = builder.build()) {
            return trainer.fit(data, data);
        }
    }

    /** Trains until a step is done, then asks to stop. */
    private void stopAfter(long stop, MultiLabelTrainerBuilder builder) throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        try (MultiLabelTrainer trainer = builder.addListener(event -> {
                    if (event instanceof TrainingEvent.StepDone step && step.step() == stop) {
                        self.get(0).stop();
                    }
                })
                .build()) {
            self.add(trainer);
            trainer.fit(data, data);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aTrainingThatIsThereIsNeitherReplacedNorGoneOnWithUnasked() throws IOException {
        stopAfter(3, trainer(3));
        assertThatIllegalStateException()
                .isThrownBy(() -> fit(trainer(3)))
                .withMessage("'" + folder + "' holds a training that is not finished; " + REMEDIES);
        fit(trainer(3).optCheckpoints(CheckpointOptions.in(folder).resume()));
        assertThatIllegalStateException()
                .isThrownBy(() -> fit(trainer(3)))
                .withMessage("'" + folder + "' holds a finished training; " + REMEDIES);
        assertThat(names(folder)).containsExactly("checkpoint-00000004", "checkpoint-00000006");
    }

    @Test
    void onesThatAreReplacedStayUntilTheNewTrainingIsOver() throws IOException {
        fit(trainer(3));
        List<List<String>> seen = new ArrayList<>();
        fit(trainer(1).optCheckpoints(CheckpointOptions.in(folder).overwrite()).addListener(event -> {
            if (event instanceof TrainingEvent.CheckpointSaved) {
                seen.add(namesOf(folder));
            }
        }));
        assertThat(seen)
                .containsExactly(List.of(".lock", ".replacement", "checkpoint-00000004", "checkpoint-00000006"));
        assertThat(names(folder)).containsExactly("checkpoint-00000002");
    }

    private static List<String> namesOf(Path folder) {
        try {
            return names(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aReplacementThatFailsBeforeItHasACheckpointLeavesNoTrace() throws IOException {
        fit(trainer(3));
        RuntimeException enough = new RuntimeException("enough");
        assertThatThrownBy(() -> fit(trainer(1)
                        .optCheckpoints(CheckpointOptions.in(folder).overwrite())
                        .addListener(event -> {
                            if (event instanceof TrainingEvent.StepDone) {
                                throw enough;
                            }
                        })))
                .isSameAs(enough);
        assertThat(names(folder)).containsExactly("checkpoint-00000004", "checkpoint-00000006");
    }

    @Test
    void aReplacementThatWasStoppedGoesOn() throws IOException {
        fit(trainer(3));
        stopAfter(3, trainer(4).optCheckpoints(CheckpointOptions.in(folder).overwrite()));
        assertThat(names(folder)).containsExactly(".replacement", "checkpoint-00000004", "checkpoint-00000006");
        assertThatIllegalStateException()
                .isThrownBy(() -> fit(trainer(4)))
                .withMessageContaining(".replacement' holds a training that is not finished; " + REMEDIES);
        assertThat(fit(trainer(4).optCheckpoints(CheckpointOptions.in(folder).resume()))
                        .history())
                .hasSize(4);
        assertThat(names(folder)).containsExactly("checkpoint-00000006", "checkpoint-00000008");
    }

    @Test
    void twoTrainingsAtOnceAreOneTooMany() throws IOException {
        List<Throwable> refused = new ArrayList<>();
        fit(trainer(1).addListener(event -> {
            if (event instanceof TrainingEvent.StepDone step && step.step() == 1) {
                Thread other = new Thread(() -> {
                    try {
                        fit(trainer(1)
                                .optCheckpoints(CheckpointOptions.in(folder).resume()));
                    } catch (IOException | RuntimeException e) {
                        refused.add(e);
                    }
                });
                other.start();
                join(other);
            }
        }));
        assertThat(refused).singleElement().satisfies(e -> assertThat(e)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("'" + folder + "' is in use by this process itself"));
        assertThat(names(folder)).containsExactly("checkpoint-00000002");
        fit(trainer(2).optCheckpoints(CheckpointOptions.in(folder).resume()));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goingOnAndReplacingExcludeEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(1)
                        .optCheckpoints(CheckpointOptions.in(folder).resume().overwrite())
                        .build())
                .withMessageContaining("one of them");
    }
}
