package io.github.multilabel.serving.http;

import java.util.Optional;

/** The version of this library. */
final class Version {

    private Version() {}

    /** As its jar says; {@code unknown} of classes without a jar. */
    static String of() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
