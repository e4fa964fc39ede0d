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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of where a model looks, with one whose weights are random. */
class ExplainCommandTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path photos;

    @BeforeAll
    static void modelAndImages() throws IOException {
        model = folder.resolve("model");
        HeadSet heads = HeadSet.of(
                Head.singleLabel("colour", "blue", "green", "red"),
                Head.singleLabel("ground", "dark", "light", "red"),
                Head.multiLabel("tags", "frame", "sun"));
        try (MultiLabelModel random =
                MultiLabelModel.create(Backbones.small(), heads, Preprocessing.imageNet(32), Device.cpu(), 3)) {
            random.save(model);
        }
        Shapes.write(Shapes.draw(3, 1), folder);
        photos = folder.resolve("photos");
        Files.createDirectories(photos.resolve("more"));
        Files.copy(photos.resolve("0.png"), photos.resolve("more").resolve("0.png"));
    }

    private static Ran explain(Object... more) {
        return multilabel(with(new Object[] {"explain", "--model", model}, more));
    }

    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> found = Files.list(in)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyImageHasAPictureOfItsName(@TempDir Path output) throws IOException {
        Path maps = output.resolve("new").resolve("maps");
        Ran ran = explain(photos, "--output", maps);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(files(maps)).containsExactly("0-2.png", "0.png", "1.png", "2.png");
        assertThat(ran.err()).contains("4 images: 4 explained, 0 could not be read; the pictures are in " + maps);
    }

    @Test
    void aComparisonIsAnotherTile(@TempDir Path output) throws IOException {
        Path photo = photos.resolve("0.png");
        assertThat(explain(photo, "--head", "colour, ground", "--output", output.resolve("a"))
                        .code())
                .isZero();
        assertThat(explain(photo, "--head", "colour", "--compare", "colour,ground", "--output", output.resolve("b"))
                        .code())
                .isZero();

        assertThat(area(output.resolve("b").resolve("0.png")))
                .isGreaterThan(area(output.resolve("a").resolve("0.png")));
    }

    private static int area(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        return image.getWidth() * image.getHeight();
    }

    @Test
    void aCategoryOfOneHeadNeedsNoMoreAndThatOfTwoAsksForTheHead(@TempDir Path output) throws IOException {
        Path photo = photos.resolve("0.png");
        Ran alone = explain(photo, "--category", "sun", "--output", output);
        Ran unclear = explain(photo, "--category", "red", "--output", output.resolve("other"));
        Ran clear = explain(photo, "--category", "red", "--head", "ground", "--output", output.resolve("third"));

        assertThat(alone.code()).as(alone.err()).isZero();
        assertThat(unclear.code()).isEqualTo(2);
        assertThat(unclear.err()).contains("--category red: the heads [colour, ground] have it; say which with --head");
        assertThat(clear.code()).as(clear.err()).isZero();
    }

    @Test
    void unknownNamesAreToldWithSimilarOnesBeforeAnythingIsWritten(@TempDir Path output) throws IOException {
        Ran head = explain(photos, "--head", "color", "--output", output);
        Ran category = explain(photos, "--category", "gren", "--output", output);
        Ran compared = explain(photos, "--compare", "colour", "--output", output);
        Ran unknown = explain(photos, "--compare", "colour,grund", "--output", output);

        assertThat(List.of(head.code(), category.code(), compared.code(), unknown.code()))
                .containsOnly(2);
        assertThat(head.err()).contains("did you mean 'colour'?");
        assertThat(category.err()).contains("did you mean 'green'?");
        assertThat(compared.err()).contains("name two heads, such as --compare brand,type");
        assertThat(unknown.err()).contains("did you mean 'ground'?");
        assertThat(files(output)).isEmpty();
    }

    @Test
    void anImageThatCannotBeReadCostsItsOwnPicture(@TempDir Path output) throws IOException {
        Path broken = Files.writeString(output.resolve("broken.jpg"), "no image");
        Ran ran = explain(broken, photos.resolve("1.png"), "--output", output.resolve("maps"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(files(output.resolve("maps"))).containsExactly("1.png");
        assertThat(ran.err())
                .contains("2 images: 1 explained, 1 could not be read")
                .contains("broken.jpg");
    }

    @Test
    void picturesAreReplacedOnlyIfAskedAndPhotosNever(@TempDir Path output) throws IOException {
        Path photo = Files.copy(photos.resolve("2.png"), output.resolve("2.png"));
        byte[] before = Files.readAllBytes(photo);
        Path maps = output.resolve("maps");
        assertThat(explain(photo, "--output", maps).code()).isZero();

        Ran again = explain(photo, "--output", maps);
        Ran overwritten = explain(photo, "--output", maps, "--overwrite");
        Ran itself = explain(photo, "--output", output, "--overwrite");
        Ran file = explain(photos, "--output", photo);

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
        assertThat(overwritten.code()).as(overwritten.err()).isZero();
        assertThat(itself.code()).isEqualTo(2);
        assertThat(itself.err()).contains("is one of the files that are read");
        assertThat(file.err()).contains("is a file; name a folder");
        assertThat(Files.readAllBytes(photo)).isEqualTo(before);
    }
}
