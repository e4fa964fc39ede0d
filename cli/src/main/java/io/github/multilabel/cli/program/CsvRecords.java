package io.github.multilabel.cli.program;

/** The lines of a table in CSV (RFC 4180), whose quoted cells may have ends of lines of their own. */
final class CsvRecords {

    private final String text;
    private int start;

    CsvRecords(String text) {
        this.text = text;
    }

    /** The next line without its end; empty if there is none. */
    String peek() {
        return text.substring(start, end());
    }

    /** The next line, which is passed. */
    String next() {
        String record = peek();
        int end = end();
        start = Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1));
        return record;
    }

    private int end() {
        boolean isQuoted = false;
        int end = start;
        while (end < text.length() && (isQuoted || text.charAt(end) != '\r' && text.charAt(end) != '\n')) {
            isQuoted ^= text.charAt(end) == '"';
            end++;
        }
        return end;
    }
}
