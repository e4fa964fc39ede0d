package io.github.multilabel.evaluation.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.evaluation.labels.LabelIssue.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelIssueFilesTest {

    private static final Head BRAND = Head.singleLabel("brand", "Audi", "BMW, M");
    private static final Head TAGS = Head.multiLabel("tags", "rusty", "open");

    @TempDir
    private Path folder;

    @Test
    void theTableHasARowForEachIssueAndAnEmptyCellForTheLabeller() throws IOException {
        Path file = folder.resolve("issues.csv");

        LabelIssuesCsv.write(file, issues());

        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        rank,source,head,kind,label,suggested,label.probability,suggested.probability,corrected
                        1,7.png,brand,PROBABLY_WRONG+BREAKS_HIERARCHY,Audi,"BMW, M",0.030000,0.970000,
                        2,8.png,tags,PROBABLY_WRONG,rusty|open,|,0.125000,0.875000,
                        3,9.png,brand,OCCURS_NOWHERE_ELSE,Audi,,0.900000,,
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void theSheetDrawsTheMostDoubtfulAndPassesOverWhatCannotBeRead() throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve("7.png").toFile());
        ImageIO.write(image, "png", folder.resolve("9.png").toFile());
        Path file = folder.resolve("issues.png");

        boolean drawn = LabelIssuesSheet.write(file, issues(), source -> ImageSource.of(folder.resolve(source)), 2);

        assertThat(drawn).isTrue();
        assertThat(ImageIO.read(file.toFile()).getWidth())
                .as("two images beside each other")
                .isBetween(420, 460);
    }

    @Test
    void thereIsNoSheetWithoutIssues() throws IOException {
        Path file = folder.resolve("issues.png");

        boolean drawn = LabelIssuesSheet.write(
                file, new LabelIssues(3, 5, List.of(), List.of()), source -> ImageSource.of(folder.resolve(source)), 2);

        assertThat(drawn).isFalse();
        assertThat(file).doesNotExist();
    }

    private static LabelIssues issues() {
        return new LabelIssues(
                3,
                5,
                List.of(
                        new LabelIssue(
                                0,
                                "7.png",
                                BRAND,
                                List.of(Kind.PROBABLY_WRONG, Kind.BREAKS_HIERARCHY),
                                List.of("Audi"),
                                List.of("BMW, M"),
                                0.03,
                                -0.94,
                                0.97),
                        new LabelIssue(
                                1,
                                "8.png",
                                TAGS,
                                List.of(Kind.PROBABLY_WRONG),
                                List.of("rusty", "open"),
                                List.of(),
                                0.125,
                                -0.75,
                                0.875),
                        new LabelIssue(
                                2,
                                "9.png",
                                BRAND,
                                List.of(Kind.OCCURS_NOWHERE_ELSE),
                                List.of("Audi"),
                                List.of(),
                                0.9,
                                0.8,
                                Double.NaN)),
                List.of());
    }
}
