package io.github.multilabel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The resident memory of this process at several moments, heap and native together. Linux only. */
final class ResidentMemory {

    private final List<Double> megabytes = new ArrayList<>();

    /** Notes what it is now. */
    void note() {
        try {
            megabytes.add(Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first half is taken for warm-up: kernels, allocators and compilers come to rest. */
    void print(String when) {
        List<Double> second = megabytes.subList(megabytes.size() / 2, megabytes.size());
        System.out.printf(
                Locale.ROOT,
                "MB resident %s: %s%nin the second half from %.1f to %.1f, %+.2f from its begin to its end%n",
                when,
                megabytes.stream()
                        .map(each -> String.format(Locale.ROOT, "%.0f", each))
                        .toList(),
                second.stream().mapToDouble(each -> each).min().orElseThrow(),
                second.stream().mapToDouble(each -> each).max().orElseThrow(),
                second.get(second.size() - 1) - second.get(0));
    }
}
