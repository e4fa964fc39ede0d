package io.github.multilabel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A pom as users get it, and what it has to say. */
final class PublishedPom {

    private static final Map<String, String> NEEDED = Map.of(
            "a name", "/project/name",
            "a description", "/project/description",
            "an address", "/project/url",
            "the name of a licence", "/project/licenses/license/name",
            "the address of a licence", "/project/licenses/license/url",
            "a developer", "/project/developers/developer/name",
            "scm/connection", "/project/scm/connection",
            "scm/developerConnection", "/project/scm/developerConnection",
            "scm/url", "/project/scm/url");

    private final XPath paths = XPathFactory.newInstance().newXPath();
    private final Document document;
    private final String text;

    private PublishedPom(Document document, String text) {
        this.document = document;
        this.text = text;
    }

    static PublishedPom read(Path file) throws IOException {
        try {
            return new PublishedPom(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()),
                    Files.readString(file));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " is no pom: " + e.getMessage(), e);
        }
    }

    boolean isPomOnly() {
        return value("/project/packaging").equals("pom");
    }

    /** What is wrong with this pom of a release. */
    List<String> problems(String group, String artifact, String version) {
        List<String> problems = new ArrayList<>();
        require("groupId", group, artifact, problems);
        require("artifactId", artifact, artifact, problems);
        require("version", version, artifact, problems);
        NEEDED.forEach((what, path) -> {
            if (value(path).isBlank()) {
                problems.add(artifact + ".pom lacks " + what);
            }
        });
        Map<String, String> banned = Map.of(
                "/project/parent", "has a parent",
                "/project/repositories", "names repositories of its own",
                "/project/pluginRepositories", "names repositories of its own",
                "//dependency[scope='system']", "has a dependency on a file",
                "/project/dependencies/dependency[not(version)]", "has a dependency without a version",
                "/project/dependencies/dependency[scope='test']", "has a dependency of tests");
        banned.forEach((path, what) -> {
            if (!values(path).isEmpty()) {
                problems.add(artifact + ".pom " + what);
            }
        });
        if (text.contains("${")) {
            problems.add(artifact + ".pom has a property that is not resolved: "
                    + text.lines()
                            .filter(line -> line.contains("${"))
                            .map(String::strip)
                            .collect(Collectors.joining(", ")));
        }
        if (values("//dependency/version").stream().anyMatch(used -> used.endsWith("-SNAPSHOT"))) {
            problems.add(artifact + ".pom depends on a snapshot");
        }
        return problems;
    }

    /** The artifacts of a group that this one depends on. */
    Set<String> dependencies(String group) {
        return new TreeSet<>(values("/project/dependencies/dependency[groupId='" + group + "']/artifactId"));
    }

    /** The artifacts of a group whose versions it manages. */
    Set<String> managed(String group) {
        return new TreeSet<>(
                values("/project/dependencyManagement/dependencies/dependency[groupId='" + group + "']/artifactId"));
    }

    /** The version that it manages of an artifact, of any classifier; empty if it names none. */
    String managedVersion(String group, String artifact) {
        return value("/project/dependencyManagement/dependencies/dependency[groupId='" + group + "'][artifactId='"
                + artifact + "']/version");
    }

    private void require(String element, String expected, String artifact, List<String> problems) {
        String found = value("/project/" + element);
        if (!found.equals(expected)) {
            problems.add(artifact + ".pom has the " + element + " '" + found + "' instead of '" + expected + "'");
        }
    }

    private String value(String path) {
        return values(path).stream().findFirst().orElse("");
    }

    private List<String> values(String path) {
        try {
            NodeList nodes = (NodeList) paths.evaluate(path, document, XPathConstants.NODESET);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                values.add(nodes.item(i).getTextContent().strip());
            }
            return values;
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
