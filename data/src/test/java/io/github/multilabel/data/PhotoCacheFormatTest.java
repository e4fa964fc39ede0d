package io.github.multilabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries are found and read that earlier releases wrote, and written as they did, whatever the classes are called now.
 * The names are those that commit c833c6e gave, the bytes those that it wrote.
 */
class PhotoCacheFormatTest {

    private static final int SIDE = 32;
    private static final Box BOX = new Box(10, 20, 60, 80);
    private static final Path BYTES = Path.of("src/test/resources/formats/photo-cache/entry.gz");

    @TempDir
    private Path cache;

    static Stream<Arguments> entries() {
        UnaryOperator<ImageDatasetBuilder> usual = builder -> builder;
        UnaryOperator<ImageDatasetBuilder> cropped = builder -> builder.optBoxCrop(BoxCrop.withMargin(0.25));
        UnaryOperator<ImageDatasetBuilder> lenient =
                builder -> builder.optDecoder(ImageDecoder.lenient().withPixelLimit(1_000_000));
        return Stream.of(
                Arguments.of(
                        "usual",
                        Optional.empty(),
                        usual,
                        "a9/a885e575b52a68519e739f1380bfc2b5eacafc95055e179a7e0b1b24d8085f"),
                Arguments.of(
                        "boxed",
                        Optional.of(BOX),
                        usual,
                        "ec/035c03206a8e4791ed7a48a55d8d3232e58298bd44700c8236801e2c399a2e"),
                Arguments.of(
                        "cropped",
                        Optional.of(BOX),
                        cropped,
                        "99/880de5ff4e3604a09a1cf02913ddad101504f7f0ee0398a7e9e9060f40f40a"),
                Arguments.of(
                        "lenient",
                        Optional.empty(),
                        lenient,
                        "66/4170bc92be61406699d67afb306ebc84b33bde89a9321824fc7e258a58949e"));
    }

    /** Its version is all that the cache asks for. */
    private static ImageSource photo(String name, boolean readable) {
        return new ImageSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public byte[] read() throws IOException {
                if (!readable) {
                    throw new IOException("it is in the cache");
                }
                return TestImages.png(TestImages.pattern(90, 120));
            }

            @Override
            public Optional<String> version() {
                return Optional.of("1");
            }
        };
    }

    private byte[] trained(ImageSource photo, Optional<Box> box, UnaryOperator<ImageDatasetBuilder> settings)
            throws Exception {
        Sample labelled = Photos.sample(1, new byte[0]);
        try (NDManager manager = NDManager.newBaseManager();
                ImageDataset data = settings.apply(ImageDataset.builder()
                                .setHeads(Photos.HEADS)
                                .addSample(new Sample(photo, labelled.labels(), "", box))
                                .optBatchSize(1)
                                .optThreads(1)
                                .optCache(cache, SIDE))
                        .build()) {
            return Photos.bytes(data, manager, DataPass.training(Preprocessing.imageNet(24), 3, 0))
                    .get(0);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsNamedAsItAlwaysWas(
            String photo, Optional<Box> box, UnaryOperator<ImageDatasetBuilder> settings, String name)
            throws Exception {
        trained(photo(photo, true), box, settings);
        assertThat(files()).containsExactly(cache.resolve(name));
    }

    @Test
    void anEntryIsWrittenAsItAlwaysWasAndRead() throws Exception {
        Path entry = cache.resolve("ec/035c03206a8e4791ed7a48a55d8d3232e58298bd44700c8236801e2c399a2e");
        byte[] saved;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(BYTES))) {
            saved = in.readAllBytes();
        }

        byte[] cold = trained(photo("boxed", true), Optional.of(BOX), builder -> builder);
        assertThat(entry).hasBinaryContent(saved);

        Files.write(entry, saved);
        byte[] warm = trained(photo("boxed", false), Optional.of(BOX), builder -> builder);
        assertThat(warm).isEqualTo(cold);
    }

    @Test
    void thePageOfFormatsHasItsNumber() {
        assertThat(Path.of("../docs/formats.md")).content().contains("| `" + PhotoCache.FORMAT + "` |");
    }
}
