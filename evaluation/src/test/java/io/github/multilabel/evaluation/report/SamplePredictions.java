package io.github.multilabel.evaluation.report;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Drawn predictions: right for most images, and else mostly of a category beside the right one. */
final class SamplePredictions {

    private SamplePredictions() {}

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> String.format(Locale.ROOT, "%s %d", prefix, k))
                .toList();
    }

    static HeadSet heads(int categories) {
        return HeadSet.of(
                Head.singleLabel("brand", names("brand", categories)),
                Head.singleLabel("type", "Convertible", "Coupe", "SUV"),
                Head.multiLabel("tags", "rusty", "open", "two doors"));
    }

    /** Every tenth label is missing; rare categories come last. */
    static Predictions of(HeadSet heads, int images) {
        Random random = new Random(7);
        Predictions.Builder builder = Predictions.builder(heads);
        for (int row = 0; row < images; row++) {
            Labels.Builder labels = Labels.builder(heads);
            float[][] logits = new float[heads.size()][];
            for (int h = 0; h < logits.length; h++) {
                Head head = heads.get(h);
                List<String> right = head.kind() == Head.Kind.SINGLE_LABEL
                        ? List.of(head.category((int) (head.size() * random.nextDouble() * random.nextDouble())))
                        : head.categories().stream()
                                .filter(tag -> random.nextInt(3) == 0)
                                .toList();
                logits[h] = logits(random, head, right);
                if (random.nextInt(10) > 0) {
                    labels.set(head.name(), right);
                }
            }
            builder.add("photos/" + row + ".jpg", labels.build(), logits);
        }
        return builder.build();
    }

    private static float[] logits(Random random, Head head, List<String> right) {
        float[] logits = new float[head.size()];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) random.nextGaussian() - (head.kind() == Head.Kind.MULTI_LABEL ? 1.5f : 0);
        }
        for (String category : right) {
            int k = head.indexOf(category);
            logits[random.nextInt(8) == 0 ? Math.floorMod(k ^ 1, head.size()) : k] +=
                    4 + 2 * (float) random.nextGaussian();
        }
        return logits;
    }

    static Pixels image(int row) {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(row * 0.137f % 1, 0.4f, 0.9f));
        graphics.fillRect(0, 0, 300, 200);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillOval(row * 37 % 200, 60, 90, 90);
        graphics.dispose();
        return Pixels.of(image);
    }

    static EvaluationReport.Builder report(Predictions predictions) {
        List<Double> losses = new ArrayList<>();
        IntStream.range(0, 12).forEach(epoch -> losses.add(2.3 * Math.pow(0.8, epoch)));
        List<Double> accuracies = losses.stream().map(loss -> 1 - loss / 3).toList();
        return EvaluationReport.builder()
                .setPredictions(predictions)
                .optTitle("Drawn predictions")
                .optLabelIssues(LabelIssues.find(predictions))
                .addCurve(new LearningCurve(
                        "loss",
                        false,
                        losses,
                        losses.stream().map(l -> l * 1.1 + 0.1).toList()))
                .addCurve(new LearningCurve("brand accuracy", true, List.of(), accuracies))
                .optThumbnails(row -> Optional.of(image(row)))
                .optHeatMaps((row, head, category) -> Optional.of(image(row + 3)))
                .addSetting("--epochs", "12")
                .addSetting("--backbone", "resnet18")
                .addEnvironment("PyTorch", "2.7.1");
    }
}
