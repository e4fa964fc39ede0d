package io.github.multilabel.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Python process that does the same work in PyTorch on command; idle while others are measured. */
final class PyTorchPeer implements AutoCloseable {

    /** All lie in one folder, because one imports from the others. */
    private static final List<String> SCRIPTS = List.of("peer.py", "image_peer.py", "epoch_peer.py");

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /**
     * Starts {@code peer.py}.
     *
     * @param python an interpreter that has torch, torchvision and timm
     */
    PyTorchPeer(String python) throws IOException {
        this(python, "peer.py");
    }

    /**
     * Starts another script.
     *
     * @param python an interpreter that has what the script needs
     * @param name of the script, one of {@link #SCRIPTS}
     * @param arguments of the script
     */
    PyTorchPeer(String python, String name, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("peer");
        folder.toFile().deleteOnExit();
        for (String script : SCRIPTS) {
            copy(script, folder.resolve(script));
        }
        List<String> line =
                new ArrayList<>(List.of(python, "-B", folder.resolve(name).toString()));
        line.addAll(List.of(arguments));
        process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        System.out.println("peer: " + answer());
    }

    private static void copy(String script, Path target) throws IOException {
        target.toFile().deleteOnExit();
        try (InputStream in = PyTorchPeer.class.getResourceAsStream("/" + script)) {
            Files.copy(in, target);
        }
    }

    /**
     * A contender that runs in the Python process.
     *
     * @param work the first word of a command of {@code peer.py}
     * @param backbone torchvision's or timm's name
     * @param variant float32, channels-last or bfloat16; for predicting also frozen, compiled or onnxruntime
     * @param size of the images in pixels
     * @param batch images a step
     */
    Contender contender(String work, String backbone, String variant, int size, int batch) {
        return contender(
                switch (variant) {
                    case "onnxruntime" -> "ONNX Runtime float32 (Python)";
                    case "openvino" -> "OpenVINO float32 (Python)";
                    default -> "PyTorch " + variant;
                },
                String.join(" ", work, backbone, variant, Integer.toString(size), Integer.toString(batch)));
    }

    /**
     * A contender that runs in the Python process.
     *
     * @param name what the table calls it
     * @param command of the script, without the number of steps at its end
     */
    Contender contender(String name, String command) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double[] steps(int count) {
                try {
                    commands.write(command + " " + count + "\n");
                    commands.flush();
                    return Arrays.stream(answer().split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() {
                // the process is shared; the peer closes it
            }
        };
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the Python process ended; its error is above");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        commands.close(); // the end of its input ends the script
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
    }
}
