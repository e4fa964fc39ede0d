package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of torch.save made at random: whole ones give their tensors, those with a lie in them an error. */
class MadeCheckpointsTest {

    private static final int TRIALS = Integer.getInteger("hostile.trials", 50);
    private static final List<String> LIES = List.of(
            "K\u0000", // 0
            "K\u00ff",
            "J\u00ff\u00ff\u00ff\u00ff", // -1
            "J\u00ff\u00ff\u00ff\u007f", // 2^31 - 1
            "\u008a\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001", // 2^56
            "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", // 2^63 - 1
            "\u008a\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001", // 2^64
            "N",
            "\u0088",
            "]",
            ")",
            "}",
            "G\u007f\u00f0\u0000\u0000\u0000\u0000\u0000\u0000", // infinity
            "ccollections\nOrderedDict\n",
            "(",
            "u",
            "\u0086",
            "h\u0000",
            "b");

    @TempDir
    private Path folder;

    /** A program in pieces, of which each is one opcode with its argument, and what it describes. */
    private static final class Made {

        private final Random random;
        private final List<String> pieces = new ArrayList<>();
        private final Map<String, float[]> tensors = new LinkedHashMap<>();
        private final Map<String, byte[]> storages = new HashMap<>();

        Made(long seed) {
            random = new Random(seed);
            boolean nested = random.nextBoolean();
            if (nested) {
                add("}", TorchFiles.text("state_dict"));
            }
            add("}", "(");
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                addTensor("layer" + i + ".weight");
            }
            add("u");
            if (nested) {
                add("s");
            }
        }

        private void add(String... opcodes) {
            pieces.addAll(List.of(opcodes));
        }

        private void addNumber(int value) {
            add(
                    switch (random.nextInt(3)) {
                        case 0 -> "M" + (char) (value & 255) + (char) (value >> 8);
                        case 1 -> "\u008a\u0002" + (char) (value & 255) + (char) (value >> 8);
                        default -> "J" + (char) (value & 255) + (char) (value >> 8) + "\u0000\u0000";
                    });
        }

        private void addTuple(int[] values) {
            add("(");
            Arrays.stream(values).forEach(this::addNumber);
            add("t");
        }

        /** Lies row by row or column by column on its storage, which has values before and behind it. */
        private void addTensor(String name) {
            int[] sizes = {1 + random.nextInt(4), 1 + random.nextInt(5)};
            int[] strides = random.nextBoolean() ? new int[] {sizes[1], 1} : new int[] {1, sizes[0]};
            int offset = random.nextInt(4);
            int values = offset + sizes[0] * sizes[1] + random.nextInt(3);
            String key = "" + storages.size();
            ByteBuffer storage = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            IntStream.range(0, values).forEach(i -> storage.putFloat(random.nextFloat()));
            storages.put("made/data/" + key, storage.array());
            float[] expected = new float[sizes[0] * sizes[1]];
            for (int i = 0; i < expected.length; i++) {
                int place = offset + i / sizes[1] * strides[0] + i % sizes[1] * strides[1];
                expected[i] = storage.getFloat(place * Float.BYTES);
            }
            tensors.put(name, expected);
            add(TorchFiles.text(name), "ctorch._utils\n_rebuild_tensor_v2\n", "(", "(", TorchFiles.text("storage"));
            add("ctorch\nFloatStorage\n", TorchFiles.text(key), TorchFiles.text("cpu"));
            addNumber(values);
            add("t", "Q");
            addNumber(offset);
            addTuple(sizes);
            addTuple(strides);
            add("\u0089", "}", "t", "R");
        }

        Path file(Path folder) throws IOException {
            Map<String, byte[]> entries = new HashMap<>(storages);
            entries.put("made/data.pkl", TorchFiles.pickle(String.join("", pieces)));
            return TorchFiles.zip(folder, entries);
        }

        /** A piece replaced by another, left out, doubled, or changed in a bit; or a storage cut short. */
        void lie() {
            int at = random.nextInt(pieces.size());
            switch (random.nextInt(6)) {
                case 0 -> pieces.remove(at);
                case 1 -> pieces.add(at, pieces.get(random.nextInt(pieces.size())));
                case 2 -> {
                    byte[] bytes = pieces.get(at).getBytes(StandardCharsets.ISO_8859_1);
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    pieces.set(at, new String(bytes, StandardCharsets.ISO_8859_1));
                }
                case 3 -> storages.replaceAll((key, values) -> Arrays.copyOf(values, random.nextInt(values.length)));
                default -> pieces.set(at, LIES.get(random.nextInt(LIES.size())));
            }
        }
    }

    @Test
    void whatIsWholeGivesItsTensors() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int trial = 0; trial < TRIALS; trial++) {
                Made made = new Made(trial);
                try (WeightFile file = WeightFile.open(made.file(folder))) {
                    assertThat(file.tensors()).as("trial %d", trial).containsOnlyKeys(made.tensors.keySet());
                    for (Map.Entry<String, float[]> tensor : made.tensors.entrySet()) {
                        try (NDArray array = file.read(manager, tensor.getKey())) {
                            assertThat(array.toFloatArray())
                                    .as("trial %d", trial)
                                    .containsExactly(tensor.getValue());
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatLiesIsAnErrorOrHasNoMoreThanTheFile() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int trial = 0; trial < TRIALS; trial++) {
                Made made = new Made(trial);
                made.lie();
                Path path = made.file(folder);
                int bytes = made.storages.values().stream()
                        .mapToInt(values -> values.length)
                        .sum();
                try (WeightFile file = WeightFile.open(path)) {
                    for (String name : file.tensors().keySet()) {
                        try (NDArray array = file.read(manager, name)) {
                            assertThat(array.size()).as("trial %d", trial).isLessThanOrEqualTo(bytes);
                        }
                    }
                } catch (IOException e) {
                    assertThat(e).as("trial %d", trial).hasMessageContaining(path.toString());
                    assertThat(e.getMessage()).as("trial %d", trial).hasSizeLessThan(1000);
                } catch (RuntimeException e) {
                    fail("trial " + trial, e);
                }
            }
        }
    }
}
