package io.github.multilabel.core.internal;

import java.io.Console;

/** The terminal at which a person may sit. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard output is one. From JDK 22 on there is a console also where it is a file. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console is a terminal
        }
    }
}
