package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.evaluation.metrics.Evaluation;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadOptionsTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    private static Evaluation evaluate(MultiLabelTrainerBuilder builder) throws IOException {
        try (ImageDataset data = Toy.data(HEADS, 8, 8, (index, colour, shape) -> Labels.builder(HEADS)
                        .setIndex("shape", shape)
                        .setIndex("colour", colour)
                        .set("tags", "warm")
                        .build());
                MultiLabelTrainer trainer = builder.build()) {
            return trainer.evaluate(data);
        }
    }

    private static double loss(Evaluation evaluation, String head) {
        return evaluation.head(head).loss();
    }

    @Test
    void smoothingIsForAllSingleLabelHeadsThatSayNothingElse() throws IOException {
        Evaluation plain = evaluate(Toy.trainer(HEADS));
        Evaluation smooth = evaluate(Toy.trainer(HEADS)
                .optLabelSmoothing(0.2)
                .addHeadOptions("shape", HeadOptions.standard().labelSmoothing(0)));
        assertThat(loss(smooth, "colour")).isNotCloseTo(loss(plain, "colour"), within(1e-6));
        assertThat(loss(smooth, "shape")).isEqualTo(loss(plain, "shape"));
        assertThat(loss(smooth, "tags")).isEqualTo(loss(plain, "tags"));
    }

    @Test
    void aStandardLossGoesWithClassWeights() throws IOException {
        Evaluation focal = evaluate(Toy.trainer(HEADS).addHeadOptions("colour", HeadOptions.loss(Losses.focal(2))));
        Evaluation weighted = evaluate(Toy.trainer(HEADS)
                .addHeadOptions(
                        "colour", HeadOptions.loss(Losses.focal(2)).classWeights(ClassWeights.of(Map.of("red", 9.0)))));
        assertThat(loss(weighted, "colour")).isNotCloseTo(loss(focal, "colour"), within(1e-6));
        assertThat(loss(weighted, "shape")).isEqualTo(loss(focal, "shape"));
    }
}
