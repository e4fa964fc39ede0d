package io.github.multilabel.cli.program;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** Standard error, on which the log of the library names options as they are typed. */
final class WordedLog extends PrintStream {

    /** What the log prints begins with its level, as simplelogger.properties says; nothing else does. */
    private static final Pattern ENTRY = Pattern.compile("(?s)(?:INFO|WARN|ERROR) .*");

    /** Passes on whatever is not of the log as it is. */
    WordedLog(OutputStream err, Charset charset) {
        super(err, true, charset);
    }

    @Override
    public void println(String line) {
        super.println(line != null && ENTRY.matcher(line).matches() ? Flags.of(line) : line);
    }
}
