package io.github.multilabel.release;

import java.nio.file.Path;
import java.util.List;

/** Where the modules of this build lie. */
final class Build {

    /** The modules that users get, in the order in which they need each other. */
    static final List<String> PUBLISHED = List.of(
            "core",
            "data",
            "dataset-stanford-cars",
            "model-multihead",
            "onnx",
            "openvino",
            "serving",
            "spring-boot-starter",
            "evaluation",
            "training",
            "cli",
            "spark");

    private static final Path ROOT = Path.of(System.getProperty("multilabel.root", ".."));

    private Build() {}

    static boolean isPublished(String artifact) {
        return PUBLISHED.stream().anyMatch(module -> artifact.equals("multilabel-" + module));
    }

    /** What the build of a module wrote. */
    static Path target(String module) {
        return ROOT.resolve(module).resolve("target");
    }
}
