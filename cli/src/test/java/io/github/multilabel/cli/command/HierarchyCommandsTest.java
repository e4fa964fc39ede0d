package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.Typed;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of which one column determines another, as a user types it. */
class HierarchyCommandsTest {

    @TempDir
    Path folder;

    private Path labels;
    private Object[] table;

    /** Each drawing has a shade that determines whether it is warm. */
    @BeforeEach
    void drawings() throws IOException {
        labels = Shapes.write(Shapes.draw(60, 1), folder);
        List<String> rows = new ArrayList<>(List.of("file,shade,warmth"));
        for (int i = 0; i < 60; i++) {
            rows.add(i + ".png," + "abcd".charAt(i % 4) + "," + (i % 4 < 2 ? "warm" : "cold"));
        }
        Files.write(labels, rows);
        table = new Object[] {"--csv", labels, "--images", folder.resolve("photos"), "--head", "shade,warmth"};
    }

    private Ran train(Object... more) {
        Object[] quick = {
            "--backbone", "small", "--image-size", "32", "--epochs", "1", "--output", folder.resolve("out")
        };
        return Typed.multilabel(with(with(with(new Object[] {"train"}, table), quick), more));
    }

    @Test
    void whatTheRowsShowIsSaidAndUsed() {
        Ran trained = train();

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("- shade determines warmth");
        assertThat(trained.out())
                .contains("shade, warmth answer ", " of 12 images, ", "in the most probable combination");
        Ran info = Typed.multilabel("info", folder.resolve("out").resolve("model"));
        assertThat(info.out())
                .contains("determines", "warmth", "answers", "combinations of shade, warmth in 48 images");
    }

    @Test
    void theResultsAreThoseOfTheSavedModelWhoseHeadsAnswerTogether() throws IOException {
        Ran trained = train("--loss-weight", "warmth=0"); // is read off the shade in any case
        Path out = folder.resolve("out");
        Ran evaluated = Typed.multilabel(with(
                with(new Object[] {"evaluate"}, table[0], table[1], table[2], table[3]),
                "--model",
                out.resolve("model"),
                "--split-file",
                out.resolve("split.csv"),
                "--output",
                folder.resolve("again")));

        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        assertThat(trained.out()).contains("answer together", "answers that contradict each other 0.0000");
        assertThat(accuracies(trained.out())).isEqualTo(accuracies(evaluated.out()));
    }

    private static String accuracies(String out) {
        return out.lines()
                .filter(line -> line.startsWith("mean accuracy "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noneLeavesTheHeadsByThemselves() {
        Ran trained = train("--parent", "none");

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).doesNotContain("determines", "most probable combination");
    }

    @Test
    void allHeadsAreAnsweredTogetherAndRulesHold() {
        Ran trained = train("--parent", "none", "--forbid", "shade=a,warmth=cold");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("combinations (exponents: shade ");

        Ran predicted = Typed.multilabel(
                "predict",
                "--model",
                folder.resolve("out").resolve("model"),
                folder.resolve("photos").resolve("0.png"));
        assertThat(predicted.out()).contains("\"combination\":{\"categories\":{\"shade\":\"");

        assertThat(train("--overwrite", "--forbid", "shade=a,warmht=cold").err())
                .contains("--forbid", "no head 'warmht'", "did you mean 'warmth'?");
        assertThat(train("--overwrite", "--forbid", "shade").err()).contains("'shade' in a rule is not HEAD=CATEGORY");
    }

    @Test
    void rulesThatLeaveNothingAreRefusedBeforeTheTraining() {
        Ran refused = train("--forbid", "shade=a", "--forbid", "shade=b", "--forbid", "warmth=cold");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--forbid", "nothing is left to answer");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whatIsSureNeedsAHierarchy() {
        assertThat(train("--sure", "0.9").out()).contains("predictions do not tell of what they are sure, 'shade'");
        assertThat(train("--overwrite", "--sure", "0.9", "--parent", "none").err())
                .contains(
                        "--sure 0.9: for heads that determine others, and none of [shade, warmth] does; name them in --parent");
        assertThat(train("--overwrite", "--sure", "2").err()).contains("--sure 2: between 0 and 1");
    }

    @Test
    void aTableOfPredictionsTellsWhatIsSure() throws Exception {
        train();
        Path saved = folder.resolve("sure");
        try (MultiLabelModel model = MultiLabelModel.load(folder.resolve("out").resolve("model"));
                MultiLabelModel sure = model.withSureAnswers(List.of(new SureAnswers("shade", 0, 0.9)))) {
            sure.save(saved);
        }
        Path predicted = folder.resolve("predictions.csv");
        Typed.multilabel("predict", "--model", saved, folder.resolve("photos").resolve("0.png"), "--output", predicted);

        List<String> lines = Files.readAllLines(predicted);
        assertThat(lines.get(0)).contains(",warmth.probability,sure,sure.category,sure.probability,combination.");
        assertThat(lines.get(1)).containsPattern(",shade\\|warmth,[abcd],0\\.[0-9]{6},");

        // and so does that of an evaluation, with the same answers
        Ran evaluated = Typed.multilabel(with(
                with(new Object[] {"evaluate"}, table[0], table[1], table[2], table[3]),
                "--model",
                saved,
                "--output",
                folder.resolve("again")));
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        List<String> again = Files.readAllLines(folder.resolve("again").resolve("predictions.csv"));
        assertThat(again.get(0))
                .contains(",warmth.label,", ",warmth.probability,sure,sure.category,sure.probability,combination.");
        assertThat(fromSure(again)).isEqualTo(fromSure(lines));
    }

    /** What the first image's line has from the sure heads on. */
    private static List<String> fromSure(List<String> lines) {
        int sure = List.of(lines.get(0).split(",")).indexOf("sure");
        List<String> cells = List.of(lines.get(1).split(",", -1));
        return cells.subList(sure, cells.size());
    }

    @Test
    void rowsThatBreakWhatWasSaidAreFindings() throws IOException {
        Files.writeString(labels, Files.readString(labels).replace("40.png,a,warm", "40.png,a,cold"));

        Ran asked = Typed.multilabel(with(new Object[] {"check"}, table));
        assertThat(asked.out())
                .contains(
                        "'shade' would determine 'warmth' but for 1 of 48 training rows: labels.csv line 42. Correct what is a"
                                + " slip, or say that it does with --parent shade=warmth");
        Ran checked = Typed.multilabel(with(with(new Object[] {"check"}, table), "--parent", "shade=warmth"));

        assertThat(checked.out()).contains("'shade': 'a' is of 'warmth' 'warm', but these rows say another: ");
        assertThat(checked.out()).contains("- shade determines warmth; 1 row says otherwise (the check lists them)");
    }

    @Test
    void mistakesAreToldInTheWordsOfTheOption() {
        assertThat(train("--parent", "shade=warmht").err())
                .contains("--parent shade=warmht: no head 'warmht'", "did you mean 'warmth'?");
        assertThat(train("--parent", "warmth").err())
                .contains("'warmth' is neither HEAD=PARENT[,PARENT...], such as model=brand,type, nor none");
        assertThat(train("--parent", "shade=shade").err())
                .contains(
                        "--parent shade=shade: head 'shade' cannot be a parent of 'shade': it would be its own parent");
        assertThat(train("--parent", "none", "--parent", "shade=warmth").err()).contains("--parent none");
        assertThat(train("--parent", "warmth=shade").err())
                .contains("--parent warmth=shade: ", "it is the other way round, 'shade' determines 'warmth'");
    }
}
