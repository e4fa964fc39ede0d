package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged file of weights is read or is an error that names it, and costs little memory either way. */
class WeightFuzzTest {

    /** Buffers, the directory of a zip, messages; far less than the lengths that damage can announce. */
    private static final long MOST_HEAP = 4 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    /** The damage is the same in every run. */
    @ParameterizedTest
    @CsvSource({
        "golden.safetensors, 800",
        "torch/zip.pth, 800",
        "torch/nested_model.pth, 400",
        "torch/legacy.pth, 800",
        "torch/nested_legacy.pth, 400",
        "torch/ancient.pth, 400",
        "torch/big_endian.pth, 200",
        "torch/protocol4.pth, 200",
        "torch/scripted.pt, 50",
        "torch/whole_model.pth, 50"
    })
    void aDamagedFileIsReadOrIsAnErrorThatNamesIt(String name, int ordinarily) throws IOException {
        int mutations = Math.max(ordinarily, Integer.getInteger("hostile.trials", 50));
        byte[] whole = Files.readAllBytes(TorchFiles.path("../" + name));
        Random random = new Random(name.hashCode());
        int refused = 0;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int i = 0; i < mutations; i++) {
                Path path = Files.write(folder.resolve("damaged"), damaged(whole, random));
                long before = THREADS.getCurrentThreadAllocatedBytes();
                refused += isRead(path, whole.length, manager) ? 0 : 1;
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("bytes of heap for mutation %d", i)
                        .isLessThan(MOST_HEAP);
            }
        }
        assertThat(refused).as("refused of %d", mutations).isGreaterThan(mutations / 10);
    }

    /** Cut short, bits flipped, bytes replaced, a piece repeated or left out, or two of these. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(32), bytes.length - at);
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) random.nextInt(256);
                case 3 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 255 : 0));
                case 4 -> bytes = spliced(bytes, at + length, at); // repeated
                default -> bytes = spliced(bytes, at, at + length); // left out
            }
        }
        return bytes;
    }

    /** The bytes before one place and those from another on. */
    private static byte[] spliced(byte[] bytes, int end, int start) {
        byte[] result = Arrays.copyOf(bytes, end + bytes.length - start);
        System.arraycopy(bytes, start, result, end, bytes.length - start);
        return result;
    }

    /** Reads all tensors; anything thrown but an IOException with the file's name fails the test. */
    private static boolean isRead(Path path, int fileBytes, NDManager manager) {
        try (WeightFile file = WeightFile.open(path)) {
            for (String name : file.tensors().keySet()) {
                try (NDArray array = file.read(manager, name)) {
                    assertThat(array.size()).as("values of '%s'", name).isLessThanOrEqualTo(fileBytes + 100);
                }
            }
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(path.toString());
            return false;
        }
    }
}
