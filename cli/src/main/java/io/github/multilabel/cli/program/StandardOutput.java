package io.github.multilabel.cli.program;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;

/** Standard output and standard error as writers, in whatever charset the streams write. */
public final class StandardOutput extends Writer {

    private final PrintStream stream;
    private final boolean isChecked;

    private StandardOutput(PrintStream stream, boolean isChecked) {
        this.stream = stream;
        this.isChecked = isChecked;
    }

    /** Standard output, for results: what cannot be written is a failure, where {@link System#out} passes over it. */
    public static Writer writer() {
        return new StandardOutput(System.out, true);
    }

    /** For messages; picocli's own would encode them as the locale says, whatever the stream does. */
    static PrintWriter printer(PrintStream stream) {
        return new PrintWriter(new StandardOutput(stream, false), true);
    }

    @Override
    public void write(char[] text, int start, int length) {
        stream.print(new String(text, start, length));
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
        if (isChecked && stream.checkError()) {
            throw new IOException(
                    "standard output cannot be written: the disk is full, or the program that reads it" + " has ended");
        }
    }

    /** Flushes; the stream stays open. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
