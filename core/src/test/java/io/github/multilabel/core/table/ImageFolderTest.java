package io.github.multilabel.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.core.image.ImageSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cell of the image column can have. */
class ImageFolderTest {

    @TempDir
    Path folder;

    private Path photos;
    private ImageFolder images;

    @BeforeEach
    void somePhotos() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos/a"));
        photos = photos.getParent();
        Files.writeString(photos.resolve("a/1.jpg"), "one");
        Files.writeString(photos.resolve("my car 2.JPG"), "two");
        Files.writeString(folder.resolve("secret.jpg"), "secret");
        images = new ImageFolder(photos, "", false, null);
    }

    private static void assertReads(ImageSource image, String content) throws IOException {
        assertThat(image.problem()).isEmpty();
        assertThat(new String(image.read(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(content);
    }

    private static void assertProblem(ImageSource image, String... parts) {
        assertThat(image.problem())
                .hasValueSatisfying(reason -> assertThat(reason).contains(parts));
        org.assertj.core.api.Assertions.assertThatIOException().isThrownBy(image::read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/1.jpg", "./a/1.jpg", "a//1.jpg", "a\\1.jpg", ".\\a\\1.jpg", " a/1.jpg ", "a/../a/1.jpg"})
    void pathsAreReadAsPeopleWriteThem(String cell) throws IOException {
        assertReads(images.resolve(cell), "one");
    }

    @Test
    void blanksWithinNamesAreKept() throws IOException {
        assertReads(images.resolve("my car 2.JPG"), "two");
    }

    @Test
    void anAbsolutePathWithinTheFolderIsFine() throws IOException {
        assertReads(images.resolve(photos.resolve("a/1.jpg").toAbsolutePath().toString()), "one");
        assertReads(
                images.resolve(photos.resolve("a/1.jpg")
                        .toAbsolutePath()
                        .toUri()
                        .toString()
                        .replace("file:/", "file:///")
                        .replace("file://///", "file:///")),
                "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.jpg", "..\\secret.jpg", "a/../../secret.jpg"})
    void aPathThatLeadsOutsideIsRefusedUnlessAllowed(String cell) throws IOException {
        assertProblem(images.resolve(cell), "outside", photos.toString(), "withPathsOutside");
        assertReads(new ImageFolder(photos, "", true, null).resolve(cell), "secret");
    }

    @Test
    void anAbsolutePathOutsideIsRefused() {
        assertProblem(
                images.resolve(folder.resolve("secret.jpg").toAbsolutePath().toString()), "outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\photos\\1.jpg", "d:/photos/1.jpg", "\\\\server\\share\\1.jpg"})
    void anAbsolutePathOfWindowsIsExplained(String cell) {
        assumeTrue(File.separatorChar == '/', "means something on Windows");
        assertProblem(images.resolve(cell), "Windows");
    }

    @Test
    void aMissingExtensionIsToldOfAndCanBeGiven() throws IOException {
        assertProblem(images.resolve("a/1"), "no such file", "1.jpg is there", "withExtension(\".jpg\")");
        assertReads(new ImageFolder(photos, ".jpg", false, null).resolve("a/1"), "one");
        assertReads(new ImageFolder(photos, ".jpg", false, null).resolve("a/1.jpg"), "one");
    }

    @Test
    void anotherExtensionIsToldOf() {
        assertProblem(images.resolve("my car 2.png"), "no such file", "my car 2.JPG is there");
    }

    @Test
    void theWrongFolderIsToldOf() throws IOException {
        assertProblem(
                new ImageFolder(photos.resolve("a"), "", false, null).resolve("a/1.jpg"),
                "the images folder has 1.jpg");
    }

    @Test
    void whatIsThereButNoFileIsToldOf() {
        assertProblem(images.resolve("a"), "is a folder");
    }

    @Test
    void anEmptyCellNamesNoImage() {
        assertProblem(images.resolve(" "), "empty");
    }

    @Test
    void addressesMustBeAllowed() {
        assertProblem(images.resolve("https://example.org/1.jpg"), "address", "withDownloads");
        assertProblem(images.resolve("s3://bucket/1.jpg"), "kind that is not read", "ImageSource");
    }

    @Test
    void umlautsMayBeWrittenEitherWay() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs such file names");
        String composed = "K\u00e4fer.jpg";
        String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
        Files.writeString(photos.resolve(apart), "beetle");
        assertReads(images.resolve(composed), "beetle");
        Files.delete(photos.resolve(apart));
        Files.writeString(photos.resolve(composed), "beetle");
        assertReads(images.resolve(apart), "beetle");
    }

    @Test
    void aPathThatNoFileCanHaveIsToldOf() {
        assertThat(images.resolve("a\0b.jpg").problem()).isPresent();
    }
}
