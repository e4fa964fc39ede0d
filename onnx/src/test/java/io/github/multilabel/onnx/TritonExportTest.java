package io.github.multilabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TritonExportTest {

    private static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Škoda", "Audi"), Head.multiLabel("extra parts", "sunroof", "spoiler"));

    @TempDir
    private Path folder;

    @Test
    void theFolderIsThatOfAModelRepository() throws Exception {
        // given
        Path cars = folder.resolve("repository").resolve("cars");
        try (MultiLabelModel model = TestModels.tiny(HEADS)) {

            // when
            ExportedModel exported = TritonExport.of(model).write(cars);

            // then
            assertThat(exported.file())
                    .isEqualTo(cars.resolve("1").resolve("model.onnx"))
                    .isRegularFile();
            assertThat(cars.resolve("config.pbtxt"))
                    .hasContent(
                            """
                    name: "cars"
                    backend: "onnxruntime"
                    max_batch_size: 16
                    input [
                      { name: "image" data_type: TYPE_UINT8 dims: [ 16, 16, 3 ] }
                    ]
                    output [
                      { name: "brand" data_type: TYPE_FP32 dims: [ 2 ] label_filename: "brand.txt" },
                      { name: "extra_parts" data_type: TYPE_FP32 dims: [ 2 ] label_filename: "extra_parts.txt" }
                    ]
                    dynamic_batching { max_queue_delay_microseconds: 2000 }
                    """);
            assertThat(cars.resolve("brand.txt")).hasContent("Škoda\nAudi");
            try (OnnxPredictor predictor = OnnxPredictor.load(exported.file())) {
                assertThat(predictor.heads()).isEqualTo(HEADS);
            }
        }
    }

    @Test
    void imagesMayBeNormalisedAlready() throws Exception {
        try (MultiLabelModel model = TestModels.tiny(HEADS)) {
            var unused = TritonExport.of(model)
                    .optInput(OnnxInput.FLOAT32)
                    .optOutput(ExportOutput.LOGITS)
                    .optBatchSize(4)
                    .write(folder.resolve("cars"));

            assertThat(folder.resolve("cars").resolve("config.pbtxt"))
                    .content()
                    .contains("data_type: TYPE_FP32 dims: [ 3, 16, 16 ]")
                    .contains("max_batch_size: 4");
        }
    }

    @Test
    void anEarlierFolderIsReplacedAndNoOther() throws Exception {
        // given
        Path cars = folder.resolve("cars");
        Path others = Files.createDirectories(folder.resolve("others"));
        Files.writeString(others.resolve("config.pbtxt"), "");
        Files.writeString(others.resolve("model.py"), "");
        try (MultiLabelModel model = TestModels.tiny(HEADS)) {
            var first = TritonExport.of(model).write(cars);

            // when, then
            assertThat(TritonExport.of(model).write(cars).bytes()).isEqualTo(first.bytes());
            assertThatIOException()
                    .isThrownBy(() -> TritonExport.of(model).write(others))
                    .withMessageContaining("model.py");
            assertThat(others.resolve("model.py")).exists();
        }
    }

    @Test
    void aNameThatTritonDoesNotTakeIsRefused() throws Exception {
        try (MultiLabelModel model = TestModels.tiny(HEADS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TritonExport.of(model).write(folder.resolve("my cars")))
                    .withMessageContaining("my cars");
        }
    }
}
