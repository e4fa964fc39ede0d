package io.github.multilabel.cars.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.internal.download.RemoteFile;
import io.github.multilabel.data.Split;
import io.github.multilabel.testsupport.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StanfordCarsDownloadTest {

    private static final String ARCHIVE = "cars.tgz";

    @TempDir
    Path temp;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StanfordCarsDownload download(RemoteFile... files) {
        return new StanfordCarsDownload(
                server.base(), List.of(files), temp.resolve("cars"), Duration.ZERO, ProgressListener.none());
    }

    private static RemoteFile remote(String name, byte[] content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        return RemoteFile.sha256(name, content.length, HexFormat.of().formatHex(digest));
    }

    /** Random bytes, so that it does not shrink. */
    private static byte[] archive() throws IOException {
        byte[] photo = new byte[200_000];
        new Random(1).nextBytes(photo);
        return tgz(entry("cars_train/00001.jpg", photo));
    }

    private record Entry(TarArchiveEntry header, byte[] content) {}

    private static Entry entry(String name, byte[] content) {
        TarArchiveEntry header = new TarArchiveEntry(name, true);
        header.setSize(content.length);
        header.setModTime(0); // the same bytes each time
        return new Entry(header, content);
    }

    private static byte[] tgz(Entry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (Entry entry : entries) {
                tar.putArchiveEntry(entry.header());
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private List<String> filesIn(String folder) throws IOException {
        Path path = temp.resolve(folder);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> path.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void archivesAreUnpackedAndOtherFilesTakenAsTheyAre() throws Exception {
        byte[] list = "annotations".getBytes(StandardCharsets.UTF_8);
        server.has(ARCHIVE, archive()).has("cars_annos.mat", list);
        Path folder = download(remote(ARCHIVE, archive()), remote("cars_annos.mat", list))
                .fetch();
        assertThat(folder).isEqualTo(temp.resolve("cars"));
        assertThat(filesIn("cars")).containsExactly("cars_annos.mat", "cars_train/00001.jpg");
        assertThat(filesIn("cars.download")).as("what is left of the download").isEmpty();
    }

    @Test
    void aDataSetWithoutARootFetchesItsData() throws Exception {
        byte[] archive = tgz(filesOf(SyntheticCars.builder()
                .optTrain(6)
                .optTest(2)
                .optImageSize(32)
                .build()
                .writeTo(temp.resolve("drawn"))));
        server.has(ARCHIVE, archive);
        StanfordCarsBuilder cars = StanfordCars.builder()
                .optDownload(download(remote(ARCHIVE, archive)))
                .optBatchSize(2)
                .optShuffle(false);
        try (StanfordCars train = cars.build();
                StanfordCars test = cars.optSplit(Split.TEST).build()) {
            assertThat(train.size()).isEqualTo(6);
            assertThat(test.size()).isEqualTo(2);
            assertThat(train.source(0)).contains(temp.resolve("cars").toString());
        }
        assertThat(server.ranges()).as("fetched once").hasSize(1);
    }

    private static Entry[] filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return entry(
                                    folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toArray(Entry[]::new);
        }
    }

    @Test
    void aListenerIsToldHowManyBytesHaveCome() throws Exception {
        server.has(ARCHIVE, archive());
        List<String> tasks = new ArrayList<>();
        RemoteFile file = remote(ARCHIVE, archive());
        new StanfordCarsDownload(
                        server.base(),
                        List.of(file),
                        temp.resolve("cars"),
                        Duration.ZERO,
                        (task, done, total) -> tasks.add(task + " " + done + " of " + total))
                .fetch();
        assertThat(tasks).endsWith("downloading cars.tgz (bytes) " + file.size() + " of " + file.size());
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws Exception {
        server.has(ARCHIVE, archive());
        download(remote(ARCHIVE, archive())).fetch();
        download(remote(ARCHIVE, archive())).fetch();
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereSaysWhatToPutWhere() throws Exception {
        RemoteFile file = remote(ARCHIVE, archive());
        assertThatThrownBy(() -> download(file).fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot download " + server.base() + ARCHIVE + ": the server answered 404")
                .hasMessageContaining("put cars.tgz (" + String.format(Locale.ROOT, "%,d bytes", file.size()) + ") at "
                        + temp.resolve("cars.download").resolve(ARCHIVE))
                .hasMessageContaining("optMirror")
                .hasMessageContaining("optRoot");
        assertThat(server.ranges()).as("a 404 is final").hasSize(1);
        assertThat(filesIn("cars")).isEmpty();
    }

    @Test
    void aFilePutThereByHandIsUsedAndKept() throws Exception {
        Files.createDirectories(temp.resolve("cars.download"));
        Files.write(temp.resolve("cars.download").resolve(ARCHIVE), archive());
        download(remote(ARCHIVE, archive())).fetch();
        assertThat(server.ranges()).isEmpty();
        assertThat(filesIn("cars")).hasSize(1);
        assertThat(filesIn("cars.download")).contains(ARCHIVE);
    }

    @Test
    void aWrongFilePutThereByHandIsToldAndKept() throws Exception {
        Files.createDirectories(temp.resolve("cars.download"));
        Files.writeString(temp.resolve("cars.download").resolve(ARCHIVE), "mine");
        assertThatThrownBy(() -> download(remote(ARCHIVE, archive())).fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the right file, it has 4 bytes, expected ");
        assertThat(filesIn("cars.download")).contains(ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.jpg", "cars_train/../../evil.jpg", "/evil.jpg"})
    void noEntryLeavesTheFolder(String name) throws Exception {
        byte[] evil = tgz(entry("fine.jpg", new byte[3]), entry(name, new byte[3]));
        server.has(ARCHIVE, evil);
        assertThatThrownBy(() -> download(remote(ARCHIVE, evil)).fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("would be written outside the folder");
        assertThat(temp.resolve("evil.jpg")).doesNotExist();
        assertThat(temp.resolve("cars")).doesNotExist();
        assertThat(temp.resolve(".cars.part")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarArchiveEntry.LF_SYMLINK, TarArchiveEntry.LF_LINK, TarArchiveEntry.LF_FIFO})
    void linksAndDevicesAreRefused(byte kind) throws Exception {
        TarArchiveEntry header = new TarArchiveEntry("trap", kind);
        header.setLinkName("/etc/passwd");
        byte[] evil = tgz(new Entry(header, new byte[0]));
        server.has(ARCHIVE, evil);
        assertThatThrownBy(() -> download(remote(ARCHIVE, evil)).fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'trap' is neither a file nor a folder");
        assertThat(temp.resolve("cars")).doesNotExist();
    }

    @Test
    void anArchiveCutOffLeavesNothing() throws Exception {
        byte[] cut = Arrays.copyOf(archive(), 100_000);
        server.has(ARCHIVE, cut);
        assertThatThrownBy(() -> download(remote(ARCHIVE, cut)).fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cars.tgz: cannot be unpacked");
        assertThat(temp.resolve("cars")).doesNotExist();
        assertThat(temp.resolve(".cars.part")).doesNotExist();
    }

    @Test
    void whatAnInterruptedUnpackingLeftIsRemoved() throws Exception {
        Files.createDirectories(temp.resolve(".cars.part"));
        Files.writeString(temp.resolve(".cars.part/half.jpg"), "half");
        server.has(ARCHIVE, archive());
        download(remote(ARCHIVE, archive())).fetch();
        assertThat(filesIn("cars")).containsExactly("cars_train/00001.jpg");
        assertThat(temp.resolve(".cars.part")).doesNotExist();
    }

    @Test
    void theAddressesAreCheckedWhenTheyAreGiven() {
        for (String wrong : new String[] {"ftp://example.org/cars/", "/home/me/cars", "https:///cars"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StanfordCarsDownload.builder()
                            .optMirror(URI.create(wrong))
                            .build())
                    .withMessageContaining("optMirror '" + wrong + "' is not an address of HTTP");
        }
    }

    @Test
    void theSystemPropertyNamesAMirror() throws IOException {
        server.has("stanford-cars.tgz", new byte[10]);
        System.setProperty("multilabel.cars.url", server.base().toString().replaceAll("/$", ""));
        try {
            StanfordCarsDownload download = StanfordCarsDownload.builder()
                    .optFolder(temp.resolve("cars"))
                    .build();
            assertThatThrownBy(download::fetch)
                    .hasMessageContaining(server.base() + "stanford-cars.tgz")
                    .hasMessageContaining("the server announces 10 bytes, expected 1,957,803,273 bytes");
        } finally {
            System.clearProperty("multilabel.cars.url");
        }
    }

    @Test
    void theDefaultsAreInTheCacheFolderOfDjl() {
        assertThat(StanfordCarsDownload.builder().build().folder())
                .endsWithRaw(Path.of("dataset", "stanford-cars", "fast-ai"));
        assertThat(StanfordCarsDownload.builder()
                        .optSource(Source.MERGED)
                        .build()
                        .folder())
                .endsWithRaw(Path.of("dataset", "stanford-cars", "merged"));
    }
}
