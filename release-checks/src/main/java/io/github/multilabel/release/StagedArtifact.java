package io.github.multilabel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The files of one artifact in a staged repository. */
final class StagedArtifact {

    private static final List<String> CHECKSUMS = List.of(".md5", ".sha1", ".sha256", ".sha512");

    private final Path folder;
    private final String name;
    private final String version;
    private final boolean signed;

    /**
     * @param artifact the folder of the artifact, which has one folder per version
     * @param signed whether each file needs a signature
     */
    StagedArtifact(Path artifact, String version, boolean signed) {
        this.folder = artifact.resolve(version);
        this.name = artifact.getFileName().toString();
        this.version = version;
        this.signed = signed;
    }

    /** The pom; empty if there is none. */
    Optional<PublishedPom> pom() throws IOException {
        Path file = file(".pom");
        return Files.exists(file) ? Optional.of(PublishedPom.read(file)) : Optional.empty();
    }

    List<String> problems() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of(name + " has no version " + version);
        }
        List<String> problems = new ArrayList<>();
        try (Stream<Path> versions = Files.list(folder.getParent())) {
            versions.filter(other -> Files.isDirectory(other) && !other.equals(folder))
                    .forEach(other -> problems.add(name + " has another version too: " + other.getFileName()));
        }
        for (String ending : neededEndings()) {
            if (!Files.exists(file(ending))) {
                problems.add(file(ending).getFileName() + " is missing");
            }
        }
        for (Path file : published()) {
            problems.addAll(problemsBeside(file));
        }
        problems.addAll(problemsOfJars());
        return problems;
    }

    private List<String> neededEndings() throws IOException {
        boolean isPomOnly = pom().map(PublishedPom::isPomOnly).orElse(false);
        return isPomOnly ? List.of(".pom") : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar");
    }

    /** All files but checksums and signatures. */
    private List<Path> published() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".asc")
                            && CHECKSUMS.stream()
                                    .noneMatch(ending -> file.toString().contains(ending)))
                    .sorted()
                    .toList();
        }
    }

    private List<String> problemsBeside(Path file) throws IOException {
        List<String> problems = new ArrayList<>();
        String fileName = file.getFileName().toString();
        if (!fileName.startsWith(name + "-" + version)) {
            problems.add(fileName + " does not begin with " + name + "-" + version);
        }
        if (signed && !Files.exists(Path.of(file + ".asc"))) {
            problems.add(fileName + " is not signed");
        }
        for (String ending : CHECKSUMS) {
            Path checksum = Path.of(file + ending);
            if (Files.exists(checksum)) {
                if (!Files.readString(checksum).strip().equals(Checksum.of(file, ending.substring(1)))) {
                    problems.add(checksum.getFileName() + " is not the checksum of " + fileName);
                }
            } else if (CHECKSUMS.indexOf(ending) < 2) { // Central asks for these two
                problems.add(checksum.getFileName() + " is missing");
            }
        }
        return problems;
    }

    private List<String> problemsOfJars() throws IOException {
        List<String> problems = new ArrayList<>();
        if (Files.exists(file(".jar"))) {
            try (JarFile jar = new JarFile(file(".jar").toFile())) {
                Manifest manifest = Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new);
                String told = manifest.getMainAttributes().getValue("Implementation-Version");
                if (!version.equals(told)) {
                    problems.add(name + ".jar says that its version is " + told + " instead of " + version);
                }
                if (manifest.getMainAttributes().getValue("Automatic-Module-Name") == null) {
                    problems.add(name + ".jar names no module");
                }
            }
            requireEntry("-sources.jar", ".java", problems);
            requireEntry("-javadoc.jar", "index.html", problems);
        }
        return problems;
    }

    private void requireEntry(String ending, String entryEnding, List<String> problems) throws IOException {
        if (!Files.exists(file(ending))) {
            return;
        }
        try (JarFile jar = new JarFile(file(ending).toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                if (entries.nextElement().getName().endsWith(entryEnding)) {
                    return;
                }
            }
        }
        problems.add(name + ending + " has no " + entryEnding);
    }

    private Path file(String ending) {
        return folder.resolve(name + "-" + version + ending);
    }
}
