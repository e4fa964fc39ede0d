package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.testsupport.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedWeightsTest {

    private static final String MIRROR = "multilabel.weights.url";
    private static final String CACHE = "DJL_CACHE_DIR";

    @TempDir
    Path cache;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        System.setProperty(CACHE, cache.toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(CACHE);
        System.clearProperty(MIRROR);
        server.close();
    }

    private static byte[] content() {
        byte[] content = new byte[100_000];
        new Random(3).nextBytes(content);
        return content;
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content()));
    }

    private PretrainedWeights weights(String sha256) {
        return new PretrainedWeights(
                "tiny",
                "formula",
                server.base().resolve("tiny.bin"),
                "tiny.bin",
                0.1,
                sha256,
                "MIT",
                Preprocessing.imageNet(16),
                Double.NaN);
    }

    private Path fetch(String sha256) throws IOException {
        return weights(sha256).fetch(ProgressListener.none(), Duration.ZERO);
    }

    @Test
    void theFileIsFetchedOnceIntoTheCacheOfDjl() throws Exception {
        server.has("tiny.bin", content());
        Path file = fetch(sha256().substring(0, 8));
        assertThat(file)
                .isEqualTo(cache.resolve("multilabel").resolve("weights").resolve("tiny.bin"))
                .isEqualTo(weights("").path())
                .hasBinaryContent(content());
        assertThat(fetch(sha256())).isEqualTo(file);
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
        server.has("tiny.bin", content()).cuts(1, 40_000);
        assertThat(fetch(sha256())).hasBinaryContent(content());
        assertThat(server.ranges()).containsExactly("", "bytes=40000-");
    }

    @Test
    void anotherFileThanWasPublishedIsRefused() throws Exception {
        server.has("tiny.bin", content());
        assertThatThrownBy(() -> fetch("01234567"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its SHA-256 is " + sha256() + ", expected 01234567...");
        assertThat(weights("").path()).doesNotExist();
    }

    @Test
    void aFileInTheCacheIsVerifiedEachTime() throws Exception {
        server.has("tiny.bin", content());
        Path file = fetch(sha256());
        Files.write(file, new byte[] {1});
        assertThatThrownBy(() -> fetch(sha256()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the right file")
                .hasMessageContaining("remove it to have it downloaded");
    }

    @Test
    void aFileThatWasPutThereIsUsedWithoutWritingAnything() throws Exception {
        Path file = weights("").path();
        Files.createDirectories(file.getParent());
        Files.write(file, content());
        assertThat(fetch(sha256())).isEqualTo(file);
        assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void weightsThatAreNotThereSayWhatToPutWhere() {
        assertThatThrownBy(() -> fetch("01234567"))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot download " + server.base() + "tiny.bin: the server answered 404.\n"
                        + "To go on without it, put tiny.bin at " + weights("").path()
                        + " and run again, name a server that has it with -Dmultilabel.weights.url=... or"
                        + " MULTILABEL_WEIGHTS_URL=..., or name the file itself with pretrained(Path); the file has"
                        + " about 0.1 million bytes");
    }

    @Test
    void offlineNothingIsAskedOfTheServerAndTheMessageSaysWhatToPutWhere() throws Exception {
        server.has("tiny.bin", content());
        System.setProperty("ai.djl.offline", "true");
        try {
            assertThatThrownBy(() -> fetch(sha256()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("DJL is set to be offline")
                    .hasMessageContaining("put tiny.bin at " + weights("").path());
            assertThat(server.ranges()).isEmpty();
            Files.write(weights("").path(), content());
            assertThat(fetch(sha256())).hasBinaryContent(content());
        } finally {
            System.clearProperty("ai.djl.offline");
        }
    }

    @Test
    void messagesAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThatThrownBy(() -> fetch("01234567")).hasMessageContaining("about 0.1 million bytes");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theMirrorIsAskedInPlaceOfThePublisher() {
        System.setProperty(MIRROR, server.base().toString().replaceAll("/$", ""));
        assertThatThrownBy(() -> PretrainedWeights.of("resnet34").fetch())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "cannot download " + server.base() + "resnet34-b627a593.pth: the server answered 404")
                .hasMessageContaining(
                        "put resnet34-b627a593.pth at " + cache.resolve("multilabel/weights/resnet34-b627a593.pth"))
                .hasMessageContaining("about 87.3 million bytes");
        assertThat(server.ranges()).hasSize(1);
    }

    @Test
    void aMirrorOnTheHubHasNamesThatTellTheFilesApart() {
        System.setProperty(MIRROR, server.base().toString());
        assertThatThrownBy(() -> PretrainedWeights.of("convnext_tiny").fetch())
                .hasMessageContaining(server.base() + "convnext_tiny.in12k_ft_in1k.safetensors");
    }

    @Test
    void aMirrorThatIsNoAddressIsRefused() {
        System.setProperty(MIRROR, "/srv/weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weights("").fetch())
                .withMessageContaining("-Dmultilabel.weights.url '/srv/weights' is not an address of HTTP");
    }

    @ParameterizedTest
    @CsvSource({"tiny.bin, ABCDEF01", "tiny.bin, nothex", "../tiny.bin, 00", "'', 00"})
    void impossibleWeightsAreRefused(String fileName, String sha256) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PretrainedWeights(
                        "tiny",
                        "formula",
                        URI.create("https://example.org/"),
                        fileName,
                        0,
                        sha256,
                        "MIT",
                        Preprocessing.imageNet(16),
                        Double.NaN));
    }

    /** torchvision 0.22.1, the DEFAULT of each enumeration: {@code transforms().resize_size} and {@code meta}. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, f37072fd, 256, 69.758",
        "resnet34, b627a593, 256, 73.314",
        "resnet50, 11ad3fa6, 232, 80.858",
        "resnet101, cd907fc2, 232, 81.886",
        "resnext50_32x4d, 1a0047aa, 232, 81.198",
        "wide_resnet50_2, 9ba9bcbe, 232, 81.602",
        "mobilenet_v3_large, 5c1a4163, 232, 75.274",
        "efficientnet_b0, 7f5810bc, 256, 77.692",
    })
    void torchvisionsWeightsAreItsDefaults(String backbone, String sha256, int resize, double accuracy) {
        PretrainedWeights weights = PretrainedWeights.of(backbone);
        assertThat(weights.url()).hasHost("download.pytorch.org").hasPath("/models/" + weights.fileName());
        assertThat(weights.sha256()).isEqualTo(sha256);
        assertThat(weights.preprocessing().size()).isEqualTo(ImageSize.square(224));
        assertThat(weights.preprocessing().resizeTo()).isEqualTo(ImageSize.square(resize));
        assertThat(weights.preprocessing().mean()).isEqualTo(Preprocessing.IMAGENET_MEAN);
        assertThat(weights.imageNetAccuracy()).isEqualTo(accuracy);
    }

    /** timm 1.0.31, {@code default_cfgs}; a crop ratio of 0.9 at 224 resizes to 248, 0.95 to 235. */
    @ParameterizedTest
    @CsvSource({
        "efficientnet_lite0, 224, 256, 0.485",
        "tf_efficientnet_lite0, 224, 256, 0.5",
        "tf_efficientnet_lite1, 240, 272, 0.5",
        "tf_efficientnet_lite2, 260, 292, 0.5",
        "convnext_tiny, 224, 235, 0.485",
        "vit_small_patch16_224, 224, 248, 0.5",
        "vit_small_patch14_dinov2, 518, 518, 0.485",
    })
    void timmsWeightsWantWhatTimmSays(String backbone, int size, int resize, double firstMean) {
        Preprocessing preprocessing = PretrainedWeights.of(backbone).preprocessing();
        assertThat(preprocessing.size()).isEqualTo(ImageSize.square(size));
        assertThat(preprocessing.resizeTo()).isEqualTo(ImageSize.square(resize));
        assertThat(preprocessing.interpolation()).isEqualTo(Preprocessing.Interpolation.BICUBIC);
        assertThat(preprocessing.mean().get(0)).isEqualTo(firstMean);
    }

    @Test
    void everyPublishedFileIsToldApart() {
        List<PretrainedWeights> published = PretrainedWeights.published();
        assertThat(published).extracting(PretrainedWeights::backbone).doesNotHaveDuplicates();
        assertThat(published).extracting(PretrainedWeights::fileName).doesNotHaveDuplicates();
        assertThat(published).allSatisfy(weights -> {
            assertThat(weights.url()).hasScheme("https");
            assertThat(weights.licence()).isNotBlank();
            assertThat(weights.megabytes()).isPositive();
            assertThat(weights.imageNetAccuracy()).isBetween(60.0, 90.0);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "resnet43", ""})
    void aBackboneWithoutPublishedWeightsNamesThoseThatHaveSome(String backbone) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PretrainedWeights.of(backbone))
                .withMessageContaining("no published weights are known for backbone '" + backbone + "'")
                .withMessageContaining("resnet34")
                .withMessageContaining("pretrained(Path)");
    }
}
