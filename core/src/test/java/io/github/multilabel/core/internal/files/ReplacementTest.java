package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {

    private static final Map<String, String> OLD =
            Map.of("curves", "old", "metrics", "old", "model/weights", "old", "notes", "mine");
    private static final Map<String, String> NEW =
            Map.of("metrics", "new", "model/weights", "new", "notes", "mine", "steps", "new");

    @TempDir
    private Path folder;

    private Replacement replacement;

    @BeforeEach
    void anEarlierSetAndOneThatIsMade() throws IOException {
        replacement = new Replacement(folder, List.of("metrics", "curves")::contains);
        write(folder, "metrics", "old");
        write(folder, "curves", "old");
        write(folder, "model/weights", "old");
        write(folder, "notes", "mine");
        write(replacement.place(), "metrics", "new");
        write(replacement.place(), "model/weights", "new");
        write(replacement.place(), "steps", "new");
    }

    private static void write(Path folder, String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** What a user sees: hidden folders apart. */
    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith(".")) {
                    content.put(name, Files.readString(file));
                }
            }
        }
        return content;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void untilItIsCompleteNothingChanges() throws IOException {
        replacement.recover();
        assertThat(content()).isEqualTo(OLD);
        assertThat(replacement.isBegun()).isTrue();
        replacement.discard();
        assertThat(names()).containsExactly("curves", "metrics", "model", "notes");
    }

    @Test
    void thenAllComesAndAllThatIsOldGoes() throws IOException {
        replacement.complete();
        assertThat(content()).isEqualTo(NEW);
        assertThat(names()).as("nothing hidden is left").containsExactly("metrics", "model", "notes", "steps");
    }

    /** Each prefix of the moves that {@code complete} makes, as a kill leaves it. */
    @Test
    void aKillBetweenAnyTwoMovesLeavesNoMixtureAndIsMadeGood() throws IOException {
        List<String[]> moves = List.of(
                new String[] {".replacement", ".replacement-complete"},
                new String[] {"curves", ".replaced/curves"},
                new String[] {"metrics", ".replaced/metrics"},
                new String[] {"model", ".replaced/model"},
                new String[] {".replacement-complete", ".replacement-arriving"},
                new String[] {".replacement-arriving/metrics", "metrics"},
                new String[] {".replacement-arriving/model", "model"},
                new String[] {".replacement-arriving/steps", "steps"});
        for (int killed = 1; killed <= moves.size(); killed++) {
            for (String[] move : moves.subList(0, killed)) {
                Files.createDirectories(folder.resolve(move[1]).getParent());
                Files.move(folder.resolve(move[0]), folder.resolve(move[1]));
            }
            assertThat(content().values().stream()
                            .filter(text -> !text.equals("mine"))
                            .distinct())
                    .as("after %d moves", killed)
                    .hasSizeLessThan(2);
            replacement.recover();
            assertThat(content()).as("after %d moves", killed).isEqualTo(NEW);
            AtomicOutput.delete(folder.resolve("steps"));
            anEarlierSetAndOneThatIsMade();
        }
    }
}
