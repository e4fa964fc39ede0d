package io.github.multilabel.cli.program;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The letters of names of categories and files: without this, Java prints question marks where the locale is {@code C},
 * as in containers, and in the charset of an old code page on Windows.
 */
final class Utf8Streams {

    /** What Java puts in the place of bytes that its charset does not have. */
    private static final char REPLACED = '\ufffd';

    private Utf8Streams() {}

    /** Lets standard output and standard error write UTF-8, or what the console of Windows shows. */
    static void set() {
        Charset charset = charset(System.getProperty("os.name", ""), Optional.ofNullable(System.console()));
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset));
        System.setErr(new WordedLog(new FileOutputStream(FileDescriptor.err), charset));
    }

    private static Charset charset(String system, Optional<Console> console) {
        boolean isWindows = system.toLowerCase(Locale.ROOT).startsWith("windows");
        return console.filter(there -> isWindows).map(Console::charset).orElse(StandardCharsets.UTF_8);
    }

    /** What to do if an argument was not understood when the process began; empty if all were. */
    static Optional<String> mangled(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.indexOf(REPLACED) >= 0)
                .findFirst()
                .map(argument -> "'" + argument.replace(REPLACED, '?') + "' has letters that this process cannot read:"
                        + " its locale is "
                        + Optional.ofNullable(System.getenv("LC_ALL"))
                                .or(() -> Optional.ofNullable(System.getenv("LANG")))
                                .orElse("C")
                        + ". Put LC_ALL=C.UTF-8 before the command, or set it in the environment; names of files with"
                        + " such letters are found then, too");
    }
}
