package io.github.multilabel.cli.program;

import io.github.multilabel.data.table.TableFile;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how a table is written, and where its images are. */
@Section("Images and labels")
public final class TableFileOptions {

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The folder from which the paths in a table start (default: the folder of the table).")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--image-column",
            paramLabel = "COLUMN",
            description = "The column with the images (default: the one whose values look like image files).")
    private Optional<String> imageColumn = Optional.empty();

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            converter = CharsetName.class,
            description = "The encoding of the table, such as windows-1252 (default: UTF-8, or as its byte order mark"
                    + " says).")
    private Optional<Charset> charset = Optional.empty();

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "The separator of the cells (default: detected).")
    private Optional<Character> delimiter = Optional.empty();

    @Option(
            names = "--no-header",
            description = "The first line of the table is a row; columns are named by their numbers, from 1, such as"
                    + " --head 2.")
    private boolean noHeader;

    @Option(
            names = "--extension",
            paramLabel = ".jpg",
            description = "The extension that is added to names of images that do not end with it.")
    private Optional<String> extension = Optional.empty();

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description = "Allows images to be addresses (http, https), which are downloaded once into this folder.")
    private Optional<Path> downloads = Optional.empty();

    @Option(
            names = "--strip-prefix",
            paramLabel = "TEXT",
            description =
                    "What is cut from paths and addresses of images that begin so, such as /home/old/data/ in a table"
                            + " from another machine; what is left starts from --images.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--base64-images",
            description =
                    "The images stand in the table as Base64; data:image/jpeg;base64,... is understood without this.")
    private boolean base64;

    /** The table as these options say. */
    public TableFile applyTo(TableFile table) {
        TableFile file = base64 ? table.withBase64Images() : table;
        file = images.map(file::withImages).orElse(file);
        file = imageColumn.map(file::withImageColumn).orElse(file);
        file = charset.map(file::withCharset).orElse(file);
        file = delimiter.map(file::withDelimiter).orElse(file);
        file = noHeader ? file.withoutHeader() : file;
        file = extension.map(file::withExtension).orElse(file);
        file = prefix.map(file::withoutPrefix).orElse(file);
        return downloads.map(file::withDownloads).orElse(file);
    }

    /** Whether the folder of the images is named, and not that of the table. */
    public boolean namesImages() {
        return images.isPresent();
    }
}
