package io.github.multilabel.core.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.http.Backoff;
import io.github.multilabel.testsupport.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final String NAME = "weights.bin";
    private static final byte[] CONTENT = content(1);
    private static final String REMEDIES = "or ask a friend";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] content(int seed) {
        byte[] content = new byte[200_000];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static RemoteFile remote() throws Exception {
        return RemoteFile.sha256(NAME, CONTENT.length, sha256(CONTENT));
    }

    private Download download(RemoteFile file) {
        return new Download(server.base().resolve(file.name()), file, folder, Duration.ZERO);
    }

    private boolean fetch() throws Exception {
        return download(remote()).fetch(REMEDIES, ProgressListener.none());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileIsFetchedOnceAndVerified() throws Exception {
        server.has(NAME, CONTENT);
        assertThat(fetch()).isTrue();
        assertThat(download(remote()).path()).hasBinaryContent(CONTENT);
        assertThat(fetch()).isFalse();
        assertThat(server.ranges()).hasSize(1);
        assertThat(files()).containsExactly(NAME);
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
        server.has(NAME, CONTENT).cuts(2, 70_000);
        fetch();
        assertThat(server.ranges()).containsExactly("", "bytes=70000-", "bytes=140000-");
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void aLaterRunGoesOnWhereAnEarlierOneBroke() throws Exception {
        server.has(NAME, CONTENT).cuts(Integer.MAX_VALUE, 10_000);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection broke 6 times, the last time at 60,000 bytes");
        assertThat(files()).doesNotContain(NAME);
        server.cuts(0, 0);
        fetch();
        assertThat(server.ranges()).hasSize(7).endsWith("bytes=60000-");
        assertThat(files()).containsExactly(NAME);
    }

    @Test
    void aServerWithoutRangesSendsItAgain() throws Exception {
        server.has(NAME, CONTENT).withoutRanges().cuts(1, 70_000);
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void aFileThatChangedMeanwhileIsNotMixed() throws Exception {
        server.has(NAME, content(2)).cuts(Integer.MAX_VALUE, 10_000);
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        server.has(NAME, CONTENT).tag("\"2\"").cuts(0, 0);
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "W/\"1\""})
    void withoutAStrongValidatorItStartsAgain(String tag) throws Exception {
        server.has(NAME, CONTENT).tag(tag.isEmpty() ? null : tag).cuts(1, 70_000);
        fetch();
        assertThat(server.ranges()).containsExactly("", "");
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void aServerThatFallsSilentIsAskedAgain() throws Exception {
        server.has(NAME, CONTENT).stalls(1, 70_000);
        new Transfer(
                        server.base().resolve(NAME),
                        remote(),
                        folder.resolve(NAME),
                        new Backoff(Duration.ZERO),
                        Duration.ofMillis(300),
                        ProgressListener.none())
                .run();
        assertThat(server.ranges()).hasSize(2);
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void anInterruptedThreadFetchesNoLonger() throws Exception {
        server.has(NAME, CONTENT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted while waiting for the server");
        assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
    }

    @Test
    void aListenerIsToldHowManyBytesHaveCome() throws Exception {
        server.has(NAME, CONTENT).cuts(1, 70_000);
        List<String> reports = new ArrayList<>();
        download(remote()).fetch(REMEDIES, (task, done, total) -> reports.add(task + " " + done + " of " + total));
        assertThat(reports)
                .startsWith("downloading weights.bin (bytes) 0 of 200000")
                .contains("downloading weights.bin (bytes) 70000 of 200000")
                .endsWith("downloading weights.bin (bytes) 200000 of 200000");
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        server.has(NAME, CONTENT).fails(3);
        fetch();
        assertThat(server.ranges()).hasSize(4);
    }

    @Test
    void aFileThatIsNotThereSaysWhatToPutWhere() throws Exception {
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot download " + server.base() + NAME + ": the server answered 404.\n"
                        + "To go on without it, put weights.bin (200,000 bytes) at " + folder.resolve(NAME)
                        + " and run again, or ask a friend");
        assertThat(server.ranges()).as("a 404 is final").hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void noServerAtAllSaysWhatToPutWhere() {
        server.close();
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no connection to ")
                .hasMessageContaining("put weights.bin (200,000 bytes) at " + folder.resolve(NAME));
    }

    @Test
    void whenDjlIsOfflineNothingIsAskedOfTheServer() {
        server.has(NAME, CONTENT);
        System.setProperty("ai.djl.offline", "true");
        try {
            assertThatThrownBy(this::fetch)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("DJL is set to be offline")
                    .hasMessageContaining("put weights.bin (200,000 bytes) at " + folder.resolve(NAME));
        } finally {
            System.clearProperty("ai.djl.offline");
        }
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void aFilePutThereByHandIsUsed() throws Exception {
        Files.write(folder.resolve(NAME), CONTENT);
        assertThat(fetch()).isFalse();
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void aWrongFilePutThereByHandIsToldAndKept() throws Exception {
        Files.write(folder.resolve(NAME), content(2));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve(NAME) + ": not the right file, its SHA-256 is " + sha256(content(2))
                        + ", expected " + sha256(CONTENT) + "; remove it to have it downloaded");
        assertThat(folder.resolve(NAME)).hasBinaryContent(content(2));
    }

    @Test
    void aFileOfAnotherSizeIsRefusedBeforeItIsFetched() throws Exception {
        server.has(NAME, "an error page".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the right file, the server announces 13 bytes, expected 200,000 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileOfTheRightSizeAndWrongContentIsRefusedAndRemoved() throws Exception {
        server.has(NAME, content(2));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its SHA-256 is ")
                .hasMessageContaining("expected " + sha256(CONTENT));
        assertThat(files()).isEmpty();
    }

    @Test
    void theBeginningOfAChecksumIsEnough() throws Exception {
        server.has(NAME, CONTENT);
        RemoteFile right = RemoteFile.sha256(NAME, 0, sha256(CONTENT).substring(0, 8));
        assertThat(download(right).fetch(REMEDIES, ProgressListener.none())).isTrue();
        RemoteFile wrong = RemoteFile.sha256(NAME, 0, "01234567");
        assertThatThrownBy(() -> download(wrong).fetch(REMEDIES, ProgressListener.none()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its SHA-256 is " + sha256(CONTENT) + ", expected 01234567...");
    }

    @Test
    void aFileOfWhichNothingIsKnownIsTakenAsItComes() throws Exception {
        server.has(NAME, CONTENT);
        download(RemoteFile.sha256(NAME, 0, "")).fetch(REMEDIES, ProgressListener.none());
        assertThat(folder.resolve(NAME)).hasBinaryContent(CONTENT);
    }

    @Test
    void ofSeveralThreadsThatAskOneFetches() throws Exception {
        server.has(NAME, CONTENT);
        Callable<Boolean> task = () -> {
            try (DownloadLock lock = DownloadLock.acquire(folder)) {
                return fetch();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            int fetched = 0;
            for (Future<Boolean> result : threads.invokeAll(List.of(task, task, task, task))) {
                fetched += result.get() ? 1 : 0;
            }
            assertThat(fetched).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void aLockThatCannotBeTakenIsFreeForTheNext() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> DownloadLock.acquire(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder '" + file + "' for downloads cannot be written");
        DownloadLock.acquire(folder).close();
        DownloadLock.acquire(folder).close();
        assertThat(files()).doesNotContain("lock");
    }

    @ParameterizedTest
    @CsvSource({
        "../a, 0, SHA-256, 00, is not the name of a file",
        "a/b, 0, SHA-256, 00, is not the name of a file",
        "'', 0, SHA-256, 00, is not the name of a file",
        "a, -1, SHA-256, 00, cannot have -1 bytes",
        "a, 1, SHA-256, XY, is not one in lower-case hexadecimal",
        "a, 1, SHA-256, '', is not one in lower-case hexadecimal",
        "a, 1, '', 00, is not one in lower-case hexadecimal",
    })
    void anImpossibleFileIsRefused(String name, long size, String algorithm, String checksum, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RemoteFile(name, size, algorithm, checksum))
                .withMessageContaining(message);
    }
}
