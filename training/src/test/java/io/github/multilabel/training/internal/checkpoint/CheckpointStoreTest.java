package io.github.multilabel.training.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever interrupts the writing of a checkpoint, the earlier one loads, and damage is told by name. */
class CheckpointStoreTest {

    @TempDir
    private Path folder;

    private NDManager manager;
    private CheckpointStore store;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new CheckpointStore(folder.resolve("checkpoints"));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private Path save(CheckpointStore into, long step) throws IOException {
        JsonObject description = new JsonObject();
        description.addProperty("step", step);
        return into.save(
                step,
                description,
                Map.of("weights.a", manager.full(new Shape(500), step), "best.a", manager.create(new double[] {step})));
    }

    private long newestStep() throws IOException {
        try (SavedCheckpoint saved = store.newest().orElseThrow()) {
            return saved.description().get("step").getAsLong();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> names = Files.list(store.folder())) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasSavedComesBackToTheLastBit() throws IOException {
        save(store, 3);
        try (SavedCheckpoint saved = store.newest().orElseThrow()) {
            Map<String, NDArray> weights = saved.tensors(manager, "weights.");
            assertThat(weights).containsOnlyKeys("a");
            assertThat(weights.get("a").toFloatArray()).hasSize(500).containsOnly(3f);
            assertThat(saved.tensors(manager, "best.").get("a").toDoubleArray()).containsExactly(3.0);
            assertThat(saved.tensors(manager, "optimizer.")).isEmpty();
            assertThat(saved.path()).isEqualTo(store.folder().resolve("checkpoint-00000003"));
        }
    }

    @Test
    void anEmptyStoreHasNone() throws IOException {
        assertThat(store.newest()).isEmpty();
        store.removeLeftovers();
        assertThat(store.folder()).doesNotExist();
    }

    @Test
    void theNewestTwoAreKept() throws IOException {
        for (long step : new long[] {8, 9, 10, 123_456_789}) {
            save(store, step);
        }
        assertThat(names()).containsExactly("checkpoint-00000010", "checkpoint-123456789");
        assertThat(newestStep()).isEqualTo(123_456_789);
    }

    @Test
    void aCheckpointOfTheSameStepIsReplaced() throws IOException {
        save(store, 8);
        Path again = save(store, 8);
        assertThat(names()).containsExactly(again.getFileName().toString());
    }

    @Test
    void savedTwiceAtOneStepTheOneBeforeStays() throws IOException {
        save(store, 4);
        save(store, 8);
        save(store, 8);
        save(store, 8);
        assertThat(names()).containsExactly("checkpoint-00000004", "checkpoint-00000008");
        CheckpointStore resumed = new CheckpointStore(store.folder());
        resumed.newest().orElseThrow().close();
        save(resumed, 8);
        assertThat(names()).containsExactly("checkpoint-00000004", "checkpoint-00000008");
        save(resumed, 9);
        assertThat(names()).containsExactly("checkpoint-00000008", "checkpoint-00000009");
    }

    @Test
    void oneThatHadSteppedAsideForItsSuccessorComesBack() throws IOException {
        Path whole = save(store, 8);
        Files.move(whole, whole.resolveSibling(".checkpoint-00000008.old")); // killed here
        store.removeLeftovers();
        assertThat(names()).containsExactly("checkpoint-00000008");
        assertThat(newestStep()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.4, 0.9, 0.99})
    void aFullDiskLeavesTheEarlierCheckpoint(double share) throws IOException {
        AtomicLong room = new AtomicLong(Long.MAX_VALUE);
        CheckpointStore full = new CheckpointStore(store.folder(), out -> new FullDisk(out, room));
        Path earlier = save(full, 1);
        room.set((long) ((Long.MAX_VALUE - room.get()) * share));
        assertThatIOException().isThrownBy(() -> save(full, 2)).withMessage("No space left on device");
        assertThat(names()).containsExactly(earlier.getFileName().toString());
        assertThat(newestStep()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.safetensors", "checkpoint.json", "checksums.json"})
    void aFileThatWasCutIsNamedAndTheOneBeforeIsTaken(String file) throws IOException {
        save(store, 1);
        Path cut = save(store, 2).resolve(file);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 10);
        }
        assertThatIOException()
                .isThrownBy(() -> SavedCheckpoint.open(cut.getParent()).close())
                .withMessageContaining(cut.toString())
                .withMessageContaining("is damaged");
        assertThat(newestStep()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.safetensors", "checkpoint.json"})
    void aBitThatFlippedIsFound(String file) throws IOException {
        save(store, 1);
        Path flipped = save(store, 2).resolve(file);
        byte[] bytes = Files.readAllBytes(flipped);
        bytes[bytes.length - 3] ^= 4;
        Files.write(flipped, bytes);
        assertThatIOException()
                .isThrownBy(() -> SavedCheckpoint.open(flipped.getParent()).close())
                .withMessageContaining("its checksum is");
        assertThat(newestStep()).isEqualTo(1);
    }

    @Test
    void wholeCheckpointsOfAnotherFormatAreNotGuessedAt() throws IOException {
        Path sums = save(store, 1).resolve("checksums.json");
        Files.writeString(sums, Files.readString(sums).replace("\"format\": 1", "\"format\": 2"));
        assertThatIOException()
                .isThrownBy(() -> store.newest())
                .withMessageContaining("format 2, this release reads 1")
                .withMessageContaining("none of the 1 checkpoints");
    }

    @Test
    void ifAllAreDamagedEachIsNamed() throws IOException {
        Files.delete(save(store, 1).resolve("checkpoint.json"));
        Files.write(save(store, 2).resolve("checksums.json"), new byte[0]);
        assertThatIOException()
                .isThrownBy(() -> store.newest())
                .withMessageContaining("none of the 2 checkpoints")
                .withMessageContaining("it has no checkpoint.json")
                .withMessageContaining("checksums.json' is damaged");
    }

    @Test
    void leftoversGoAndOtherFilesStay() throws IOException {
        Path whole = save(store, 1);
        Path leftover = Files.createDirectory(store.folder().resolve(".checkpoint-00000002.part"));
        Files.writeString(leftover.resolve("state.safetensors"), "half");
        Path mine = Files.writeString(store.folder().resolve("notes.txt"), "mine");
        assertThat(newestStep()).isEqualTo(1);
        store.removeLeftovers();
        assertThat(leftover).doesNotExist();
        assertThat(mine).exists();
        assertThat(whole).exists();
    }

    @Test
    void numbersThatJsonDoesNotKnowAreRefused() {
        JsonObject description = new JsonObject();
        description.addProperty("loss", Double.NaN);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store.save(1, description, Map.of()));
        assertThat(store.folder()).isEmptyDirectory();
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
        CheckpointStore blocked = new CheckpointStore(Files.writeString(folder.resolve("file"), ""));
        assertThatIOException()
                .isThrownBy(blocked::newest)
                .withMessageContaining("file' is a file; checkpoints need a folder");
    }

    @Test
    void theOneThatWasFoundWholeIsKeptAndADamagedOneGoes() throws IOException {
        save(store, 1);
        Files.delete(save(store, 5).resolve("checksums.json"));
        CheckpointStore next = new CheckpointStore(store.folder());
        next.newest().orElseThrow().close();
        save(next, 2);
        assertThat(names()).containsExactly("checkpoint-00000001", "checkpoint-00000002");
    }

    /** Takes so many bytes and no more. */
    private static final class FullDisk extends FilterOutputStream {

        private final AtomicLong room;

        FullDisk(OutputStream out, AtomicLong room) {
            super(out);
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (room.getAndDecrement() <= 0) {
                throw new IOException("No space left on device");
            }
            out.write(b);
        }
    }

    @Test
    void thePageOfFormatsHasItsNumber() {
        assertThat(Path.of("../docs/formats.md"))
                .content()
                .contains("`" + CheckpointFiles.CHECKSUMS + "` | " + CheckpointFiles.FORMAT + " |");
    }
}
