package io.github.multilabel.core.internal.download;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * How a user names a server that has the same files under the same names: for closed networks.
 *
 * @param property the system property, which comes first
 * @param variable the environment variable
 */
public record Mirror(String property, String variable) {

    /**
     * The folder on the user's server, ending in a slash; empty if none is named.
     *
     * @throws IllegalArgumentException if what is named is no address of HTTP
     */
    public Optional<URI> folder() {
        String value = System.getProperty(property, "");
        if (!value.isBlank()) {
            return Optional.of(folder("-D" + property, value));
        }
        value = Objects.requireNonNullElse(System.getenv(variable), "");
        return value.isBlank() ? Optional.empty() : Optional.of(folder(variable, value));
    }

    /**
     * Reads the address of a folder.
     *
     * @param origin where it was given, for the message
     * @param text with or without the slash at its end
     * @throws IllegalArgumentException if it is no address of HTTP
     */
    public static URI folder(String origin, String text) {
        try {
            URI url = URI.create(text.strip().endsWith("/") ? text.strip() : text.strip() + "/");
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origin + " '" + text + "' is not an address: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                origin + " '" + text + "' is not an address of HTTP, such as https://example.org/files/");
    }
}
