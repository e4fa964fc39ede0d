package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.model.internal.description.Answering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved model is loaded as it was saved, or not at all. */
class SavedFilesTest {

    private static final int LONGEST_MESSAGE = 8_000;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path description;
    private Path weights;

    @BeforeEach
    void save() throws IOException {
        folder = saved("model", 1);
        description = folder.resolve("model.json");
        weights = folder.resolve("weights.safetensors");
    }

    private Path saved(String name, long seed) throws IOException {
        Path target = temporary.resolve(name);
        try (MultiLabelModel model = TinyModels.create(seed)) {
            model.save(target);
        }
        return target;
    }

    private String refusal() {
        Throwable[] thrown = new Throwable[1];
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(folder).close())
                .satisfies(e -> thrown[0] = e)
                .withMessageContaining(folder.toString());
        for (Throwable cause = thrown[0]; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).hasSizeLessThan(LONGEST_MESSAGE);
        }
        return thrown[0].getMessage();
    }

    private void change(UnaryOperator<String> json) throws IOException {
        Files.writeString(description, json.apply(Files.readString(description)));
    }

    private void damage(Damage damage) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        damage.spoil(bytes);
        Files.write(weights, bytes);
    }

    private interface Damage {
        void spoil(byte[] bytes);
    }

    @Test
    void weightsThatEndInZerosAreRefused() throws IOException {
        damage(bytes -> Arrays.fill(bytes, bytes.length - 40, bytes.length, (byte) 0));
        assertThat(refusal())
                .contains("weights.safetensors is not the file that was saved with model.json: its SHA-256 is ")
                .contains("It is damaged, or belongs to another model: copy both files again");
    }

    @Test
    void aSingleBitOfTheWeightsIsNoticed() throws IOException {
        damage(bytes -> bytes[bytes.length / 2] ^= 1);
        assertThat(refusal()).contains("expected is ");
    }

    @Test
    void weightsOfAnotherTrainingOfTheSameShapesAreRefused() throws IOException {
        Files.copy(saved("other", 2).resolve("weights.safetensors"), temporary.resolve("copy"));
        Files.delete(weights);
        Files.move(temporary.resolve("copy"), weights);
        assertThat(refusal()).contains("belongs to another model");
    }

    @Test
    void theDescriptionOfAnotherTrainingIsRefused() throws IOException {
        Files.writeString(description, Files.readString(saved("other", 2).resolve("model.json")));
        assertThat(refusal()).contains("belongs to another model");
    }

    @Test
    void aLetterOfACategoryThatWasChangedIsNoticed() throws IOException {
        change(json -> json.replace("Audi", "Aufi"));
        assertThat(refusal()).contains("model.json: it is not what was saved: the SHA-256 of its fields is ");
    }

    @Test
    void aDigitOfThePreprocessingThatWasChangedIsNoticed() throws IOException {
        change(json -> json.replace("0.485", "0.465"));
        assertThat(refusal()).contains("it is not what was saved");
    }

    @Test
    void howTheDescriptionIsLaidOutDoesNotMatter() throws IOException {
        change(json -> json.replaceAll("\n *", "\r\n\t"));
        assertThatCode(() -> MultiLabelModel.load(folder).close()).doesNotThrowAnyException();
    }

    /** Whoever renames a category by hand, or puts weights from Python into place, does what the messages say. */
    @Test
    void whatWasChangedOnPurposeIsAcceptedWithItsChecksums() throws Exception {
        change(json -> json.replace("Audi", "Audi AG"));
        damage(bytes -> bytes[bytes.length - 3] ^= 1);
        for (int file = 0; file < 2; file++) {
            Matcher sums = Pattern.compile("is ([0-9a-f]{64}), expected is ([0-9a-f]{64})")
                    .matcher(refusal());
            assertThat(sums.find()).isTrue();
            change(json -> json.replace(sums.group(2), sums.group(1)));
        }
        try (MultiLabelModel model = MultiLabelModel.load(folder)) {
            assertThat(model.heads().get("brand").categories()).contains("Audi AG");
        }
    }

    @Test
    void theChecksumOfTheWeightsIsThatOfOtherTools() throws IOException {
        String sum = Digest.sha256(Files.readAllBytes(weights));
        assertThat(description).content().contains("\"weights.safetensors\": \"" + sum + "\"");
    }

    @Test
    void checksumsThatAreMissingOrOddAreRefused() throws IOException {
        change(json -> json.replace("\"checksums\"", "\"checksum\""));
        assertThat(refusal()).contains("'checksums' must be an object, but is missing");
        change(json ->
                json.replace("\"checksum\"", "\"checksums\"").replaceFirst("(\"model.json\": )\"\\w+\"", "$1 7"));
        assertThat(refusal()).contains("'checksums.model.json' must be a text, got 7");
    }

    @Test
    void weightsThatAreNotFiniteAreFoundWhenTheModelIsLoaded() throws IOException {
        try (MultiLabelModel model = TinyModels.create(1)) {
            try (NDArray nan = model.manager()
                    .full(
                            model.block()
                                    .parametersByName()
                                    .get("heads.bias")
                                    .getArray()
                                    .getShape(),
                            Float.NaN)) {
                nan.copyTo(model.block().parametersByName().get("heads.bias").getArray());
            }
            model.block()
                    .parametersByName()
                    .get("backbone.bn1.running_var")
                    .getArray()
                    .divi(0f);
            model.save(folder);
        }
        assertThat(refusal())
                .contains("values that are not finite, in [backbone.bn1.running_var, heads.year.bias, heads.brand.bias")
                .contains("lower learning rate");
    }

    @Test
    void aKeyGivenTwiceIsRefused() throws IOException {
        change(json -> json.replace("\"flip\": false", "\"flip\": false, \"flip\": true"));
        assertThat(refusal()).contains("not valid JSON: 'flip' appears twice");
    }

    @Test
    void preprocessingBeyondFloat32IsRefused() throws IOException {
        change(json -> json.replace("0.229", "1e-300"));
        assertThat(refusal()).contains("mean must be finite and std above 0");
        change(json -> json.replace("1e-300", "0.229").replace("0.485", "1e300"));
        assertThat(refusal()).contains("1.0E300");
    }

    @Test
    void linksPipesAndFoldersInPlaceOfTheFilesAreCalledThat() throws Exception {
        Files.move(description, temporary.resolve("kept"));
        Files.createSymbolicLink(description, Path.of("/nowhere/model.json"));
        assertThat(refusal()).contains("its model.json is a link that leads nowhere: '/nowhere/model.json'");
        Files.delete(description);
        Files.createDirectory(description);
        assertThat(refusal()).contains("its model.json is a folder");
        Files.delete(description);
        Files.createSymbolicLink(description, temporary.resolve("kept")); // a link that leads somewhere is a file
        Files.delete(weights);
        Files.createSymbolicLink(weights, Path.of("/dev/zero"));
        assertThat(refusal()).contains("its weights.safetensors is a device or a pipe, not a file");
        Path gone = Files.createSymbolicLink(temporary.resolve("gone"), temporary.resolve("nothing"));
        assertThatIOException()
                .isThrownBy(() -> MultiLabelModel.load(gone))
                .withMessageContaining("there is no such model folder");
    }

    @Test
    void noMessageIsAsLongAsItsInput() throws IOException {
        String whole = Files.readString(description);
        String longMegabyte = "x".repeat(1_000_000);
        change(json -> json.replaceFirst("SINGLE_LABEL", longMegabyte));
        assertThat(refusal()).contains("'heads[0].kind' must be one of", "... (1,000,002 characters)");
        writeDescription(HeadSet.of(Head.multiLabel(longMegabyte, "yes")));
        assertThat(refusal()).contains("missing heads.xxx");
        change(json -> whole.replace("\"multilabel-model\"", "\"" + longMegabyte + "\""));
        refusal();
        change(json -> whole.replaceFirst("\"conv1\"", "\"" + longMegabyte + "\""));
        refusal();
        change(json -> whole.replaceFirst("\"op\": \"conv2d\"", "\"op\": \"" + longMegabyte + "\""));
        refusal();
        change(json -> whole.replaceFirst("\"size\": 16", "\"size\": {\"" + longMegabyte + "\": 1}"));
        refusal();
    }

    @Test
    void ofTenThousandHeadsThatLackTheirWeightsTheFirstAreNamed() throws IOException {
        HeadSet many = HeadSet.of(IntStream.range(0, 10_000)
                .mapToObj(i -> Head.multiLabel("head" + i, "yes"))
                .toList());
        writeDescription(many);
        assertThat(refusal()).contains("missing heads.head0.weight (1, 8)", "(20,008 in all)");
    }

    /** Of a model with other heads, but the same backbone. */
    private void writeDescription(HeadSet heads) throws IOException {
        try (MultiLabelModel model = TinyModels.create(1)) {
            ModelDescription other = new ModelDescription(
                    heads,
                    Map.of(),
                    model.backboneName(),
                    model.network(),
                    model.preprocessing(),
                    false,
                    Answering.ALONE);
            Files.writeString(description, other.toJson("0"));
        }
    }

    @Test
    void aFolderOfPhotosIsNotListedWhole() throws IOException {
        folder = Files.createDirectory(temporary.resolve("photos"));
        for (int i = 0; i < 500; i++) {
            Files.createFile(folder.resolve(String.format("%05d.jpg", i)));
        }
        assertThat(refusal()).contains("it has no file model.json; it holds [00000.jpg, ", "... (500 in all)]");
        try (MultiLabelModel model = TinyModels.create(1)) {
            assertThatIOException().isThrownBy(() -> model.save(folder)).satisfies(e -> assertThat(e.getMessage())
                    .hasSizeLessThan(1000));
        }
    }

    /** Bytes of either file flipped, replaced, repeated or left out; the fields of the description replaced. */
    @Test
    void damageOfAnyKindIsRefusedWithTheFolder() throws IOException {
        byte[] json = Files.readAllBytes(description);
        byte[] values = Files.readAllBytes(weights);
        List<String> odd = List.of("null", "-1", "1e308", "\"\"", "[]", "{}", "true", "99999999999", "\"\\u0000\"");
        Pattern scalar = Pattern.compile("(?<=: )(\"[^\"\\n]*\"|[-0-9.]+|true|false)");
        List<String> found = scalar.matcher(Files.readString(description))
                .results()
                .map(match -> match.start() + " " + match.end())
                .toList();
        Random random = new Random(5);
        for (int i = 0; i < Integer.getInteger("hostile.trials", 50); i++) {
            byte[] changed = i % 2 == 0 ? json.clone() : values.clone();
            switch (random.nextInt(i % 2 == 0 ? 4 : 3)) {
                case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
                case 2 -> {
                    int at = random.nextInt(changed.length - 16);
                    int from = random.nextInt(changed.length - 16);
                    System.arraycopy(changed.clone(), from, changed, at, 16);
                }
                default -> {
                    String[] place = found.get(random.nextInt(found.size())).split(" ");
                    String text =
                            Files.readString(folder.resolveSibling("model").resolve("model.json"));
                    changed = (text.substring(0, Integer.parseInt(place[0]))
                                    + odd.get(random.nextInt(odd.size()))
                                    + text.substring(Integer.parseInt(place[1])))
                            .getBytes(StandardCharsets.UTF_8);
                }
            }
            if (sameText(changed, json) || Arrays.equals(changed, values)) {
                continue;
            }
            Files.write(i % 2 == 0 ? description : weights, changed);
            assertThatCode(() -> MultiLabelModel.load(folder).close())
                    .as("trial %d", i)
                    .isInstanceOfAny(MalformedModelException.class, IOException.class)
                    .hasMessageContaining(folder.toString())
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(LONGEST_MESSAGE));
            Files.write(description, json);
            Files.write(weights, values);
        }
    }

    /** But for how it is laid out. */
    private static boolean sameText(byte[] one, byte[] other) {
        String blanks = "\\s+";
        return new String(one, StandardCharsets.UTF_8)
                .replaceAll(blanks, "")
                .equals(new String(other, StandardCharsets.UTF_8).replaceAll(blanks, ""));
    }

    @Test
    void aFolderOfCheckpointsIsNoModelAndSaysHowToGetOne() throws IOException {
        Path checkpoints = folder.resolve("checkpoints");
        Files.createDirectories(checkpoints.resolve("checkpoint-00000013"));
        assertThatExceptionOfType(MalformedModelException.class)
                .isThrownBy(() -> MultiLabelModel.load(checkpoints))
                .withMessageContainingAll(
                        "folder of checkpoints", "trainer.model().save(folder)", "Resume their training");
    }
}
