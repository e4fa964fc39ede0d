package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --from}: a saved model is a beginning. */
class TrainFromModelTest {

    @TempDir
    private static Path folder;

    private static Path labels;
    private static Path photos;
    private static Path first;
    private static String accuracy;

    @BeforeAll
    static void trainOnce() throws IOException {
        labels = Shapes.write(Shapes.draw(40, 1), folder);
        photos = folder.resolve("photos");
        first = folder.resolve("first");
        Ran ran = train(first, labels, "--head", "colour", "--backbone", "small", "--image-size", "32");
        assertThat(ran.code()).as(ran.err()).isZero();
        accuracy = found("(?m)^colour +\\d+ +\\S+ +(\\S+)", ran.out());
    }

    private static Ran train(Path output, Path table, Object... more) {
        return multilabel(with(
                new Object[] {"train", "--csv", table, "--images", photos, "--epochs", "1", "--output", output}, more));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    void onTheSameDataItBeginsWithTheSavedAccuracy() throws Exception {
        Path output = folder.resolve("again");
        Ran ran = train(output, labels, "--from", first.resolve("model"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("--split-file " + first.resolve("split.csv") + " keeps those that were held out");
        assertThat(ran.out()).contains("going on with " + first.resolve("model") + ": keeps [colour (3 categories)]");
        assertThat(found("before the first epoch: validation accuracy colour (\\S+)", ran.out()))
                .isEqualTo(accuracy);
        try (MultiLabelModel model = MultiLabelModel.load(output.resolve("model"))) {
            assertThat(model.backboneName()).isEqualTo("small");
            assertThat(model.preprocessing().size()).hasToString("32");
        }
    }

    @Test
    void categoriesThatTheTableHasBesidesAreAdded() throws Exception {
        List<String> lines = Files.readAllLines(labels);
        int colour = List.of(lines.get(0).split(",")).indexOf("colour");
        for (int i = 1; i <= 10; i++) {
            String[] cells = lines.get(i).split(",", -1);
            cells[colour] = i < 9 ? "violet" : "Red";
            lines.set(i, String.join(",", cells));
        }
        Path table = Files.write(folder.resolve("more.csv"), lines);
        Path output = folder.resolve("more");

        Ran ran = train(output, table, "--from", first.resolve("model"), "--fine-tune");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("keeps [colour (3 categories; new: [Red, violet])]")
                .contains("'colour': the new category 'Red' looks like 'red', which the model has");
        try (MultiLabelModel before = MultiLabelModel.load(first.resolve("model"));
                MultiLabelModel model = MultiLabelModel.load(output.resolve("model"))) {
            assertThat(model.preprocessing())
                    .as("the recipe for a backbone leaves the model's own")
                    .isEqualTo(before.preprocessing());
            assertThat(model.heads().get("colour").categories())
                    .startsWith(before.heads().get("colour").categories().toArray(String[]::new))
                    .endsWith("violet")
                    .hasSize(5);
        }
    }

    @Test
    void aBackboneBesidesTheModelIsRefused() {
        Ran ran = train(folder.resolve("refused"), labels, "--from", first.resolve("model"), "--backbone", "small");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--from goes on with the backbone", "leave out --backbone");
    }

    @Test
    void aFolderThatIsNoModelIsNamed() {
        Ran ran = train(folder.resolve("refused"), labels, "--from", first);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("'" + first + "'", "no file model.json");
    }
}
