package photos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as a process, with what it logs. */
final class RunningJar implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started on port (\\d+)");
    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final StringBuffer log = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private RunningJar(Process process) {
        this.process = process;
    }

    /**
     * Starts it in a folder, at any free port.
     *
     * @param properties such as {@code --multilabel.engine=pytorch}
     */
    static RunningJar start(Path folder, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("photos.jar"),
                "--server.port=0"));
        command.addAll(List.of(properties));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        RunningJar running = new RunningJar(process);
        Thread reader = new Thread(running::read, "log");
        reader.setDaemon(true);
        reader.start();
        return running;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n');
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.valueOf(started.group(1)));
                }
            }
        } catch (IOException e) { // it was killed
            log.append(e);
        }
        port.completeExceptionally(new IllegalStateException("it ended without a port:\n" + log));
    }

    /** Waits until it takes requests. */
    int port() throws Exception {
        return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String log() {
        return log.toString();
    }

    /** Asks it to stop, and waits for its exit code. */
    int stop() throws Exception {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("it did not end:\n" + log);
        }
        port.handle((found, problem) -> null).get(PATIENCE_SECONDS, TimeUnit.SECONDS); // the log is read to its end
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
