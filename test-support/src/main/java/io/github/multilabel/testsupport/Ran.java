package io.github.multilabel.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * What came of a program.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained of
 */
public record Ran(int code, String out, String err) {

    /** Runs it in this process. */
    public static Ran of(IntSupplier program) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int[] code = new int[1];
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String complained = StandardError.during(() -> code[0] = program.getAsInt());
            return new Ran(code[0], printed.toString(StandardCharsets.UTF_8), complained);
        } finally {
            System.setOut(before);
        }
    }
}
