package io.github.multilabel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that a release was deployed to, in the layout of a Maven repository, held to the rules of Maven Central:
 * each artifact has its jar, sources, Javadoc and checksums, its pom says all that Central asks for, and everything of
 * multilabel that it depends on is there too. What is signed at all must be signed throughout.
 *
 * @see <a href="https://central.sonatype.org/publish/requirements/">Central's requirements</a>
 */
final class StagedRepository {

    private static final String GROUP = "io.github.multilabel";
    private static final String BOM = "multilabel-bom";

    private final Path folder;
    private final String version;

    StagedRepository(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /**
     * Prints every problem of the folder, the first argument, that has the release of the second; fails if there is
     * one.
     */
    public static void main(String[] arguments) throws IOException {
        StagedRepository staged = new StagedRepository(Path.of(arguments[0]), arguments[1]);
        List<String> problems = staged.problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    staged.folder + " would be refused by Maven Central:\n- " + String.join("\n- ", problems));
        }
        System.out.println(staged.folder + " follows the rules of Maven Central: "
                + staged.artifacts().size() + " artifacts of version " + staged.version
                + (staged.isSigned() ? ", signed" : ", not signed"));
    }

    /** All that Maven Central would refuse; empty if it would take the folder. */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        if (version.endsWith("-SNAPSHOT")) {
            problems.add(version + " is no release: set the version first");
        }
        Set<String> artifacts = artifacts();
        if (!artifacts.contains(BOM)) {
            return List.of(groupFolder() + " has no " + BOM + ": nothing was deployed there");
        }
        boolean signed = isSigned();
        for (String artifact : artifacts) {
            StagedArtifact staged = new StagedArtifact(groupFolder().resolve(artifact), version, signed);
            problems.addAll(staged.problems());
            staged.pom().ifPresent(pom -> {
                problems.addAll(pom.problems(GROUP, artifact, version));
                for (String needed : pom.dependencies(GROUP)) {
                    if (!artifacts.contains(needed)) {
                        problems.add(artifact + " depends on " + needed + ", which is not published");
                    }
                }
            });
        }
        problems.addAll(problemsOfBom(artifacts));
        return problems;
    }

    /** The BOM names what is published, no more and no less. */
    private List<String> problemsOfBom(Set<String> artifacts) throws IOException {
        Set<String> published = new TreeSet<>(artifacts);
        published.remove(BOM);
        Set<String> named = new StagedArtifact(groupFolder().resolve(BOM), version, false)
                .pom()
                .map(pom -> pom.managed(GROUP))
                .orElse(published);
        return named.equals(published)
                ? List.of()
                : List.of(BOM + " names " + named + ", but what is published is " + published);
    }

    private boolean isSigned() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".asc"));
        }
    }

    private Set<String> artifacts() throws IOException {
        if (!Files.isDirectory(groupFolder())) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(groupFolder())) {
            return folders.filter(Files::isDirectory)
                    .map(artifact -> artifact.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Path groupFolder() {
        return folder.resolve(GROUP.replace('.', '/'));
    }
}
