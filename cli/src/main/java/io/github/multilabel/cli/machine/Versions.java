package io.github.multilabel.cli.machine;

import ai.djl.engine.Engine;
import io.github.multilabel.model.LibraryVersion;

/**
 * The versions of the programs that compute.
 *
 * @param multilabel this library
 * @param djl Deep Java Library
 * @param java the Java that runs
 */
public record Versions(String multilabel, String djl, String java) {

    /** Those of this process. */
    public static Versions here() {
        return new Versions(
                LibraryVersion.get(),
                Engine.getDjlVersion(),
                System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
    }
}
