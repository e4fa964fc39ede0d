package io.github.multilabel.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Made the sample of the newest format in the test resources, {@code format3} and {@code format3-logits.txt}. When the
 * format changes, run it for the new number and keep the old samples: they must load for ever. Formats 1 (linear heads
 * alone) and 2 have no checksums.
 */
final class FormatSample {

    private FormatSample() {}

    /** @param arguments the folder to write into, and the name of the sample, such as {@code format2} */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String name = arguments[1];
        try (MultiLabelModel model =
                TinyModels.create(Backbones.of(TinyModels.network(), TinyModels.PREPROCESSING), TinyModels.LAYERS, 1)) {
            TinyModels.shake(model);
            model.save(folder.resolve(name));
            List<String> logits = new ArrayList<>();
            for (float logit : TinyModels.logits(model)) {
                logits.add(Float.toString(logit));
            }
            Files.write(folder.resolve(name + "-logits.txt"), logits);
        }
    }
}
