package io.github.multilabel.onnx;

import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.onnx.engine.OnnxEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path, by their names. */
record Engines(List<OnnxEngine> all) {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    static Engines onClassPath() {
        return new Engines(OnnxEngine.onClassPath());
    }

    /**
     * The engine of a name, which can be used here.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if its native library cannot be loaded
     */
    OnnxEngine named(String name) {
        OnnxEngine engine = all.stream()
                .filter(each -> each.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '" + name + "' on the class path; "
                        + NearMatches.thereAre(
                                name, all.stream().map(OnnxEngine::name).toList())
                        + "; openvino is in the module multilabel-openvino, and pytorch computes the folder of a saved"
                        + " model"));
        engine.requireUsable();
        return engine;
    }

    /**
     * A file, prepared by all engines that can be used here with these settings.
     *
     * @param description of the file
     * @return at least one, each to be closed by the caller
     * @throws IOException if none can; the message has the problem of each
     */
    List<FastestEngine.Candidate> open(Path file, OnnxDescription description, OnnxEngine.Settings settings)
            throws IOException {
        List<FastestEngine.Candidate> opened = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (OnnxEngine engine : all) {
            Optional<String> problem = engine.problem();
            if (problem.isPresent()) {
                problems.add(engine.name() + ": " + problem.get());
                continue;
            }
            try {
                opened.add(open(engine, file, description, settings));
            } catch (IOException | IllegalArgumentException e) {
                problems.add(engine.name() + ": " + e.getMessage());
            }
        }
        if (opened.isEmpty()) {
            throw new IOException("no engine on the class path can compute '" + file + "': " + problems);
        }
        problems.forEach(problem -> LOG.info("not measured: {}", problem));
        return opened;
    }

    /** A file, prepared by one engine. */
    static FastestEngine.Candidate open(
            OnnxEngine engine, Path file, OnnxDescription description, OnnxEngine.Settings settings)
            throws IOException {
        return new FastestEngine.Candidate(
                engine.name(),
                description.int8().isPresent(),
                new FileProgram(engine.open(file, settings), description.input(), description.preprocessing()));
    }
}
