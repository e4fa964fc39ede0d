package io.github.multilabel.cli.config;

import java.util.regex.Pattern;

/** Takes passwords out of addresses, so that they are in no file that people pass on. */
final class Secrets {

    /** Stands where a password was. */
    static final String MASK = "***";

    /** {@code https://user:password@host}, {@code jdbc:postgresql://user:password@host}. */
    private static final Pattern IN_AUTHORITY =
            Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://[^/?#\\s:@]*:)[^/?#\\s]*@");

    /** {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern IN_ORACLE = Pattern.compile("(?i)(jdbc:oracle:\\w+:[^/@\\s]+/)[^@\\s]+@");

    /** {@code password=...} of a query, or after a semicolon as SQL Server has it. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)((?:^|[?&;,\\s])[\\w.-]*"
            + "(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|signature|sig|credential)[\\w.-]*=)"
            + "(?:\\{[^}]*}|[^&;,\\s]*)");

    private Secrets() {}

    static String masked(String text) {
        if (!text.contains("://") && !text.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return text;
        }
        String masked = IN_AUTHORITY.matcher(text).replaceAll("$1" + MASK + "@");
        masked = IN_ORACLE.matcher(masked).replaceAll("$1" + MASK + "@");
        return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
    }

    /** Whether a text of a file had a password once. */
    static boolean isMasked(String text) {
        return text.contains(MASK) && masked(text).equals(text);
    }
}
