package io.github.multilabel.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.split.DataSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldPredictionsTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("type", "Coupe", "SUV"));

    @TempDir
    Path folder;

    private Path fold(String name, String... lines) throws IOException {
        Path fold = Files.createDirectories(folder.resolve(name));
        Files.writeString(fold.resolve("predictions.csv"), String.join("\r\n", lines) + "\r\n");
        return fold;
    }

    @Test
    void aColumnOfOneFoldAloneIsEmptyInTheOthers() throws IOException {
        // given models of which the second alone may answer "unknown", names that need quotes, and a bad image, c.jpg
        List<Sample> samples = Stream.of("a,1.jpg", "b.jpg", "c.jpg", "d.jpg")
                .map(name -> Sample.of(Path.of(name), Labels.missing(HEADS)))
                .toList();
        Path first = fold("1", "source,type.prediction,problem", "\"a,1.jpg\",SUV,", "d.jpg,\"SUV \"\"x\"\"\",");
        Path second = fold("2", "source,type.prediction,type.unknown,problem", "b.jpg,Coupe,true,");

        // when they are joined
        String joined = FoldPredictions.join(
                List.of(first, second), samples, DataSplit.byName(List.of("fold 1", "fold 2", "fold 1", "fold 1")));

        // then the rows are in the order of the table, each cell under its column
        assertThat(joined)
                .isEqualTo("source,type.prediction,type.unknown,problem\r\n\"a,1.jpg\",SUV,,\r\nb.jpg,Coupe,true,\r\n"
                        + "d.jpg,\"SUV \"\"x\"\"\",,\r\n");
    }
}
