package io.github.multilabel.data.internal.images;

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
        images = ImageFolder.of(photos);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u201ca/1.jpg\u201d",
                "\u201ea/1.jpg\u201c",
                "\u00aba/1.jpg\u00bb",
                "`a/1.jpg`",
                "\u2018a/1.jpg\u2019"
            })
    void quotesOfAnyLanguageAroundAPathAreNoPartOfIt(String cell) throws IOException {
        assertReads(images.resolve(cell), "one");
    }

    @Test
    void aFileWhoseNameBeginsWithABlankIsFound() throws IOException {
        Files.writeString(photos.resolve(" lead.jpg"), "blank");
        assertReads(images.resolve(" lead.jpg"), "blank");
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
        assertReads(ImageFolder.of(photos).withPathsOutside().resolve(cell), "secret");
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
        assertReads(ImageFolder.of(photos).withExtension(".jpg").resolve("a/1"), "one");
        assertReads(ImageFolder.of(photos).withExtension(".jpg").resolve("a/1.jpg"), "one");
    }

    @Test
    void anotherExtensionIsToldOf() {
        assertProblem(images.resolve("my car 2.png"), "no such file", "my car 2.JPG is there");
    }

    @Test
    void theWrongFolderIsToldOf() throws IOException {
        assertProblem(ImageFolder.of(photos.resolve("a")).resolve("a/1.jpg"), "the images folder has 1.jpg");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/1.jpg\u00a0",
                "\ufeffa/1.jpg",
                "a/1.jpg\u200b",
                "\u200ea/1.jpg",
                "\"a/1.jpg\"",
                "'a/1.jpg'",
                "a/\u00ad1.jpg",
                "a%2F1.jpg",
                "a/%31.jpg",
                " \"a\\1.jpg\" "
            })
    void cellsAreCleanedAsLabelsAreAndDecoded(String cell) throws IOException {
        assertReads(images.resolve(cell), "one");
    }

    @Test
    void aFileWhoseNameHasAnOddLetterIsFoundByIt() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs such file names");
        Files.writeString(photos.resolve("shot 9.41\u202fAM.jpg"), "narrow blank");
        Files.writeString(photos.resolve("100%25.jpg"), "percent");
        assertReads(images.resolve("shot 9.41\u202fAM.jpg"), "narrow blank");
        assertReads(images.resolve("100%25.jpg"), "percent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "FILE:", "file://", "File://localhost", "file://LOCALHOST"})
    void addressesOfFilesAreReadInEveryForm(String scheme) throws IOException {
        String path = photos.resolve("my car 2.JPG").toAbsolutePath().toString().replace('\\', '/');
        assertReads(images.resolve(scheme + path.replace(" ", "%20")), "two");
        assertReads(images.resolve(scheme + path), "two");
        assertProblem(images.resolve(scheme + path.replace("photos/my car 2.JPG", "secret.jpg")), "outside");
    }

    @Test
    void anEncodedPathThatLeadsOutsideIsRefused() {
        assertProblem(images.resolve("%2e%2e/secret.jpg"), "outside");
    }

    @Test
    void schemesMayBeWrittenInAnyCase() {
        assertProblem(images.resolve("HTTP://example.org/1.jpg"), "address", "withDownloads");
    }

    @Test
    void anImageMayStandInTheCell() throws IOException {
        ImageSource image = images.resolve("data:image/png;base64,b25l");
        assertReads(image, "one");
        assertThat(image.name()).startsWith("data:image/png;base64 of sha256 ").hasSizeLessThan(60);
        assertReads(images.resolve("DATA:image/png;name=a;base64,b25%6c"), "one");
        assertProblem(images.resolve("data:image/svg+xml,<svg/>"), "Base64");
        assertProblem(images.resolve("data:image/png;base64,b"), "no Base64");
    }

    @Test
    void aNameInAnotherCaseIsFoundWhereItIsClearAndToldOf() throws IOException {
        assumeTrue(!Files.exists(photos.resolve("A/1.JPG")), "case makes no difference here");
        assertReads(images.resolve("A/1.JPG"), "one");
        assertReads(images.resolve("MY CAR 2.jpg"), "two");
        assertThat(images.otherCase())
                .hasValueSatisfying(note -> assertThat(note).contains("2 image names", "A/1.JPG is the file a/1.jpg"));
        Files.writeString(photos.resolve("a/1.Jpg"), "other");
        ImageFolder anew = images.lookedAtAnew();
        assertReads(anew.resolve("a/1.jpg"), "one");
        assertProblem(anew.resolve("a/1.JPG"), "no such file", "a/1.jpg", "a/1.Jpg", "say which");
        assertThat(anew.otherCase()).isEmpty();
    }

    @Test
    void aFolderThatMayNotBeEnteredIsNamed() throws IOException {
        assumeTrue(photos.resolve("a").toFile().setExecutable(false), "needs permissions");
        try {
            assumeTrue(!Files.isExecutable(photos.resolve("a")), "root enters everything");
            assertProblem(
                    images.resolve("a/1.jpg"),
                    "not accessible",
                    photos.resolve("a").toString());
        } finally {
            assertThat(photos.resolve("a").toFile().setExecutable(true)).isTrue();
        }
    }

    @Test
    void aLinkThatLeadsNowhereAndANameThatIsTooLongAreToldOf() throws IOException {
        Files.createSymbolicLink(photos.resolve("link.jpg"), photos.resolve("gone.jpg"));
        assertProblem(images.resolve("link.jpg"), "link to a file that is not there");
        assertThat(images.resolve("x".repeat(5_000) + ".jpg").problem()).isPresent();
    }
}
