package io.github.multilabel.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.testsupport.RealPhotos;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Images per second from JPEG files to normalised batches, with torchvision's RandomResizedCrop (8 to 100 % of the
 * area) and flip, beside torchvision with Pillow and with its own libjpeg-turbo reader.
 *
 * <p>One thread of this library decodes while another normalises; for figures per core, hold both sides to one:
 * {@code taskset -c 0}.
 */
@Command(name = "ImagePipelineSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ImagePipelineSpeed implements Callable<Integer> {

    @Option(
            names = "--photos",
            description = "a folder of JPEGs; without it those of Stanford Cars, where -Dmultilabel.photos says")
    private Path photos = RealPhotos.training();

    @Option(names = "--count", defaultValue = "500", description = "of them to use")
    private int count;

    @Option(names = "--large", description = "make them photos of 1,600 by 1,200 pixels first")
    private boolean large;

    @Option(
            names = "--python",
            description = "an interpreter with torch 2.7.1, torchvision and Pillow; without it no peer")
    private @Nullable String python;

    @Option(names = "--threads", split = ",", description = "decoding threads, or workers of PyTorch")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--cpu-time", description = "count CPU time, on a machine that is busy; only with --threads 1")
    private boolean cpuTime;

    @Option(names = "--size", defaultValue = "224", description = "pixels")
    private int size;

    @Option(names = "--batch", defaultValue = "32", description = "images")
    private int batch;

    @Option(names = "--rounds", defaultValue = "5", description = "after one of warm-up")
    private int rounds;

    @Option(names = "--steps", defaultValue = "2", description = "passes of each contender a round")
    private int steps;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.exit(new CommandLine(new ImagePipelineSpeed()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (cpuTime && !threads.equals(List.of(1))) {
            throw new IllegalArgumentException("--cpu-time needs --threads 1: PyTorch's workers are other processes");
        }
        try (PhotoFolder folder =
                large ? PhotoFolder.resized(photos, count, 1200, 1600) : PhotoFolder.copied(photos, count)) {
            for (int each : threads) {
                System.out.println(each + (each == 1 ? " thread" : " threads"));
                run(folder, each);
            }
        }
        return 0;
    }

    private void run(PhotoFolder folder, int threads) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        LongSupplier clock = cpuTime ? process::getProcessCpuTime : System::nanoTime;
        List<Contender> contenders = new ArrayList<>();
        try (PyTorchPeer peer = python == null
                ? null
                : new PyTorchPeer(python, "image_peer.py", folder.folder().toString())) {
            if (peer != null) {
                contenders.add(peer.contender("torchvision, Pillow", command("pillow", threads)));
                contenders.add(peer.contender("torchvision, libjpeg-turbo", command("turbo", threads)));
            }
            ImageDecoder decoder = ImageDecoder.strict();
            contenders.add(new ImagePasses("this library", folder.files(), decoder, size, batch, threads, clock));
            contenders.add(new ImagePasses(
                    "this library, in full size", folder.files(), decoder.inFullSize(), size, batch, threads, clock));
            Rounds.run(contenders, folder.files().size(), rounds, steps);
            contenders.forEach(Contender::close);
        }
    }

    private String command(String reader, int threads) {
        String workers = Integer.toString(threads == 1 ? 0 : threads);
        return String.join(
                " ", reader, cpuTime ? "cpu" : "wall", Integer.toString(size), Integer.toString(batch), workers);
    }
}
