package io.github.multilabel.cli.info;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.machine.Machine;
import io.github.multilabel.cli.machine.Versions;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has. */
final class MachineReport {

    private static final String OFFLINE = "ai.djl.offline";
    private static final double GIGABYTE = 1e9;

    private MachineReport() {}

    static JsonObject of() {
        JsonObject report = new JsonObject();
        Versions versions = Versions.here();
        report.addProperty("multilabel", versions.multilabel());
        report.addProperty("djl", versions.djl());
        report.addProperty("java", versions.java());
        report.addProperty("javaHome", System.getProperty("java.home"));
        Machine machine = Machine.here();
        report.addProperty("os", machine.os());
        report.addProperty("arch", machine.arch());
        machine.cpu().ifPresent(cpu -> report.addProperty("cpu", cpu));
        report.addProperty("processors", machine.processors());
        report.add("instructions", Reports.list(machine.instructions()));
        memory().ifPresent(gigabytes -> report.addProperty("memoryGigabytes", gigabytes));
        report.addProperty("heapGigabytes", gigabytes(Runtime.getRuntime().maxMemory()));
        report.add("pytorch", pytorch());
        report.add("caches", caches());
        return report;
    }

    private static Optional<Number> memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Optional.of(gigabytes(system.getTotalMemorySize()))
                : Optional.empty();
    }

    private static Number gigabytes(long bytes) {
        return Double.valueOf(String.format(Locale.ROOT, "%.1f", bytes / GIGABYTE));
    }

    /** Starts PyTorch, without letting DJL fetch what is not there. */
    private static JsonObject pytorch() {
        JsonObject report = new JsonObject();
        String before = System.getProperty(OFFLINE);
        System.setProperty(OFFLINE, "true");
        try {
            Engine engine = TorchEngine.get();
            report.addProperty("version", engine.getVersion());
            report.addProperty("library", TorchEngine.library().toString());
            report.addProperty("nativeThreadsByDefault", TorchEngine.threads());
            report.add("devices", devices(engine));
        } catch (IllegalStateException e) {
            report.addProperty("problem", String.valueOf(e.getMessage()));
            report.add("devices", new JsonArray());
        } finally {
            if (before == null) {
                System.clearProperty(OFFLINE);
            } else {
                System.setProperty(OFFLINE, before);
            }
        }
        return report;
    }

    private static JsonArray devices(Engine engine) {
        JsonArray devices = new JsonArray();
        for (int i = 0; i < engine.getGpuCount(); i++) {
            devices.add(device("gpu" + i, Device.gpu(i)));
        }
        devices.add(device("cpu", Device.cpu()));
        return devices;
    }

    private static JsonObject device(String name, Device device) {
        JsonObject report = new JsonObject();
        report.addProperty("name", name);
        Optional<List<Precision>> half = Precision.inHardware(device);
        if (half.isPresent()) {
            JsonArray precisions = new JsonArray();
            precisions.add("float32");
            half.get().forEach(precision -> precisions.add(precision.name().toLowerCase(Locale.ROOT)));
            report.add("nativePrecisions", precisions);
        } else {
            report.addProperty("nativePrecisions", "float32; nothing is known of others");
        }
        return report;
    }

    private static JsonArray caches() {
        JsonArray caches = new JsonArray();
        Path cache = Utils.getCacheDir().toAbsolutePath();
        caches.add(folder("weights", cache.resolve("multilabel").resolve("weights")));
        caches.add(folder("native libraries", Utils.getEngineCacheDir("pytorch").toAbsolutePath()));
        caches.add(folder("all of DJL's cache", cache));
        return caches;
    }

    private static JsonObject folder(String name, Path folder) {
        JsonObject report = new JsonObject();
        report.addProperty("name", name);
        report.addProperty("in", folder.toString());
        if (Files.isDirectory(folder)) {
            report.addProperty("megabytes", Reports.megabytes(size(folder)));
        } else {
            report.addProperty("there", false);
        }
        return report;
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(MachineReport::length)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // another process may just be deleting it
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
