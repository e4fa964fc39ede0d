package io.github.multilabel.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine that this process runs on.
 *
 * @param os the operating system with its version
 * @param arch of the processor, as Java names it
 * @param processors that this process may use
 * @param cpu the name of the processor, where the system tells it without being asked by another program
 * @param instructions the extensions of the instruction set that PyTorch uses, where known
 */
public record Machine(String os, String arch, int processors, Optional<String> cpu, List<String> instructions) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern NAME = Pattern.compile("(?m)^(?:model name|Model|Hardware)\\s*:\\s*(.+)$");
    private static final Pattern FLAGS = Pattern.compile("(?m)^(?:flags|Features)\\s*:\\s*(.+)$");

    /** Flags of Linux for x86, then those for ARM. */
    private static final List<String> USED = List.of(
            "avx2",
            "avx512f",
            "avx512_bf16",
            "avx512_fp16",
            "avx512_vnni",
            "avx_vnni",
            "amx_tile",
            "amx_bf16",
            "amx_int8",
            "amx_fp16",
            "asimd",
            "asimdhp",
            "asimddp",
            "bf16",
            "i8mm",
            "sve",
            "sve2");

    /** Copies the list. */
    public Machine {
        instructions = List.copyOf(instructions);
    }

    /** This one. */
    public static Machine here() {
        String info = "";
        try {
            info = Files.readString(CPU_INFO);
        } catch (IOException e) {
            // not Linux: Java itself does not know either
        }
        return of(info);
    }

    static Machine of(String cpuInfo) {
        Matcher name = NAME.matcher(cpuInfo);
        Matcher flags = FLAGS.matcher(cpuInfo);
        List<String> known = flags.find() ? Arrays.asList(flags.group(1).split("\\s+")) : List.of();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                name.find() ? Optional.of(name.group(1).strip()) : Optional.empty(),
                USED.stream().filter(known::contains).toList());
    }
}
