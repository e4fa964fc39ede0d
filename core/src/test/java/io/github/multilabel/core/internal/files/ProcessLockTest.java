package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    @TempDir
    private Path home;

    /** Takes a folder and never gives it back. */
    static final class Owner {
        private Owner() {}

        /** The folder is the argument. */
        public static void main(String[] arguments) throws Exception {
            try (ProcessLock lock = ProcessLock.ofFolder(Path.of(arguments[0]))) {
                System.out.println("mine");
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void aFolderHasOneOwnerByWhateverNameItIsReached() throws IOException {
        Path folder = home.resolve("a/b");
        try (ProcessLock lock = ProcessLock.ofFolder(folder)) {
            Path link = Files.createSymbolicLink(home.resolve("link"), folder);
            for (Path name : new Path[] {folder, link, home.resolve("a/../a/b")}) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> ProcessLock.ofFolder(name))
                        .withMessage("'" + name + "' is in use by this process itself; one at a time may write there:"
                                + " wait until that has ended, or name another folder");
            }
        }
        ProcessLock.ofFolder(folder).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anotherProcessIsNamedAndItsLockDiesWithIt() throws Exception {
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = owner.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("mine");
            for (int i = 0; i < 2; i++) { // the first look must not free what another has
                assertThatIllegalStateException()
                        .isThrownBy(() -> ProcessLock.ofFolder(home))
                        .withMessageContaining("is in use by process " + owner.pid())
                        .withMessageContaining("started at 2");
            }
        } finally {
            owner.destroyForcibly().waitFor();
        }
        assertThat(home.resolve(".lock")).as("left by the kill").exists();
        ProcessLock.ofFolder(home).close();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void whoWaitsHasItAfterwards() throws Exception {
        Path file = home.resolve("lock");
        StringBuilder order = new StringBuilder();
        Thread second;
        try (ProcessLock lock = ProcessLock.await(file)) {
            second = new Thread(() -> {
                try (ProcessLock mine = ProcessLock.await(file)) {
                    order.append("second");
                } catch (IOException e) {
                    order.append(e);
                }
            });
            second.start();
            order.append("first ");
        }
        second.join();
        assertThat(order).hasToString("first second");
    }

    @Test
    void whoWaitsForAFileThatIsReplacedMeanwhileWaitsForTheNewOne() throws Exception {
        Path file = home.resolve("lock");
        StringBuffer order = new StringBuffer();
        Thread third = new Thread(() -> {
            try (ProcessLock mine = ProcessLock.await(file)) {
                order.append("third");
            } catch (IOException | IllegalStateException e) {
                order.append(e);
            }
        });
        ProcessLock first = ProcessLock.await(file);
        Files.createLink(home.resolve("kept"), file); // so that the next file has another identity
        third.start();
        awaitRest(third);
        ProcessLock second;
        synchronized (ProcessLock.HELD) { // the third has no turn before the second has a new file
            first.close();
            second = ProcessLock.await(file);
        }
        awaitRest(third);
        order.append("second ");
        second.close();
        third.join();

        assertThat(order).hasToString("second third");
    }

    private static void awaitRest(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFolderThatCannotBeMadeSaysWhy() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        Path dangling = Files.createSymbolicLink(home.resolve("dangling"), home.resolve("nowhere"));
        assertThatIOException()
                .isThrownBy(() -> ProcessLock.ofFolder(file))
                .withMessage("'" + file + "' is a file; name a folder");
        assertThatIOException()
                .isThrownBy(() -> ProcessLock.ofFolder(dangling))
                .withMessage("'" + dangling + "' is a link that leads nowhere; name a folder");
        assertThatIOException()
                .isThrownBy(() -> ProcessLock.ofFolder(file.resolve("sub")))
                .withMessageContaining("file/sub' cannot be made: ")
                .withMessageContaining("Not a directory");
        assertThatIOException()
                .isThrownBy(() -> ProcessLock.ofFolder(home.resolve("n".repeat(3000))))
                .withMessageContaining("nnn...' cannot be made: ")
                .withMessageContaining("too long")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
