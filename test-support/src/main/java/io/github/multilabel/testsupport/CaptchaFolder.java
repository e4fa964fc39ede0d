package io.github.multilabel.testsupport;

import ai.djl.repository.LocalRepository;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.repository.Repository;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks to DJL like its own server, of which everything was downloaded already. */
public final class CaptchaFolder extends LocalRepository {

    private static final String CAPTCHA = "dataset/cv/ai/djl/basicdataset/captcha";

    private final Path root;

    /** Uses a folder, in which images can be written. */
    public CaptchaFolder(Path root) throws IOException {
        super("test", root.toUri(), root);
        this.root = root;
        Files.createDirectories(root.resolve(CAPTCHA));
        Files.writeString(
                root.resolve(CAPTCHA).resolve("metadata.json"),
                """
                {"metadataVersion": "0.2", "resourceType": "dataset", "application": "cv",
                 "groupId": "ai.djl.basicdataset", "artifactId": "captcha",
                 "artifacts": [{"version": "1.1", "files": {"data": {"uri": "captchaImage.zip", "name": "data"}}}]}
                """);
    }

    /** Where the images of a part lie: {@code train}, {@code validate} or {@code test}. */
    public Path images(String part) throws IOException {
        return Files.createDirectories(root.resolve(CAPTCHA).resolve("1.1/data").resolve(part));
    }

    /** The same on a machine without a network, where nothing was downloaded yet. */
    public static Repository unreachable(Path root) {
        return new LocalRepository("test", root.toUri(), root) {
            @Override
            public Metadata locate(MRL mrl) throws IOException {
                throw new UnknownHostException("mlrepo.djl.ai");
            }
        };
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public Path getCacheDirectory() {
        return root;
    }
}
