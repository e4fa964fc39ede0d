package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchCheckpointTest {

    /** What torch.load reads, see torch/golden.py. */
    private record Golden(long[] shape, Object[] values) {

        double[] numbers() {
            return Arrays.stream(values)
                    .mapToDouble(value -> value instanceof Boolean flag ? (flag ? 1 : 0) : (Double) value)
                    .toArray();
        }
    }

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private static Map<String, Golden> golden(String file) throws IOException {
        try (Reader reader = new InputStreamReader(
                TorchFiles.class.getResourceAsStream("torch/golden.json"), StandardCharsets.UTF_8)) {
            Map<String, Map<String, Golden>> all =
                    new Gson().fromJson(reader, new TypeToken<Map<String, Map<String, Golden>>>() {}.getType());
            return all.get(file);
        }
    }

    private static double[] numbers(NDArray array) {
        return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    private void assertEqual(WeightFile file, Map<String, Golden> expected) throws IOException {
        assertThat(file.tensors().keySet()).containsExactlyElementsOf(expected.keySet());
        for (Map.Entry<String, Golden> tensor : expected.entrySet()) {
            NDArray array = file.read(manager, tensor.getKey());
            assertThat(array.getName()).isEqualTo(tensor.getKey());
            assertThat(array.getShape()).isEqualTo(new Shape(tensor.getValue().shape()));
            assertThat(array.getDataType())
                    .isEqualTo(file.tensor(tensor.getKey()).type().arrayType());
            assertThat(numbers(array))
                    .as(tensor.getKey())
                    .containsExactly(tensor.getValue().numbers());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip.pth",
                "legacy.pth",
                "protocol4.pth",
                "big_endian.pth",
                "ancient.pth",
                "nested_state_dict.pth",
                "nested_model_state_dict.pth",
                "nested_model.pth",
                "nested_legacy.pth"
            })
    void everyTensorEqualsWhatTorchLoads(String name) throws IOException {
        try (WeightFile file = WeightFile.open(TorchFiles.path(name))) {
            assertThat(file).isInstanceOf(TorchCheckpoint.class);
            assertEqual(file, golden(name));
        }
    }

    @Test
    void aSavedTransposeKeepsItsRows() throws IOException {
        for (String name : new String[] {"zip.pth", "legacy.pth"}) {
            try (TorchCheckpoint file = TorchCheckpoint.open(TorchFiles.path(name))) {
                NDArray array = file.read(manager, "transposed");
                assertThat(array.getShape()).isEqualTo(new Shape(3, 2));
                assertThat(array.toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
            }
        }
    }

    @Test
    void anotherEntryIsReadIfItIsNamed() throws IOException {
        Path path = TorchFiles.path("nested_model.pth");
        try (TorchCheckpoint usual = TorchCheckpoint.open(path);
                TorchCheckpoint average = TorchCheckpoint.open(path, "model_ema")) {
            assertThat(numbers(average.read(manager, "weight")))
                    .containsExactly(numbers(usual.read(manager, "weight").mul(2)));
        }
    }

    @Test
    void anEntryThatIsNotThereIsAnErrorWithThoseThatAre() {
        Path path = TorchFiles.path("nested_model.pth");
        assertThatIOException()
                .isThrownBy(() -> TorchCheckpoint.open(path, "ema"))
                .withMessageContainingAll(path.toString(), "'ema'", "[model, model_ema]");
    }

    @Test
    void whatLiesInAFileCanBeReadAfterItIsClosed() throws IOException {
        NDArray array;
        try (TorchCheckpoint file = TorchCheckpoint.open(TorchFiles.path("legacy.pth"))) {
            array = file.read(manager, "transposed");
            file.read(manager, "f64");
        }
        assertThat(array.toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void anUnknownTensorIsAnErrorWithThoseThatAreNear() throws IOException {
        try (WeightFile file = WeightFile.open(TorchFiles.path("zip.pth"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> file.read(manager, "transpose"))
                    .withMessageContainingAll("no tensor 'transpose'", "zip.pth", "did you mean 'transposed'?");
        }
    }

    @Test
    void aScriptedModelIsNamedAsSuch() {
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(TorchFiles.path("scripted.pt")))
                .withMessageContainingAll("scripted.pt", "TorchScript", "torch.jit.load(file).state_dict()");
    }

    @Test
    void aWholeModelIsRefusedByItsClass() {
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(TorchFiles.path("whole_model.pth")))
                .withMessageContainingAll(
                        "whole_model.pth", "'torch.nn.modules.linear.Linear'", "torch.save(model.state_dict(), file)");
    }

    @Test
    void aMissingFileIsNoSuchFile() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> TorchCheckpoint.open(folder.resolve("absent.pth")))
                .withMessageContaining("absent.pth");
    }

    @Test
    void aZipOfOtherThingsIsNotACheckpoint() throws IOException {
        Path path = TorchFiles.zip(folder, Map.of("readme.txt", new byte[] {1}));
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "without data.pkl");
    }

    @Test
    void aStorageThatIsMissingIsNamed() throws IOException {
        Path path = TorchFiles.zip(
                folder, Map.of("a/data.pkl", TorchFiles.pickle(TorchFiles.tensor("weight", "(K\u0002K\u0002t", 4))));
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "'a/data/0' is missing");
    }

    @Test
    void aTensorBeyondItsStorageIsRefused() throws IOException {
        Path path = TorchFiles.archive(folder, TorchFiles.tensor("weight", "(K\u0002K\u0003t", 4), new byte[16]);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "(2, 3)", "which has 4");
    }

    @Test
    void aStorageShorterThanAnnouncedIsRefused() throws IOException {
        Path path = TorchFiles.archive(folder, TorchFiles.tensor("weight", "(K\u0002K\u0002t", 4), new byte[15]);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "'weight'", "(2, 2)", "byte 16", "which has 15");
    }

    @Test
    void anExpandedTensorIsNotMadeLargerThanItsFile() throws IOException {
        // 2^28 rows of the same two values
        Path path = TorchFiles.archive(
                folder,
                TorchFiles.tensor("weight", "(J\u0000\u0000\u0000\u0010K\u0002t", "(K\u0000K\u0001t", 2),
                new byte[8]);
        try (WeightFile file = WeightFile.open(path)) {
            assertThatIOException()
                    .isThrownBy(() -> file.read(manager, "weight"))
                    .withMessageContainingAll("'weight'", path.toString(), "contiguous()");
        }
    }

    @Test
    void aCompressedEntryIsRefused() throws IOException {
        Path path = TorchFiles.compressedZip(
                folder, Map.of("a/data.pkl", TorchFiles.pickle(TorchFiles.tensor("w", "(K\u0002t", 2))));
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "compressed", "zip -0");
    }

    @Test
    void anUnknownByteOrderIsRefused() throws IOException {
        Path path = TorchFiles.zip(
                folder,
                Map.of(
                        "a/data.pkl",
                        TorchFiles.pickle(TorchFiles.tensor("w", "(K\u0002t", 2)),
                        "a/byteorder",
                        "middle".getBytes(StandardCharsets.UTF_8)));
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "'middle'");
    }

    @Test
    void aPickleThatTorchDidNotWriteIsNamedAsSuch() throws IOException {
        Path path = Files.write(folder.resolve("list.pkl"), TorchFiles.pickle("]"));
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "torch.save did not write it");
    }

    @Test
    void anotherFormatIsRefusedByItsFirstBytes() throws IOException {
        Path path = Files.writeString(folder.resolve("weights.pth"), "<html>");
        assertThatIOException()
                .isThrownBy(() -> TorchCheckpoint.open(path))
                .withMessageContainingAll(path.toString(), "a page of HTML");
    }

    @Test
    void aFileWithoutTensorsIsRefused() throws IOException {
        Path path = TorchFiles.archive(folder, "}X\u0005\u0000\u0000\u0000epochK\u0003s", new byte[0]);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "no tensors", "no entry of it holds tensors");
    }
}
