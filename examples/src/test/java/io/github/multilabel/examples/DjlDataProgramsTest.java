package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.testsupport.CaptchaFolder;
import io.github.multilabel.testsupport.Ran;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs over data sets of DJL, on drawings that are laid out as DJL lays out the photos. */
class DjlDataProgramsTest {

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    private static Ran run(Callable<Integer> program, Object... words) {
        return Ran.of(() ->
                Launcher.execute(program, Stream.of(words).map(Object::toString).toArray(String[]::new)));
    }

    private BufferedImage fruit(String fruit, boolean fresh) {
        BufferedImage photo = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = photo.createGraphics();
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.fillRect(0, 0, 40, 32);
        graphics.setColor(fruit.equals("apples") ? Color.RED : fruit.equals("banana") ? Color.YELLOW : Color.ORANGE);
        graphics.fillOval(3 + random.nextInt(6), 3 + random.nextInt(6), 25, fruit.equals("banana") ? 10 : 22);
        graphics.setColor(Color.BLACK);
        for (int spot = 0; spot < (fresh ? 0 : 6); spot++) {
            graphics.fillOval(8 + random.nextInt(16), 6 + random.nextInt(12), 5, 5);
        }
        graphics.dispose();
        return photo;
    }

    private void drawFruits(Path root, int ofEach) throws IOException {
        for (String condition : List.of("fresh", "rotten")) {
            for (String fruit : List.of("apples", "banana", "oranges")) {
                Path photos = Files.createDirectories(root.resolve(condition + fruit));
                for (int i = 0; i < ofEach; i++) {
                    ImageIO.write(
                            fruit(fruit, condition.equals("fresh")),
                            "png",
                            photos.resolve(i + ".png").toFile());
                }
            }
        }
    }

    private void drawCaptchas(Path photos, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String digits = String.valueOf(random.nextInt(10_000, 1_000_000));
            BufferedImage captcha = new BufferedImage(160, 60, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = captcha.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, 160, 60);
            graphics.setColor(Color.DARK_GRAY);
            graphics.setFont(new Font(Font.MONOSPACED, Font.BOLD, 36));
            graphics.drawString(digits, 10 + random.nextInt(6), 36 + random.nextInt(10));
            graphics.dispose();
            ImageIO.write(captcha, "jpeg", photos.resolve(digits + ".jpeg").toFile());
        }
    }

    @Test
    void sixClassesOfFruitsAreTwoHeads() throws Exception {
        drawFruits(folder.resolve("train"), 16);
        drawFruits(folder.resolve("test"), 4);

        Ran trained = run(new TrainFruits(), "--data", folder, "--epochs", "3", "--output", folder.resolve("model"));

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("train 96, test 24", "apples", "banana", "oranges", "fresh", "rotten");
        try (MultiLabelModel model = MultiLabelModel.load(folder.resolve("model"))) {
            assertThat(model.heads().names()).containsExactly("fruit", "condition");
        }
    }

    @Test
    void sixDigitsOfACaptchaAreSixHeads() throws Exception {
        CaptchaFolder captchas = new CaptchaFolder(folder);
        drawCaptchas(captchas.images("train"), 48);
        drawCaptchas(captchas.images("validate"), 12);

        Ran trained = run(new TrainCaptcha(captchas), "--epochs", "1", "--output", folder.resolve("model"));

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("digit 0", "digit 5", "none");
        try (MultiLabelModel model = MultiLabelModel.load(folder.resolve("model"))) {
            assertThat(model.heads().size()).isEqualTo(6);
        }
    }

    @Test
    void withoutTheDataTheProgramsSayWhatToDo() {
        Ran nowhere = run(new TrainFruits(), "--data", folder.resolve("absent"));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("absent").doesNotContain("\tat ");

        Ran unreachable = run(new TrainCaptcha(CaptchaFolder.unreachable(folder)));
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.err())
                .startsWith("CaptchaDataset cannot be prepared")
                .contains("needs a network")
                .doesNotContain("\tat ");
    }
}
