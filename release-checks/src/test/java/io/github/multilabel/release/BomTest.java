package io.github.multilabel.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BomTest {

    private static PublishedPom bom;

    @BeforeAll
    static void read() throws IOException {
        bom = PublishedPom.read(Build.target("bom").resolve("pom.xml"));
    }

    @Test
    void itNamesEachPublishedModule() {
        assertThat(bom.managed("io.github.multilabel"))
                .containsExactlyInAnyOrderElementsOf(Build.PUBLISHED.stream()
                        .map(module -> "multilabel-" + module)
                        .toList());
    }

    @Test
    void itsVersionsAreThoseThatTheModulesAreBuiltWith() throws IOException {
        assertThat(RuntimeDependency.of("core"))
                .filteredOn(dependency -> dependency.group().startsWith("ai.djl"))
                .extracting(RuntimeDependency::artifact)
                .contains("api", "pytorch-engine");
        for (RuntimeDependency used : RuntimeDependency.of("core")) {
            if (used.group().startsWith("ai.djl")) {
                assertThat(bom.managedVersion(used.group(), used.artifact()))
                        .as("%s", used)
                        .isEqualTo(used.version());
            }
        }
    }

    @Test
    void theNativeLibraryFitsTheBridge() {
        String engine = bom.managedVersion("ai.djl.pytorch", "pytorch-engine");
        String library = bom.managedVersion("ai.djl.pytorch", "pytorch-native-cpu");

        assertThat(bom.managedVersion("ai.djl.pytorch", "pytorch-jni")).isEqualTo(library + "-" + engine);
    }
}
