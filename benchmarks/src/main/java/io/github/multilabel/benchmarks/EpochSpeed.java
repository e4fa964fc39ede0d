package io.github.multilabel.benchmarks;

import ai.djl.Device;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.augment.RandomHorizontalFlip;
import io.github.multilabel.data.augment.RandomResizedCrop;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.RealPhotos;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Images per second of whole epochs, from JPEG files to updated weights, beside PyTorch as most people write it:
 * torchvision, Pillow, a DataLoader with two workers, float32. The labels are made up: what is learned does not matter.
 */
@Command(name = "EpochSpeed", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class EpochSpeed implements Callable<Integer> {

    @Option(
            names = "--photos",
            description = "a folder of JPEGs; without it those of Stanford Cars, where -Dmultilabel.photos says")
    private Path photos = RealPhotos.training();

    @Option(names = "--count", defaultValue = "320", description = "of them to use")
    private int count;

    @Option(
            names = "--python",
            description = "an interpreter with torch 2.7.1, torchvision, timm and Pillow; without it no peer")
    private @Nullable String python;

    @Option(names = "--workers", defaultValue = "2", description = "of PyTorch's DataLoader")
    private int workers;

    @Option(names = "--backbone", description = "of docs/backbones.md")
    private String backbone = "resnet34";

    @Option(names = "--size", defaultValue = "224", description = "pixels")
    private int size;

    @Option(names = "--batch", defaultValue = "32", description = "images")
    private int batch;

    @Option(names = "--rounds", defaultValue = "3", description = "after one of warm-up")
    private int rounds;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EpochSpeed()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Contender> contenders = new ArrayList<>();
        try (PhotoFolder folder = PhotoFolder.copied(photos, count);
                PyTorchPeer peer = python == null
                        ? null
                        : new PyTorchPeer(
                                python, "epoch_peer.py", folder.folder().toString())) {
            if (peer != null) {
                contenders.add(peer.contender(
                        "PyTorch as most write it",
                        String.join(" ", backbone, text(size), text(batch), text(workers))));
            }
            contenders.add(epochs(folder, Precision.FLOAT32));
            if (Precision.AUTO.resolve(Device.cpu()) == Precision.BFLOAT16) {
                contenders.add(epochs(folder, Precision.BFLOAT16));
            }
            Rounds.run(contenders, folder.files().size(), rounds, 1);
            contenders.forEach(Contender::close);
        }
        return 0;
    }

    private Contender epochs(PhotoFolder folder, Precision precision) throws IOException {
        SyntheticWork work = SyntheticWork.cars(size, batch);
        ImageDataset data = ImageDataset.builder()
                .setHeads(work.heads())
                .addSamples(IntStream.range(0, folder.files().size())
                        .mapToObj(i -> Sample.of(folder.files().get(i), labels(work, i)))
                        .toList())
                .optBatchSize(batch)
                .optAugmentation(Augmentation.of(RandomResizedCrop.of(0.08, 1), RandomHorizontalFlip.of(0.5)))
                .build();
        MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                .setHeads(work.heads())
                .setBackbone(Backbones.byName(backbone))
                .optImageSize(size)
                .optPrecision(precision)
                .optEpochs(1)
                .optProgress(false)
                .build();
        Runnable epoch = () -> {
            try {
                trainer.fit(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new Step("this library " + precision, epoch, () -> {
            trainer.close();
            data.close();
        });
    }

    private static Labels labels(SyntheticWork work, int index) {
        Labels.Builder labels = Labels.builder(work.heads());
        work.heads().forEach(head -> labels.set(head.name(), head.categories().get(index % head.size())));
        return labels.build();
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
