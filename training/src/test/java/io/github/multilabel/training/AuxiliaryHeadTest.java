package io.github.multilabel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.training.event.EpochReport;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuxiliaryHeadTest {

    private static final Head BOTH = Head.singleLabel("both", "0", "1", "2", "3", "4", "5");
    private static final HeadSet ALL = HeadSet.of(BOTH, Toy.SHAPE, Toy.COLOUR);
    private static final HeadSet MAIN_HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR);

    private static ImageDataset data(int images) throws IOException {
        return Toy.data(ALL, images, 8, (index, colour, shape) -> Labels.builder(ALL)
                .setIndex("both", colour * 2 + shape)
                .setIndex("shape", shape)
                .setIndex("colour", colour)
                .build());
    }

    @Test
    void isLearnedButNotEvaluated() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (ImageDataset train = data(16);
                MultiLabelTrainer trainer = Toy.trainer(ALL)
                        .addHeadOptions(
                                "both",
                                HeadOptions.loss((logits, labels) -> {
                                            calls.incrementAndGet();
                                            return logits.square().sum();
                                        })
                                        .auxiliary())
                        .optEpochs(1)
                        .build()) {
            EpochReport report = trainer.fit(train, train).last();
            assertThat(calls).as("batches of the training only").hasValue(2);
            for (Evaluation evaluation :
                    new Evaluation[] {report.training(), report.validation().orElseThrow(), trainer.evaluate(train)}) {
                assertThat(evaluation.headSet()).isEqualTo(MAIN_HEADS);
                assertThat(evaluation.completelyLabelled()).isEqualTo(16);
                assertThat(evaluation.meanAccuracy())
                        .isEqualTo((evaluation.head("shape").accuracy()
                                        + evaluation.head("colour").accuracy())
                                / 2);
                assertThat(evaluation.loss())
                        .isCloseTo(
                                evaluation.head("shape").loss()
                                        + evaluation.head("colour").loss(),
                                within(1e-9));
            }
        }
    }

    @Test
    void changesWhatTheBackboneLearns() throws IOException {
        try (ImageDataset train = data(16);
                MultiLabelTrainer with = Toy.trainer(ALL)
                        .addHeadOptions("both", HeadOptions.standard().auxiliary())
                        .optEpochs(1)
                        .build();
                MultiLabelTrainer without = Toy.trainer(ALL)
                        .addHeadOptions(
                                "both", HeadOptions.standard().auxiliary().lossWeight(0))
                        .optEpochs(1)
                        .build()) {
            assertThat(with.fit(train).last().training().loss())
                    .isNotEqualTo(without.fit(train).last().training().loss());
        }
    }

    @Test
    void validationImagesMayBeWithoutIt() throws IOException {
        try (ImageDataset train = data(16);
                ImageDataset validation = Toy.data(MAIN_HEADS, 8, 8);
                ImageDataset wrong = Toy.data(HeadSet.of(Toy.COLOUR), 8, 8);
                MultiLabelTrainer trainer = Toy.trainer(ALL)
                        .addHeadOptions("both", HeadOptions.standard().auxiliary())
                        .optEpochs(1)
                        .build()) {
            assertThat(trainer.fit(train, validation).last().validation()).isPresent();
            assertThat(trainer.evaluate(validation).headSet()).isEqualTo(MAIN_HEADS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.evaluate(wrong))
                    .withMessageContaining("expected heads [shape, colour], got [colour]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(validation))
                    .withMessageContaining("expected heads [both, shape, colour], got [shape, colour]");
        }
    }

    @Test
    void isNotInTheTrainedModel() throws IOException {
        try (ImageDataset train = data(16);
                MultiLabelTrainer trainer = Toy.trainer(ALL)
                        .addHeadOptions("both", HeadOptions.standard().auxiliary())
                        .optEpochs(1)
                        .build()) {
            trainer.fit(train);
            MultiLabelModel first = trainer.model();
            assertThat(trainer.model()).isSameAs(first);
            assertThat(first.heads()).isEqualTo(MAIN_HEADS);
            try (ImageDataset evaluated = Toy.data(MAIN_HEADS, 8, 8)) {
                assertThat(Evaluator.evaluate(first, evaluated).toString())
                        .isEqualTo(trainer.evaluate(evaluated).toString());
            }
            trainer.fit(train);
            assertThat(trainer.model()).as("the weights are others now").isNotSameAs(first);
        }
    }

    @Test
    void mustBeAHeadAndNotTheOnlyOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(ALL)
                        .addHeadOptions("bath", HeadOptions.standard().auxiliary())
                        .build())
                .withMessageContaining("addHeadOptions(\"bath\", ...): auxiliary: no head 'bath'")
                .withMessageContaining("did you mean 'both'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toy.trainer(MAIN_HEADS)
                        .addHeadOptions("shape", HeadOptions.standard().auxiliary())
                        .addHeadOptions("colour", HeadOptions.standard().auxiliary())
                        .build())
                .withMessageContaining("auxiliary: every head of [shape, colour] is auxiliary");
    }
}
