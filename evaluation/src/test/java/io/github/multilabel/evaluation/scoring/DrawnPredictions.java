package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random predictions of three heads with ties and missing labels, as rows of which others can be made. */
final class DrawnPredictions {

    static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("model", "A4", "Q7", "X5", "Z4"),
                    Head.multiLabel("tags", "night", "rain", "snow"),
                    Head.singleLabel("brand", "Audi", "BMW"))
            .withParent("model", "brand", Map.of("A4", "Audi", "Q7", "Audi", "X5", "BMW", "Z4", "BMW"));

    /** What is said of an image. */
    record Row(Labels labels, float[][] logits) {}

    private DrawnPredictions() {}

    static List<Row> rows(int images, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            Labels.Builder labels = Labels.builder(HEADS);
            float[][] logits = new float[HEADS.size()][];
            for (int h = 0; h < logits.length; h++) {
                Head head = HEADS.get(h);
                logits[h] = new float[head.size()];
                for (int k = 0; k < head.size(); k++) {
                    logits[h][k] = Math.round(random.nextGaussian() * 3) / 2f;
                }
                List<String> right = IntStream.range(0, head.size())
                        .filter(k -> random.nextBoolean())
                        .mapToObj(head::category)
                        .toList();
                if (random.nextInt(5) > 0) {
                    labels.set(
                            head.name(),
                            switch (head.kind()) {
                                case SINGLE_LABEL -> List.of(head.category(random.nextInt(head.size())));
                                case MULTI_LABEL -> right;
                            });
                }
            }
            rows.add(new Row(labels.build(), logits));
        }
        return rows;
    }

    static Predictions of(List<Row> rows) {
        Predictions.Builder builder = Predictions.builder(HEADS);
        for (int i = 0; i < rows.size(); i++) {
            builder.add("image " + i, rows.get(i).labels(), rows.get(i).logits());
        }
        return builder.build();
    }
}
