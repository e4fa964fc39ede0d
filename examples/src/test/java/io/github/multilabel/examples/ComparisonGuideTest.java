package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.comparison.Comparison;
import io.github.multilabel.evaluation.comparison.Condition;
import io.github.multilabel.evaluation.comparison.MetricDifference;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/evaluation.md that compares two models: it runs, and it is what stands there. */
class ComparisonGuideTest {

    @TempDir
    private Path folder;

    @Test
    void twoModelsAreComparedByTheirPredictions() throws IOException {
        Path before = folder.resolve("before.safetensors");
        Path after = folder.resolve("after.safetensors");
        predictions(90).write(before);
        predictions(80).write(after);
        assertThat(isWorse(before, after)).isTrue();
        assertThat(isWorse(after, before)).isFalse();
    }

    private static Predictions predictions(int right) {
        HeadSet heads = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));
        Predictions.Builder builder = Predictions.builder(heads);
        for (int i = 0; i < 100; i++) {
            builder.add(
                    i + ".jpg", Labels.builder(heads).set("brand", "Audi").build(), new float[] {i < right ? 1 : -1, 0
                    });
        }
        return builder.build();
    }

    private static boolean isWorse(Path before, Path after) throws IOException {
        // @start region=compare
        Comparison comparison = Comparison.of(Predictions.read(before), Predictions.read(after));
        MetricDifference accuracy = comparison.metric("brand_accuracy");
        System.out.println(accuracy.difference() + " " + accuracy.verdict()); // 0.012 [-0.002, 0.026] no difference ...
        boolean isWorse =
                Condition.parse("brand.accuracy < -0.01").of(comparison).fails();
        // @end region=compare
        return isWorse;
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        assertThat(Files.readString(Path.of("../docs/evaluation.md")))
                .contains("```java\n" + Region.of(ComparisonGuideTest.class, "compare") + "\n```");
    }
}
