package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.cli.Multilabel;
import io.github.multilabel.testsupport.Ran;
import io.github.multilabel.testsupport.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that are the command with defaults, as a user types them. */
class ProgramsTest {

    @TempDir
    Path folder;

    private static String out(List<String> defaults, Object... words) {
        String[] typed = Stream.of(words).map(Object::toString).toArray(String[]::new);
        Ran ran = Ran.of(() -> Multilabel.execute(defaults, typed));
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out();
    }

    @Test
    void carsAreTrainedEvaluatedAndPredicted() throws Exception {
        Path cars = SyntheticCars.builder()
                .optTrain(64)
                .optTest(16)
                .optImageSize(32)
                .build()
                .writeTo(folder.resolve("cars"));
        Path output = folder.resolve("trained");
        Path model = output.resolve("model");

        assertThat(out(
                        TrainStanfordCars.DEFAULTS,
                        "--data",
                        cars,
                        "--backbone=small",
                        "--image-size=32",
                        "--epochs=1",
                        "--output",
                        output))
                .contains("training on 64 photos, evaluating on 16 photos", "are in " + output);
        assertThat(out(
                        EvaluateStanfordCars.DEFAULTS,
                        "--model",
                        model,
                        "--data",
                        cars,
                        "--output",
                        folder.resolve("evaluated")))
                .contains("on 16 images (test)");
        assertThat(out(
                        PredictCar.DEFAULTS,
                        "--model",
                        model,
                        cars.resolve("cars_test").resolve("00001.jpg")))
                .contains("\"brand\"");
    }

    @Test
    void aTableIsTrained() throws Exception {
        Path labels = Shapes.write(Shapes.draw(40, 1), folder);
        Path output = folder.resolve("trained");
        assertThat(out(
                        TrainFromTable.DEFAULTS,
                        "--csv",
                        labels,
                        "--images",
                        folder.resolve("photos"),
                        "--head=colour",
                        "--backbone=small",
                        "--image-size=32",
                        "--epochs=1",
                        "--output",
                        output))
                .contains("training on 32 images, evaluating on 8 (validation)", "are in " + output);
    }
}
