package io.github.multilabel.cli.command;

import static io.github.multilabel.cli.Typed.multilabel;
import static io.github.multilabel.cli.Typed.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command replaces what it reads, nor what somebody else has put where it writes. */
class FilesOfUsersTest {

    @TempDir
    private Path folder;

    private Path labels;
    private Path photos;

    @BeforeEach
    void images() throws IOException {
        labels = Shapes.write(Shapes.draw(12, 1), folder);
        photos = folder.resolve("photos");
    }

    private Path model() throws IOException {
        Path saved = folder.resolve("run").resolve("model");
        HeadSet heads = HeadSet.of(Head.singleLabel("colour", "blue", "green", "red"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(saved);
        }
        return saved;
    }

    private Ran train(Path table, Path output, Object... more) {
        return multilabel(with(
                new Object[] {
                    "train",
                    "--csv",
                    table,
                    "--images",
                    photos,
                    "--head",
                    "colour",
                    "--backbone",
                    "small",
                    "--output",
                    output
                },
                more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split.csv", "history.csv", "steps.csv", "run.json", "metrics.json"})
    void aTrainingLeavesAloneWhatOnlyHasTheNameOfItsFile(String name) throws IOException {
        Path output = Files.createDirectories(folder.resolve("out"));
        Path mine = Files.writeString(output.resolve(name), Files.readString(labels));

        Ran ran = train(mine, output, "--overwrite");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("'" + mine + "' is not of a training", "name another --output");
        assertThat(mine).hasSameTextualContentAs(labels);
    }

    @Test
    void resultsDoNotGoWhereFoldersAreCategories() throws IOException {
        Path output = photos.resolve("run");
        Ran ran = multilabel("train", "--folders", photos, "--head", "colour", "--output", output);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--output " + output + " is inside of --folders " + photos);
        assertThat(output).doesNotExist();
    }

    @Test
    void findingsDoNotReplaceTheTable() throws IOException {
        String before = Files.readString(labels);
        Object[] check = {"check", "--csv", labels, "--images", photos, "--head", "colour", "--findings", labels};

        assertThat(multilabel(check).err()).contains("is one of the files that are read");
        assertThat(multilabel(with(check, "--overwrite")).code()).isEqualTo(2);
        assertThat(labels).hasContent(before);
    }

    @Test
    void whatACheckWritesReplacesNoTableAndNoSplit() throws IOException {
        Path table = Files.copy(labels, folder.resolve("labels.html"));
        Path split = Files.writeString(folder.resolve("split.csv"), "image,part\n");
        Object[] check = {"check", "--images", photos, "--head", "colour", "--overwrite"};

        Ran report = multilabel(with(check, "--csv", table, "--report", table));
        Ran findings = multilabel(with(check, "--csv", labels, "--split-file", split, "--findings", split));

        assertThat(report.err()).contains("--report " + table + " is one of the files that are read");
        assertThat(findings.err()).contains("--findings " + split + " is one of the files that are read");
        assertThat(table).hasSameTextualContentAs(labels);
        assertThat(split).hasContent("image,part");
    }

    @Test
    void findingsReplaceAFileOnlyIfTheyMay() throws IOException {
        Path mine = Files.writeString(folder.resolve("findings.csv"), "mine");
        Object[] check = {"check", "--csv", labels, "--images", photos, "--head", "colour", "--findings", mine};

        Ran refused = multilabel(check);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is there already: --overwrite replaces it");
        assertThat(mine).hasContent("mine");
        assertThat(multilabel(with(check, "--overwrite")).code()).isZero();
        assertThat(Files.readString(mine)).isNotEqualTo("mine");
    }

    @Test
    void predictionsDoNotReplaceWhatIsPredicted() throws IOException {
        Path photo = photos.resolve("0.png");
        byte[] before = Files.readAllBytes(photo);
        Path model = model();

        Ran table =
                multilabel("predict", "--model", model, labels, "--images", photos, "--output", labels, "--overwrite");
        Ran figure = multilabel("predict", "--model", model, photos, "--figure", photo, "--overwrite");

        assertThat(table.code()).isEqualTo(2);
        assertThat(table.err()).contains("--output " + labels + " is one of the files that are read");
        assertThat(figure.code()).isEqualTo(2);
        assertThat(figure.err()).contains("--figure " + photo + " is one of the files that are read");
        assertThat(photo).hasBinaryContent(before);
    }

    @Test
    void predictionsOfNothingAreNoFile() throws IOException {
        Path output = folder.resolve("predictions.csv");
        Ran ran = multilabel("predict", "--model", model(), labels, "--output", output);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("12 images: 0 predicted, 12 could not be read; " + output + " is not written")
                .contains("the first: '" + folder.resolve("0.png") + "': cannot be read: no such file")
                .contains("--images names another");
        assertThat(output).doesNotExist();
    }

    @Test
    void anEmptyNameIsNotTheFolderOneIsIn() throws IOException {
        Ran ran = multilabel("predict", "--model", model(), "");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("the name of an image is empty");
    }

    @Test
    void anEvaluationThatIsRefusedLeavesNoFolder() throws IOException {
        Path output = folder.resolve("evaluation");
        Ran ran = multilabel(
                "evaluate",
                "--model",
                model(),
                "--csv",
                labels,
                "--images",
                photos,
                "--head",
                "nothing",
                "--output",
                output);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(output).doesNotExist();
    }

    @Test
    void anEvaluationOnAllRowsSaysThatTheModelMayKnowThem() throws IOException {
        Path model = model();
        Path split = Files.writeString(model.resolveSibling("split.csv"), "row,part\n");
        Ran ran = multilabel(
                "evaluate", "--model", model, "--csv", labels, "--images", photos, "--output", folder.resolve("e"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("--split-file " + split + " evaluates on those that were held out");
    }
}
