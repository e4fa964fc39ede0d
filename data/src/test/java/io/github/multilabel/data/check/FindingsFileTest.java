package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.util.JsonUtils;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings for other programs. */
class FindingsFileTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("brand", "Audi", "BMW"));

    @TempDir
    Path folder;

    private static DataReport report() {
        List<Sample> samples = IntStream.range(0, 6)
                .mapToObj(row -> new Sample(
                        ImageSource.of("photos/" + row + ".jpg", new byte[0]),
                        Labels.missing(HEADS),
                        "cars.csv line " + (row + 2)))
                .toList();
        DataSplit split = DataSplit.byName(List.of("train", "train", "train", "train", "train", "validation"));
        return new DataReport(
                samples,
                Optional.of(split),
                List.of(
                        new Finding(
                                Kind.NEAR_DUPLICATE,
                                Severity.INFO,
                                List.of(0, 1, 2, 3, 4, 5),
                                "look the same: \"a\", b"),
                        new Finding(Kind.HEAD_WITHOUT_LABELS, Severity.ERROR, List.of(), "no label for 'brand'")),
                List.of());
    }

    @Test
    void csvHasALineForEachImageOfEachFinding() throws IOException {
        Path file = folder.resolve("new").resolve("findings.csv");
        report().write(file);
        assertThat(Files.readAllLines(file))
                .hasSize(8)
                .startsWith(
                        "finding,kind,severity,row,image,origin,part,message",
                        "1,HEAD_WITHOUT_LABELS,ERROR,,,,,no label for 'brand'",
                        "2,NEAR_DUPLICATE,INFO,0,photos/0.jpg,cars.csv line 2,train,\"look the same: \"\"a\"\", b\"")
                .endsWith(
                        "2,NEAR_DUPLICATE,INFO,5,photos/5.jpg,cars.csv line 7,validation,\"look the same: \"\"a\"\", b\"");
    }

    @Test
    void jsonHasTheSame() throws IOException {
        Path file = folder.resolve("findings.JSON");
        report().write(file);
        Map<?, ?> json = JsonUtils.GSON.fromJson(Files.readString(file), Map.class);
        assertThat(json.get("rows")).isEqualTo(6.0);
        assertThat(json.get("usable")).isEqualTo(false);
        assertThat((List<?>) json.get("findings")).hasSize(2).satisfies(findings -> {
            Map<?, ?> near = (Map<?, ?>) findings.get(1);
            assertThat(near.get("kind")).isEqualTo("NEAR_DUPLICATE");
            assertThat(near.get("message")).isEqualTo("look the same: \"a\", b");
            assertThat((List<?>) near.get("images"))
                    .hasSize(6)
                    .last()
                    .isEqualTo(Map.of(
                            "row", 5.0, "image", "photos/5.jpg", "origin", "cars.csv line 7", "part", "validation"));
        });
    }

    @Test
    void aFolderInTheFilesPlaceIsAnError() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("findings.csv").resolve("x"));
        assertThatIOException().isThrownBy(() -> report().write(taken.getParent()));
    }
}
