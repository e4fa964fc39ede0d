package io.github.multilabel.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.training.event.TrainingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    @TempDir
    private Path folder;

    private static TrainingEvent.Started started(long step) {
        return new TrainingEvent.Started(HEADS, 2, step, List.of());
    }

    private static TrainingEvent.StepDone step(long step, double loss) {
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("brand", loss);
        return new TrainingEvent.StepDone(1, (int) step, 8, step, 16, 0.001, loss, losses, false);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            return files.sorted().toList();
        }
    }

    /** golden/event_file.py: these bytes, read back by TensorBoard. */
    @Test
    void theBytesAreThoseThatTensorBoardReads() throws IOException {
        TensorBoardLog log = new TensorBoardLog(
                folder.resolve("logs"), Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC));
        log.on(started(0));
        log.on(step(1, 0.75));
        log.on(step(300, Double.NaN));
        Path file = files().get(0);
        assertThat(file.getFileName()).hasToString("events.out.tfevents.1700000000.000");
        try (var golden = getClass().getResourceAsStream("/golden/event_file.hex")) {
            assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void aTrainingThatGoesOnHasAFileOfItsOwn() throws IOException {
        for (int start = 0; start < 3; start++) {
            TensorBoardLog log = new TensorBoardLog(
                    folder.resolve("logs"), Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
            log.on(started(start));
            log.on(step(start + 1, 0.5));
        }
        assertThat(files())
                .extracting(path -> path.getFileName().toString())
                .containsExactly(
                        "events.out.tfevents.1700000000.000",
                        "events.out.tfevents.1700000000.001",
                        "events.out.tfevents.1700000000.002");
    }
}
