package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.training.internal.settings.GroupSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the members of a group found of their shares, as if one had found all; of a training by itself, its own. */
final class SharedPredictions {

    private SharedPredictions() {}

    /** The predictions of all members, in the order of ranks. */
    static Predictions all(Optional<GroupSettings> settings, Predictions own) throws IOException {
        if (settings.isEmpty()) {
            return own;
        }
        Path folder = Files.createTempDirectory("multilabel-predictions");
        try {
            Path file = folder.resolve("own");
            own.write(file);
            Predictions.Builder all = Predictions.builder(own.heads());
            for (byte[] each : settings.get().group().gather("predictions", Files.readAllBytes(file))) {
                Files.write(file, each);
                Predictions ofMember = Predictions.read(file);
                for (int row = 0; row < ofMember.size(); row++) {
                    all.add(ofMember, row);
                }
            }
            return all.build();
        } finally {
            AtomicOutput.delete(folder);
        }
    }

    /** The rows of numbers of all members, in the order of ranks. */
    static List<float[]> all(Optional<GroupSettings> settings, String what, List<float[]> own) throws IOException {
        if (settings.isEmpty()) {
            return own;
        }
        int width = own.isEmpty() ? 0 : own.get(0).length;
        ByteBuffer told = ByteBuffer.allocate(Integer.BYTES + Math.multiplyExact(own.size() * width, Float.BYTES));
        told.putInt(width);
        own.forEach(row -> {
            for (float value : row) {
                told.putFloat(value);
            }
        });
        List<float[]> all = new ArrayList<>();
        for (byte[] each : settings.get().group().gather(what, told.array())) {
            ByteBuffer member = ByteBuffer.wrap(each);
            int ofMember = member.getInt();
            FloatBuffer values = member.asFloatBuffer();
            while (values.hasRemaining()) {
                float[] row = new float[ofMember];
                values.get(row);
                all.add(row);
            }
        }
        return all;
    }
}
