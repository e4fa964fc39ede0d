package io.github.multilabel.evaluation.comparison;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Images with random labels, some missing, and what two models say of them. */
final class DrawnPairs {

    static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("brand", "Audi", "BMW", "Volkswagen"), Head.multiLabel("tags", "red", "new", "parked"));

    private DrawnPairs() {}

    /** What a model says of images that are the same for each seed of a model. */
    static Predictions of(int images, long model) {
        return of(images, model, IntStream.range(0, images).boxed().toList(), HEADS);
    }

    /** The same, in another order of images and categories. */
    static Predictions shuffled(int images, long model) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, images).boxed().toList());
        Collections.shuffle(order, new Random(5));
        return of(
                images,
                model,
                order,
                HeadSet.of(
                        Head.multiLabel("tags", "parked", "red", "new"),
                        Head.singleLabel("brand", "Volkswagen", "Audi", "BMW")));
    }

    private static Predictions of(int images, long model, List<Integer> order, HeadSet heads) {
        Random ofLabels = new Random(1);
        Random ofModel = new Random(model);
        List<Labels> labels = new ArrayList<>();
        List<float[][]> logits = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            labels.add(labels(ofLabels));
            float[][] drawn = new float[heads.size()][];
            for (Head head : HEADS) {
                int h = heads.indexOf(head.name());
                drawn[h] = new float[head.size()];
                for (String category : head.categories()) {
                    boolean isRight = labels.get(i).categories(head.name()).contains(category);
                    drawn[h][heads.get(h).indexOf(category)] = (float) ofModel.nextGaussian() + (isRight ? 1 : 0);
                }
            }
            logits.add(drawn);
        }
        Predictions.Builder builder = Predictions.builder(heads);
        order.forEach(i -> builder.add("image " + i, labels.get(i), logits.get(i)));
        return builder.build();
    }

    private static Labels labels(Random random) {
        Labels.Builder labels = Labels.builder(HEADS);
        int brand = random.nextInt(4);
        if (brand < 3) {
            labels.set("brand", HEADS.get("brand").category(brand));
        }
        if (random.nextInt(4) > 0) {
            labels.set(
                    "tags",
                    HEADS.get("tags").categories().stream()
                            .filter(tag -> random.nextBoolean())
                            .toList());
        }
        return labels.build();
    }
}
