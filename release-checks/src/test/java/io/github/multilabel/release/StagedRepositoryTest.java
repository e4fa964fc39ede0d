package io.github.multilabel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedRepositoryTest {

    private static final String BOM =
            """
            <packaging>pom</packaging>
            <dependencyManagement><dependencies>
              <dependency>
                <groupId>io.github.multilabel</groupId><artifactId>multilabel-core</artifactId>
                <version>1.2.0</version>
              </dependency>
            </dependencies></dependencyManagement>
            """;
    private static final String CORE =
            """
            <dependencies>
              <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.17</version></dependency>
            </dependencies>
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void deployARelease() throws IOException {
        deployPom("multilabel-bom", BOM);
        deployPom("multilabel-core", CORE);
        deployJar("multilabel-core", ".jar", "1.2.0", "io/github/multilabel/core/Head.class");
        deployJar("multilabel-core", "-sources.jar", "1.2.0", "io/github/multilabel/core/Head.java");
        deployJar("multilabel-core", "-javadoc.jar", "1.2.0", "index.html");
    }

    @Test
    void aWholeReleaseHasNoProblems() throws IOException {
        assertThat(problems()).isEmpty();
        StagedRepository.main(new String[] {folder.toString(), "1.2.0"});
    }

    @Test
    void aReleaseWithProblemsStopsTheBuildAndNamesAllOfThem() throws IOException {
        Files.delete(file("multilabel-core", "-sources.jar"));
        Files.delete(file("multilabel-core", "-javadoc.jar"));

        assertThatIllegalStateException()
                .isThrownBy(() -> StagedRepository.main(new String[] {folder.toString(), "1.2.0"}))
                .withMessageContaining("multilabel-core-1.2.0-sources.jar is missing")
                .withMessageContaining("multilabel-core-1.2.0-javadoc.jar is missing");
    }

    @Test
    void anEmptyFolderIsNoRelease() throws IOException {
        assertThat(new StagedRepository(folder.resolve("other"), "1.2.0").problems())
                .singleElement()
                .asString()
                .contains("nothing was deployed there");
    }

    @Test
    void aSnapshotIsNoRelease() throws IOException {
        assertThat(new StagedRepository(folder, "1.2.0-SNAPSHOT").problems())
                .contains(
                        "1.2.0-SNAPSHOT is no release: set the version first",
                        "multilabel-core has no version 1.2.0-SNAPSHOT");
    }

    @Test
    void checksumsMustBeThereAndRight() throws IOException {
        Files.delete(Path.of(file("multilabel-core", ".jar") + ".md5"));
        Files.writeString(Path.of(file("multilabel-core", ".pom") + ".sha1"), "0123");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "multilabel-core-1.2.0.jar.md5 is missing",
                        "multilabel-core-1.2.0.pom.sha1 is not the checksum of multilabel-core-1.2.0.pom");
    }

    @Test
    void whatIsSignedAtAllIsSignedThroughout() throws IOException {
        Files.writeString(Path.of(file("multilabel-core", ".jar") + ".asc"), "signature");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "multilabel-bom-1.2.0.pom is not signed",
                        "multilabel-core-1.2.0.pom is not signed",
                        "multilabel-core-1.2.0-sources.jar is not signed",
                        "multilabel-core-1.2.0-javadoc.jar is not signed");
    }

    @Test
    void aPomSaysAllThatCentralAsksFor() throws IOException {
        deploy(file("multilabel-core", ".pom"), "<project><modelVersion>4.0.0</modelVersion></project>".getBytes());

        assertThat(problems())
                .contains(
                        "multilabel-core.pom has the version '' instead of '1.2.0'",
                        "multilabel-core.pom lacks a name",
                        "multilabel-core.pom lacks a description",
                        "multilabel-core.pom lacks an address",
                        "multilabel-core.pom lacks the name of a licence",
                        "multilabel-core.pom lacks a developer",
                        "multilabel-core.pom lacks scm/connection");
    }

    @Test
    void aPomNeedsNothingThatIsNotPublished() throws IOException {
        deployPom(
                "multilabel-core",
                """
                <parent><artifactId>multilabel-parent</artifactId></parent>
                <dependencies>
                  <dependency>
                    <groupId>io.github.multilabel</groupId><artifactId>multilabel-test-support</artifactId>
                    <version>1.2.0-SNAPSHOT</version><scope>test</scope>
                  </dependency>
                  <dependency><groupId>ai.djl</groupId><artifactId>api</artifactId></dependency>
                  <dependency>
                    <groupId>ai.djl</groupId><artifactId>model-zoo</artifactId><version>${djl.version}</version>
                  </dependency>
                </dependencies>
                """);

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "multilabel-core depends on multilabel-test-support, which is not published",
                        "multilabel-core.pom has a parent",
                        "multilabel-core.pom has a dependency of tests",
                        "multilabel-core.pom has a dependency without a version",
                        "multilabel-core.pom depends on a snapshot",
                        "multilabel-core.pom has a property that is not resolved: <groupId>ai.djl</groupId>"
                                + "<artifactId>model-zoo</artifactId><version>${djl.version}</version>");
    }

    @Test
    void theBomNamesWhatIsPublished() throws IOException {
        deployPom("multilabel-extra", "<packaging>pom</packaging>");

        assertThat(problems())
                .containsExactly("multilabel-bom names [multilabel-core], but what is published is"
                        + " [multilabel-core, multilabel-extra]");
    }

    @Test
    void aJarSaysItsVersionAndItsModule() throws IOException {
        deployJar("multilabel-core", ".jar", "1.1.0", "a.class");

        assertThat(problems()).containsExactly("multilabel-core.jar says that its version is 1.1.0 instead of 1.2.0");
    }

    @Test
    void jarsOfSourcesAndJavadocAreNotEmpty() throws IOException {
        deployJar("multilabel-core", "-sources.jar", "1.2.0", "META-INF/LICENSE");
        deployJar("multilabel-core", "-javadoc.jar", "1.2.0", "META-INF/LICENSE");

        assertThat(problems())
                .containsExactly(
                        "multilabel-core-sources.jar has no .java", "multilabel-core-javadoc.jar has no index.html");
    }

    @Test
    void anOlderReleaseInTheFolderIsTold() throws IOException {
        Files.createDirectories(folder.resolve("io/github/multilabel/multilabel-core/1.1.0"));

        assertThat(problems()).containsExactly("multilabel-core has another version too: 1.1.0");
    }

    private Iterable<String> problems() throws IOException {
        return new StagedRepository(folder, "1.2.0").problems();
    }

    private void deployPom(String artifact, String content) throws IOException {
        deploy(
                file(artifact, ".pom"),
                """
                <project>
                  <groupId>io.github.multilabel</groupId><artifactId>%s</artifactId><version>1.2.0</version>
                  <name>%1$s</name><description>a part</description><url>https://example.org</url>
                  <licenses><license><name>Apache-2.0</name><url>https://example.org/licence</url></license></licenses>
                  <developers><developer><name>the project</name></developer></developers>
                  <scm>
                    <connection>scm:git:a</connection><developerConnection>scm:git:b</developerConnection><url>c</url>
                  </scm>
                  %s
                </project>
                """
                        .formatted(artifact, content)
                        .getBytes());
    }

    private void deployJar(String artifact, String ending, String version, String entry) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Implementation-Version", version);
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "a.module");
        Path jar = folder.resolve("new.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(entry));
        }
        deploy(file(artifact, ending), Files.readAllBytes(jar));
        Files.delete(jar);
    }

    private static void deploy(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.writeString(Path.of(file + ".md5"), Checksum.of(file, "md5"));
        Files.writeString(Path.of(file + ".sha1"), Checksum.of(file, "sha1"));
    }

    private Path file(String artifact, String ending) {
        return folder.resolve("io/github/multilabel")
                .resolve(artifact)
                .resolve("1.2.0")
                .resolve(artifact + "-1.2.0" + ending);
    }
}
