package io.github.multilabel.data.djl;

import ai.djl.repository.LocalRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks to DJL like its own server, of which everything was downloaded already. */
final class CaptchaFolder extends LocalRepository {

    private static final String CAPTCHA = "dataset/cv/ai/djl/basicdataset/captcha";

    private final Path root;

    CaptchaFolder(Path root) throws IOException {
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
    Path images(String part) throws IOException {
        return Files.createDirectories(root.resolve(CAPTCHA).resolve("1.1/data").resolve(part));
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
