package io.github.multilabel.cars.download;

import io.github.multilabel.core.internal.download.RemoteFile;
import java.net.URI;
import java.util.List;

/** A packaging of Stanford Cars that a server still has. */
public enum Source {
    /** The archive of fast.ai, with {@code cars_train} and {@code cars_test}. Its checksum was never published. */
    FAST_AI(
            "fast-ai",
            "https://s3.amazonaws.com/fast-ai-imageclas/",
            new RemoteFile("stanford-cars.tgz", 1_957_803_273L, "", "")),
    /** The authors' merged archive {@code car_ims} with its annotations, verified by checksums. */
    MERGED(
            "merged",
            "https://huggingface.co/datasets/XiN0919/FGVC/resolve/921e8dce38536cd5982739d85d5e9235d2cb2a76/",
            new RemoteFile(
                    "car_ims.tgz",
                    1_956_628_579L,
                    "SHA-256",
                    "4d96e3e3e892c6b7e4a71959325c7de4804037d27ba5aaf1c756100fd94a5342"),
            new RemoteFile("cars_annos.mat", 0, "MD5", "b407c6086d669747186bd1d764ff9dbc"));

    private final String folder;
    private final URI base;
    private final List<RemoteFile> files;

    Source(String folder, String base, RemoteFile... files) {
        this.folder = folder;
        this.base = URI.create(base);
        this.files = List.of(files);
    }

    String folder() {
        return folder;
    }

    URI base() {
        return base;
    }

    List<RemoteFile> files() {
        return files;
    }
}
