package io.github.multilabel.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.training.event.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("make, or brand", "Audi", "BMW"), Head.singleLabel("year", "old", "new"));

    @TempDir
    private Path folder;

    private static TrainingEvent.StepDone step(long step) {
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("make, or brand", 0.25 * step);
        losses.put("year", Double.NaN);
        return new TrainingEvent.StepDone(1, (int) step, 8, step, 16, 0.001, 0.25 * step, losses, step == 2);
    }

    private static TrainingEvent.Started started(long step) {
        return new TrainingEvent.Started(HEADS, 2, step, List.of());
    }

    private List<String> steps() throws IOException {
        return Files.readAllLines(folder.resolve("logs/steps.csv"));
    }

    @Test
    void eachStepIsARowAtOnce() throws IOException {
        CsvLog log = new CsvLog(folder.resolve("logs"));
        log.on(started(0));
        log.on(step(1));
        log.on(step(2));
        assertThat(steps())
                .containsExactly(
                        "step,epoch,batch,images,learning_rate,skipped,loss,\"make, or brand_loss\",year_loss",
                        "1,1,1,16,0.001,false,0.25,0.25,",
                        "2,1,2,16,0.001,true,0.5,0.5,");
    }

    @Test
    void aTrainingThatGoesOnDropsWhatComesAgain() throws IOException {
        CsvLog log = new CsvLog(folder.resolve("logs"));
        log.on(started(0));
        for (int i = 1; i <= 3; i++) {
            log.on(step(i));
        }
        Files.writeString(folder.resolve("logs/steps.csv"), "4,1,4,1", StandardOpenOption.APPEND); // killed here
        CsvLog again = new CsvLog(folder.resolve("logs"));
        again.on(started(2));
        again.on(step(3));
        assertThat(steps().stream().skip(1).map(row -> row.substring(0, 2))).containsExactly("1,", "2,", "3,");
        new CsvLog(folder.resolve("logs")).on(started(0));
        assertThat(steps()).hasSize(1);
    }

    @Test
    void aTrainingThatGoesOnInAFileOfFormerNamesKeepsItsRowsBelowTheNamesOfToday() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(
                folder.resolve("logs/steps.csv"),
                "step,epoch,batch,images,learning_rate,skipped,loss,mean_loss,train_loss\n1,1,1,16,0.001,false,0.5,0.25,0.25\n");
        HeadSet heads = HeadSet.of(Head.singleLabel("mean", "a", "b"), Head.singleLabel("train", "a", "b"));
        new CsvLog(folder.resolve("logs")).on(new TrainingEvent.Started(heads, 2, 1, List.of()));
        assertThat(steps())
                .containsExactly(
                        "step,epoch,batch,images,learning_rate,skipped,loss,mean.loss,train.loss",
                        "1,1,1,16,0.001,false,0.5,0.25,0.25");
    }

    @Test
    void whatCannotBeWrittenForAWhileIsAddedLater() throws IOException {
        CsvLog log = new CsvLog(folder.resolve("logs"));
        log.on(started(0));
        log.on(step(1));
        Path file = folder.resolve("logs/steps.csv");
        Path aside = Files.move(file, folder.resolve("aside"));
        Files.createDirectory(file); // as good as a full disk: nothing can be written there
        log.on(step(2));
        log.on(step(3));
        Files.delete(file);
        Files.move(aside, file);
        Files.writeString(file, "2,1,2,1", StandardOpenOption.APPEND); // what a full disk took of a row
        log.on(step(4));
        assertThat(steps().stream().skip(1).map(row -> row.split(",")[0])).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aTensorBoardFileThatCannotBeWrittenForAWhileIsWholeLater() throws IOException {
        Path logs = folder.resolve("logs");
        TensorBoardLog disturbed = tensorBoard(logs.resolve("c"));
        disturbed.on(started(0));
        Path file = only(logs.resolve("c"));
        Path aside = Files.move(file, folder.resolve("aside"));
        Files.createDirectory(file);
        disturbed.on(step(1));
        Files.delete(file);
        Files.move(aside, file);
        disturbed.on(step(3));
        TensorBoardLog undisturbed = tensorBoard(logs.resolve("d"));
        undisturbed.on(started(0));
        undisturbed.on(step(1));
        undisturbed.on(step(3));
        assertThat(file).hasSameBinaryContentAs(only(logs.resolve("d")));
    }

    private static TensorBoardLog tensorBoard(Path logs) {
        return new TensorBoardLog(logs, Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
    }

    private static Path only(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.toList().get(0);
        }
    }

    @Test
    void aTrainingThatStartsAnewHasNoHistoryOfAnother() throws IOException {
        Path history = Files.createDirectories(folder.resolve("logs")).resolve("history.csv");
        Files.writeString(history, "epoch,train_loss\n1,0.5\n");
        new CsvLog(folder.resolve("logs")).on(started(0));
        assertThat(history).doesNotExist();
    }

    @Test
    void aLogThatCannotBeWrittenSaysWhere() throws IOException {
        Path blocked = Files.writeString(folder.resolve("logs"), "");
        assertThatThrownBy(() -> new CsvLog(blocked).on(started(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(blocked.toString());
        assertThatThrownBy(() -> new TensorBoardLog(blocked).on(started(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(blocked.toString());
    }
}
