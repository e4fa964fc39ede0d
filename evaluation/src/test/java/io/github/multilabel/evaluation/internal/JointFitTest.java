package io.github.multilabel.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.evaluation.metrics.AnswerQuality;
import io.github.multilabel.evaluation.metrics.JointChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a model and its brand answer together is chosen on images with labels. */
class JointFitTest {

    private static final HeadSet HEADS = HeadSet.of(
                    Head.singleLabel("brand", "b0", "b1"), Head.singleLabel("model", "m0", "m1", "m2"))
            .withParent("model", "brand", Map.of("m0", "b0", "m1", "b0", "m2", "b1"));

    private final JointFit fit = new JointFit(HEADS, "model", List.of("brand"), Set.of());

    private static float[] says(int category, int size, double certainty) {
        float[] logits = new float[size];
        logits[category] = (float) certainty;
        return logits;
    }

    private void add(int saidBrand, double ofBrand, int saidModel, double ofModel, int brand, int model) {
        fit.add(new float[][] {says(saidBrand, 2, ofBrand), says(saidModel, 3, ofModel)}, new int[] {brand, model});
    }

    @Test
    void aBrandThatGuessesIsReadOffTheModel() {
        for (int i = 0; i < 10; i++) {
            add(i % 2, 0.1, 2, 3, 1, 2); // the brand's own head says either
        }
        JointChoice choice = fit.best().orElseThrow();
        assertThat(choice.isTogether()).isTrue();
        assertThat(choice.images()).isEqualTo(10);
        assertThat(choice.own()).isEqualTo(new AnswerQuality(0.75, 0.5));
        assertThat(choice.joint()).isEqualTo(new AnswerQuality(1, 1));
        assertThat(choice)
                .hasToString("model, brand answer together (powers of own heads: brand 0.25): mean accuracy 1.000, by"
                        + " themselves 0.750; all right for 1.000 of 10 images, by themselves for 0.500, in the most"
                        + " probable combination for 1.000");
    }

    @Test
    void aBrandThatIsSureCorrectsTheModel() {
        for (int i = 0; i < 10; i++) {
            add(0, 4, 2, 1, 0, 0); // m2 is a little more probable than m0 and m1, but b0 is certain
        }
        JointChoice choice = fit.best().orElseThrow();
        assertThat(choice.own().exactMatch()).isZero();
        assertThat(choice.joint().exactMatch()).isEqualTo(1);
        assertThat(choice.powers().get("brand")).isPositive();
    }

    @Test
    void headsThatAreBetterByThemselvesStayAlone() {
        add(1, 6, 0, 1, 1, 0); // labels that break the hierarchy: no joint answer has both
        add(0, 6, 0, 6, 0, 0);
        JointChoice choice = fit.best().orElseThrow();
        assertThat(choice.isTogether()).isFalse();
        assertThat(choice.own().exactMatch()).isEqualTo(1);
        assertThat(choice.toString()).contains("model, brand answer by themselves");
    }

    @Test
    void theMostProbableCombinationMayDifferFromTheMostProbableCategories() {
        float[] two = {1, 1, 1.5f}; // b0 is more probable than b1, but m2 than either of its models
        fit.add(new float[][] {{0, 0}, two}, new int[] {1, 2});
        JointChoice choice = fit.best().orElseThrow();
        assertThat(choice.joint()).isEqualTo(new AnswerQuality(0.5, 0));
        assertThat(choice.combined()).isEqualTo(1);
    }

    @Test
    void aHeadThatHasLearnedNothingIsReadOffWhateverItSays() {
        JointFit untrained = new JointFit(HEADS, "model", List.of("brand"), Set.of("brand"));
        untrained.add(new float[][] {says(0, 2, 9), says(2, 3, 1)}, new int[] {0, 0}); // right by chance
        JointChoice choice = untrained.best().orElseThrow();
        assertThat(choice.powers()).containsEntry("brand", 0.0);
        assertThat(choice.isTogether()).isTrue();
    }

    @Test
    void ofTwoHeadsThatDetermineABrandTheFirstAnswersWithItAndALineSaysSo() {
        HeadSet both = HeadSet.of(
                        Head.singleLabel("brand", "b0", "b1"),
                        Head.singleLabel("model", "m0", "m1", "m2"),
                        Head.singleLabel("logo", "l0", "l1"))
                .withParent("model", "brand", Map.of("m0", "b0", "m1", "b0", "m2", "b1"))
                .withParent("logo", "brand", Map.of("l0", "b0", "l1", "b1"));
        JointFits fits = new JointFits(both, Set.of());
        fits.add(new float[][] {says(0, 2, 1), says(0, 3, 1), says(1, 2, 1)}, new int[] {0, 0, 1});
        List<JointChoice> choices = fits.choices();

        assertThat(choices).singleElement().extracting(JointChoice::finest).isEqualTo("model");
        assertThat(JointChoice.leftOut(both.hierarchy(), choices))
                .containsExactly(
                        "logo and brand do not answer together, and may contradict each other: of the heads that"
                                + " determine brand, only model was asked");
        assertThat(JointChoice.leftOut(HEADS.hierarchy(), choices)).isEmpty();
        assertThat(JointChoice.leftOut(both.hierarchy(), List.of())).isEmpty();
    }

    @Test
    void imagesWithoutAllLabelsSayNothing() {
        add(0, 1, 0, 1, 0, Labels.MISSING);
        add(0, 1, 0, 1, Labels.MISSING, 0);
        assertThat(fit.best()).isEmpty();
    }

    @Test
    void ofManyImagesSomeAreTaken() {
        for (int i = 0; i < 21_000; i++) {
            add(0, 1, 0, 1, 0, 0);
        }
        assertThat(fit.best().orElseThrow().images()).isEqualTo(20_000);
    }

    @Test
    void aBrandWithoutAModelIsLeftToItsOwnHead() {
        HeadSet unreached = HeadSet.of(Head.singleLabel("brand", "b0", "b1"), Head.singleLabel("model", "m0", "m1"))
                .withParent("model", "brand", Map.of("m0", "b0", "m1", "b0"));
        for (boolean isTrained : new boolean[] {true, false}) {
            JointFits fits = new JointFits(unreached, isTrained ? Set.of() : Set.of("brand"));
            fits.add(new float[][] {says(0, 2, 1), says(1, 2, 1)}, new int[] {0, 1});

            assertThat(fits.choices()).hasSize(isTrained ? 0 : 1); // what has learned nothing cannot answer by itself
        }
    }
}
