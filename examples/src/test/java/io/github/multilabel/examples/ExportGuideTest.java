package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.export.ExportedModel;
import io.github.multilabel.model.export.TimmExport;
import io.github.multilabel.model.export.TorchScriptExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/export.md: it runs, and it is what stands there. */
class ExportGuideTest {

    private static final HeadSet HEADS =
            HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"), Head.singleLabel("type", "SUV", "Van"));

    @TempDir
    private Path folder;

    @Test
    void aModelIsWrittenAndReadByPlainDjl() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.small(), HEADS, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            export(model);
        }
        ask();
    }

    private void export(MultiLabelModel model) throws IOException {
        // @start region=script
        ExportedModel exported = TorchScriptExport.of(model)
                .optOutput(ExportOutput.PROBABILITIES) // LOGITS by default
                .write(folder.resolve("cars.pt"));
        System.out.println(exported); // cars.pt: 85.2 MB, outputs brand, type, agrees with the model within 1.2e-07
        // @end region=script
    }

    private void ask() throws Exception {
        // @start region=djl
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelPath(folder.resolve("cars.pt"))
                .optTranslator(new NoopTranslator())
                .optEngine("PyTorch")
                .build();
        try (ZooModel<NDList, NDList> cars = criteria.loadModel();
                Predictor<NDList, NDList> predictor = cars.newPredictor();
                NDManager manager = NDManager.newBaseManager()) {
            NDList answers = predictor.predict(new NDList(manager.zeros(new Shape(1, 3, 64, 64))));
            System.out.println(answers.get(0)); // of the first head
        }
        // @end region=djl
    }

    @Test
    void aModelIsWrittenForPython() throws IOException {
        try (MultiLabelModel model = MultiLabelModel.create(
                Backbones.mobilenetV3Large(), HEADS, Backbones.small().preprocessing(), Device.cpu(), 1)) {
            // @start region=timm
            TimmExport.of(model).write(folder.resolve("cars-timm"));
            // @end region=timm
        }
        assertThat(folder.resolve("cars-timm").toFile().list())
                .containsExactlyInAnyOrder("model.safetensors", "labels.json", "load.py");
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        Matcher matcher = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/export.md")));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        List<String> regions = List.of("script", "djl", "timm");
        assertThat(blocks).hasSameSizeAs(regions);
        for (int i = 0; i < regions.size(); i++) {
            assertThat(blocks.get(i)).isEqualTo(Region.of(ExportGuideTest.class, regions.get(i)));
        }
    }
}
