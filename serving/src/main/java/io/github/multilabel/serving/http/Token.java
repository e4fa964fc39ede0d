package io.github.multilabel.serving.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What callers must know. */
final class Token {

    private static final String SCHEME = "Bearer ";

    private final byte[] expected;

    Token(String token) {
        this.expected = bytes(token);
    }

    /**
     * Whether a header has it. It takes as long whatever is wrong.
     *
     * @param authorization the header, if it is there
     */
    boolean isIn(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        expected, bytes(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
