package io.github.multilabel.cli.info;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.training.internal.checkpoint.CheckpointStore;
import io.github.multilabel.training.internal.loop.CheckpointSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How far a training had come when it saved a checkpoint. */
final class CheckpointReport {

    private CheckpointReport() {}

    /** Whether a folder is a checkpoint, whole or damaged. */
    static boolean isOne(Path folder) {
        return Stream.of("checkpoint.json", "checksums.json", "state.safetensors")
                .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** Whether a folder has checkpoints. */
    static boolean areIn(Path folder) throws IOException {
        return Files.isDirectory(folder) && !checkpoints(folder).isEmpty();
    }

    static JsonObject of(Path folder) throws IOException {
        CheckpointSummary checkpoint = CheckpointSummary.read(folder);
        JsonObject report = new JsonObject();
        report.addProperty("checkpoint", folder.toString());
        report.addProperty("steps", checkpoint.steps());
        report.addProperty("epochsDone", checkpoint.epochs());
        report.addProperty("finished", checkpoint.finished());
        report.addProperty("backbone", checkpoint.backbone());
        report.addProperty("createdWith", checkpoint.library());
        report.addProperty("megabytes", Reports.megabytes(Files.size(folder.resolve("state.safetensors"))));
        report.addProperty("checksum", "holds");
        return report;
    }

    /** The checkpoints of a folder; one that is damaged is told as such beside the others. */
    static JsonObject ofAll(Path folder) throws IOException {
        JsonObject report = new JsonObject();
        report.addProperty("checkpoints", folder.toString());
        report.add("saved", list(folder));
        return report;
    }

    static JsonArray list(Path folder) throws IOException {
        JsonArray list = new JsonArray();
        for (Path checkpoint : checkpoints(folder)) {
            JsonObject entry = new JsonObject();
            entry.addProperty("name", String.valueOf(checkpoint.getFileName()));
            try {
                CheckpointSummary summary = CheckpointSummary.read(checkpoint);
                entry.addProperty("steps", summary.steps());
                entry.addProperty("epochsDone", summary.epochs());
                entry.addProperty("finished", summary.finished());
            } catch (IOException e) {
                entry.addProperty("problem", String.valueOf(e.getMessage()));
            }
            list.add(entry);
        }
        return list;
    }

    private static List<Path> checkpoints(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> CheckpointStore.isCheckpoint(String.valueOf(entry.getFileName())))
                    .sorted()
                    .toList();
        }
    }
}
