package io.github.multilabel.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What each artifact brings to an application; whoever changes it changes runtime-dependencies.txt on purpose. Versions
 * are those of the module's build: where its tests bring the same library nearer, an application may get the other one.
 */
class RuntimeDependenciesTest {

    private static final Path EXPECTED = Path.of("src/test/resources/runtime-dependencies.txt");

    @Test
    void eachArtifactBringsTheListedLibrariesAndMegabytes() throws IOException {
        StringBuilder found = new StringBuilder();
        for (String module : Build.PUBLISHED) {
            found.append(section(module));
        }
        Path copy = Files.writeString(Path.of("target/runtime-dependencies-found.txt"), found);

        assertThat(found.toString())
                .as("if the change is meant, copy %s over %s", copy, EXPECTED)
                .isEqualTo(Files.readString(EXPECTED));
    }

    @Test
    void noArtifactBringsLibrariesOfTests() throws IOException {
        for (String module : Build.PUBLISHED) {
            assertThat(RuntimeDependency.of(module))
                    .as("what %s brings", module)
                    .isNotEmpty()
                    .noneMatch(dependency -> (dependency.group() + ":" + dependency.artifact())
                            .matches(".*(junit|opentest4j|assertj|jqwik|archunit|mockito|hamcrest|test-support).*"));
        }
    }

    private static String section(String module) throws IOException {
        List<RuntimeDependency> dependencies = RuntimeDependency.of(module);
        long all = dependencies.stream().mapToLong(RuntimeDependency::bytes).sum();
        return dependencies.stream()
                .map(dependency -> "  " + dependency + "\n")
                .sorted()
                .collect(Collectors.joining(
                        "", "multilabel-" + module + " " + RuntimeDependency.megabytes(all) + "\n", ""));
    }
}
