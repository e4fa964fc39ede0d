package io.github.multilabel.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.multilabel.data.Finding.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies between folders of images, and is no image of a category. */
class FolderRowsTest {

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void twoCategories() throws IOException {
        root = folder.resolve("cars");
        has("Audi/1.jpg", "Audi/2.jpg", "BMW/3.jpg");
    }

    private void has(String... files) throws IOException {
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
    }

    private ImageTable table() throws IOException {
        return ImageTable.folders(root, "brand").addHead("brand").build();
    }

    @Test
    void foldersOfTheSystemAreNoCategories() throws IOException {
        has("@eaDir/Audi/1.jpg", "Audi/@eaDir/1.jpg", "__MACOSX/2.jpg", "$RECYCLE.BIN/3.jpg", "lost+found/4.jpg");
        has("System Volume Information/5.jpg", "#recycle/6.jpg", ".git/7.jpg");
        ImageTable table = table();
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "BMW");
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.summary()).contains("note: folders of the system", "@eaDir", "and 2 more");
        assertThat(table.check().of(Kind.TABLE_NOTE)).isNotEmpty();
    }

    @Test
    void oneStrayImageDoesNotStopAllAndIsToldOf() throws IOException {
        has("cover.jpg", "Audi/readme.txt");
        ImageTable table = table();
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.summary())
                .contains(
                        "warning: images that lie in fewer folders",
                        root.resolve("cover.jpg").toString())
                .contains("1 files that are not images");
    }

    @Test
    void aFolderWithoutImagesIsToldOf() throws IOException {
        Files.createDirectories(root.resolve("Empty"));
        has("OnlyText/readme.txt");
        ImageTable table = table();
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "BMW");
        assertThat(table.summary()).contains("warning: folders without images", "Empty", "OnlyText");
    }

    @Test
    void aLoopOfLinksIsNotFollowedAndIsToldOf() throws IOException {
        Files.createSymbolicLink(root.resolve("Audi/up"), root);
        Files.createSymbolicLink(root.resolve("BMW/self"), root.resolve("BMW"));
        ImageTable table = table();
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.summary())
                .contains("warning: links that lead back", "Audi/up".replace('/', File.separatorChar));
    }

    @Test
    void aLinkToAnotherFolderIsFollowedAndOneThatLeadsNowhereIsAMissingImage() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("9.jpg"), "x");
        Files.createSymbolicLink(root.resolve("Fiat"), other);
        Files.createSymbolicLink(root.resolve("BMW/gone.jpg"), folder.resolve("gone.jpg"));
        ImageTable table = table();
        assertThat(table.heads().get("brand").categories()).containsExactly("Audi", "BMW", "Fiat");
        assertThat(table.samples())
                .filteredOn(sample -> sample.image().problem().isPresent())
                .singleElement()
                .satisfies(sample -> assertThat(sample.image().problem().orElseThrow())
                        .contains("link to a file that is not there"));
    }

    @Test
    void aFolderThatMayNotBeListedIsNamed() throws IOException {
        assumeTrue(root.resolve("BMW").toFile().setReadable(false), "needs permissions");
        try {
            assumeTrue(!Files.isReadable(root.resolve("BMW")), "root reads everything");
            assertThatIOException()
                    .isThrownBy(this::table)
                    .withMessageContainingAll(
                            "may not look into", root.resolve("BMW").toString());
        } finally {
            assertThat(root.resolve("BMW").toFile().setReadable(true)).isTrue();
        }
    }
}
