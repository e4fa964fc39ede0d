package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {

    @TempDir
    Path home;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aStreamThatFailsAfterThousandBytesKeepsTheOldFile() throws IOException {
        Path file = Files.writeString(home.resolve("weights"), "old");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicOutput.file(file, out -> {
                    out.write(new byte[1000]);
                    out.flush();
                    throw new IOException("No space left on device");
                }))
                .withMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("weights");
    }

    @Test
    void aFileThatADiskHasNoRoomForIsNamed() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> new NamedOutput(home.resolve("weights"), full).write(new byte[9]))
                .satisfies(named -> assertThat(FileFailure.message(named))
                        .isEqualTo("'" + home.resolve("weights") + "': it cannot be written: No space left on device"));
    }

    @Test
    void aFileThatACheckRefusesIsNotKept() throws IOException {
        Path file = Files.writeString(home.resolve("weights"), "old");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicOutput.file(file, out -> out.write('n'), complete -> {
                    assertThat(complete).hasContent("n");
                    assertThat(file).hasContent("old");
                    throw new IOException("it is wrong");
                }))
                .withMessage("it is wrong");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("weights");
    }

    @Test
    void aFileIsReplacedAndItsFoldersMade() throws IOException {
        Path file = home.resolve("a/b/metrics.json");
        AtomicOutput.file(file, out -> out.write("old, and longer".getBytes(StandardCharsets.UTF_8)));
        AtomicOutput.file(file, out -> out.write('n'));
        assertThat(file).hasContent("n");
    }

    @Test
    void aFileThatCanBeMadeAnewIsReplacedAsAWholeToo() throws IOException {
        Path file = home.resolve("cache/entry");
        AtomicOutput.replaceable(file, out -> out.write('o'));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicOutput.replaceable(file, out -> {
                    out.write(new byte[1000]);
                    throw new IOException("No space left on device");
                }))
                .withMessage("No space left on device");
        assertThat(file).hasContent("o");
        AtomicOutput.replaceable(file, out -> out.write('n'));
        assertThat(file).hasContent("n");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leftoversOfAnInterruptedRunAreRemoved() throws IOException {
        Path file = home.resolve("weights");
        Files.write(home.resolve(".weights.part"), new byte[5000]);
        AtomicOutput.file(file, out -> out.write('n'));
        assertThat(file).hasContent("n");

        Path folder = home.resolve("model");
        Files.writeString(Files.createDirectory(home.resolve(".model.part")).resolve("half"), "half");
        AtomicOutput.folder(folder, part -> Files.writeString(part.resolve("whole"), "new"));
        assertThat(folder.resolve("whole")).hasContent("new");
        assertThat(folder.resolve("half")).doesNotExist();
        assertThat(names()).containsExactly("model", "weights");
    }

    @Test
    void aFolderThatFailsHalfwayKeepsTheOldOne() throws IOException {
        Path folder = home.resolve("model");
        AtomicOutput.folder(folder, part -> Files.writeString(part.resolve("weights"), "old"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicOutput.folder(folder, part -> {
                    Files.writeString(part.resolve("weights"), "half");
                    throw new IOException("No space left on device");
                }));
        assertThat(folder.resolve("weights")).hasContent("old");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void aFolderIsReplacedAsAWhole() throws IOException {
        Path folder = home.resolve("model");
        AtomicOutput.folder(folder, part -> Files.writeString(part.resolve("old"), "old"));
        AtomicOutput.folder(folder, part -> Files.writeString(part.resolve("new"), "new"));
        assertThat(folder.resolve("old")).doesNotExist();
        assertThat(folder.resolve("new")).hasContent("new");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void aRunInterruptedBetweenTheTwoMovesIsRecovered() throws IOException {
        Path folder = home.resolve("model");
        Files.writeString(Files.createDirectory(home.resolve(".model.old")).resolve("weights"), "old");
        AtomicOutput.recover(folder);
        assertThat(folder.resolve("weights")).hasContent("old");

        Files.writeString(Files.createDirectory(home.resolve(".model.old")).resolve("weights"), "older");
        AtomicOutput.recover(folder);
        assertThat(folder.resolve("weights")).hasContent("old");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void deletingDoesNotFollowLinks() throws IOException {
        Path kept =
                Files.writeString(Files.createDirectory(home.resolve("kept")).resolve("photo"), "photo");
        Path folder = Files.createDirectory(home.resolve("gone"));
        Files.createSymbolicLink(folder.resolve("link"), home.resolve("kept"));
        AtomicOutput.delete(folder);
        AtomicOutput.delete(home.resolve("never was"));
        assertThat(names()).containsExactly("kept");
        assertThat(kept).exists();
    }

    @Test
    void aRootCannotBeWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AtomicOutput.file(Path.of("/"), out -> out.write(1)))
                .withMessageContaining("is a root");
    }

    @Test
    void aLinkStaysOneAndItsFileIsWritten() throws IOException {
        Path file = Files.writeString(home.resolve("results.csv"), "old");
        Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("results.csv"));
        AtomicOutput.file(link, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
        Path loop = Files.createSymbolicLink(home.resolve("loop"), Path.of("loop"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicOutput.file(loop, out -> out.write(1)))
                .withMessageContaining("leads to itself");
    }
}
