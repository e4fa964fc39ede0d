package io.github.multilabel.data.table;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.internal.csv.CsvReader;
import io.github.multilabel.data.internal.csv.CsvText;
import io.github.multilabel.data.internal.csv.TextFormat;
import io.github.multilabel.data.internal.images.ImageFolder;
import io.github.multilabel.data.internal.images.ImageNames;
import io.github.multilabel.data.internal.images.UrlImages;
import io.github.multilabel.data.internal.json.CocoFile;
import io.github.multilabel.data.internal.json.JsonLines;
import io.github.multilabel.data.internal.json.LabelStudioFile;
import io.github.multilabel.data.internal.parquet.ParquetTable;
import io.github.multilabel.data.internal.text.Repeats;
import io.github.multilabel.data.internal.text.TableCells;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of images in a file: CSV, lines of JSON or Parquet ({@link #of}), annotations of COCO ({@link #coco}), an
 * export of Label Studio ({@link #labelStudio}).
 *
 * <p>A CSV file has a header, then a row for each image. Understood is what spreadsheets and scripts write: commas,
 * semicolons, tabs or bars between the cells (found out, or given by a first line {@code sep=;}), double quotes around
 * cells that have these, a line break or quotes (written twice) in them, any line ends, UTF-8 with or without a byte
 * order mark, UTF-16 with one. Lines that begin with {@code #} before the header are passed over, with a note. So is a
 * line between rows that begins with {@code #} and has another number of cells than the header; one that has as many is
 * a row. Rows with more or fewer cells than the header are an error, unless all that is too much is empty. A file may
 * have 2 GB. Immutable.
 *
 * <pre>{@code
 * TableFile.of(Path.of("labels.csv")).withImages(Path.of("photos")).withImageColumn("file")
 * }</pre>
 */
public final class TableFile implements RowSource {

    private final Path file;
    private final ImageFolder images;
    private final @Nullable String imageColumn;
    private final TextFormat format;
    private final Reader reader;

    /** What understands the file. */
    @FunctionalInterface
    private interface Reader {
        TableCells read(Path file, TextFormat format) throws IOException;
    }

    private TableFile(Path file, ImageFolder images, @Nullable String imageColumn, TextFormat format, Reader reader) {
        this.reader = reader;
        this.file = file;
        this.images = images;
        this.imageColumn = imageColumn;
        this.format = format;
    }

    /**
     * A CSV file; lines of JSON, an object for each image, if its name ends in {@code .jsonl} or {@code .ndjson}; or a
     * Parquet file, if it ends in {@code .parquet}. Paths of images start from the folder of the file.
     *
     * <p>Parquet needs the dependency {@code blue.strategic.parquet:parquet-floor}. Its images may also stand in the
     * file itself, in a column of bytes or, as the data sets of Hugging Face have them, of objects with {@code bytes}
     * and {@code path}: they are unpacked into a temporary file.
     */
    public static TableFile of(Path file) {
        return of(file, TableFile::read);
    }

    /**
     * Annotations of COCO: a row for each image, with its file in the column {@code file_name} and, in the column
     * {@code categories}, the categories of its annotations as tags. An image without any has none of them. Boxes and
     * masks are not read.
     */
    public static TableFile coco(Path file) {
        return of(file, (json, format) -> CocoFile.read(json, format.charset()));
    }

    /**
     * What Label Studio exports, as JSON, JSON-MIN or CSV: a row for each task, with a column for each of its data and
     * each question; answers are tags, one where one was chosen. Paths of uploads start from the folder of the server's
     * files, as {@code upload/3/7.jpg}; {@link #withoutPrefix} cuts more, such as {@code "/data/upload/3/"}.
     */
    public static TableFile labelStudio(Path file) {
        TableFile export = of(file, LabelStudioFile::read);
        return export.with(export.images.withoutPrefix("/data/"));
    }

    private static TableCells read(Path file, TextFormat format) throws IOException {
        if (ParquetTable.isWrittenIn(file)) {
            return ParquetTable.read(file, format);
        }
        return JsonLines.isWrittenIn(file)
                ? JsonLines.read(file, format)
                : CsvReader.parse(file, CsvText.read(file, format.charset()), format);
    }

    private static TableFile of(Path file, Reader reader) {
        Path folder = Given.require(file, "file", "the path of a table")
                .toAbsolutePath()
                .getParent();
        return new TableFile(file, ImageFolder.of(folder == null ? file : folder), null, TextFormat.FOUND_OUT, reader);
    }

    /** The same with the folder from which the paths of images start; by default the file's own. */
    public TableFile withImages(Path folder) {
        return with(
                images.withRoot(Given.require(folder, "folder", "the folder from which the paths of images start")));
    }

    /** The same with something added to names of images that do not end so, such as {@code ".jpg"}. */
    public TableFile withExtension(String extension) {
        return with(images.withExtension(Given.require(extension, "extension", "e.g. \".jpg\"")));
    }

    /** The same with paths allowed that lead outside of the images folder: with {@code ..} or absolute ones. */
    public TableFile withPathsOutside() {
        return with(images.withPathsOutside());
    }

    /**
     * The same with something cut from paths and addresses of images that begin so, such as {@code "/home/old/data/"}
     * in a table from another machine, or {@code "s3://bucket/"} where the images were copied from there. What is left
     * starts from the images folder.
     */
    public TableFile withoutPrefix(String prefix) {
        return with(images.withoutPrefix(Given.require(prefix, "prefix", "e.g. \"/home/old/data/\"")));
    }

    /**
     * The same with images that stand in the table as Base64 alone, without {@code data:image/...;base64,} before it,
     * which is understood without being said.
     */
    public TableFile withBase64Images() {
        return with(images.withBase64());
    }

    /**
     * The same with addresses allowed ({@code http}, {@code https}) in place of paths: such an image is downloaded when
     * it is first read, and kept.
     *
     * @param folder where they are kept; made if it is not there
     */
    public TableFile withDownloads(Path folder) {
        return with(
                images.withUrls(new UrlImages(Given.require(folder, "folder", "the folder for downloaded images"))));
    }

    private TableFile with(ImageFolder changed) {
        return new TableFile(file, changed, imageColumn, format, reader);
    }

    private TableFile with(TextFormat changed) {
        return new TableFile(file, images, imageColumn, changed, reader);
    }

    /** The same with the name of the column of images; by default the only one whose cells look like image files. */
    public TableFile withImageColumn(String column) {
        return new TableFile(
                file, images, Given.require(column, "column", "the name of the column of images"), format, reader);
    }

    /** The same with its encoding; by default what a byte order mark says, without one UTF-8. */
    public TableFile withCharset(Charset encoding) {
        return with(format.with(Given.require(encoding, "encoding", "e.g. StandardCharsets.UTF_8")));
    }

    /** The same with what stands between the cells; by default it is found out. */
    public TableFile withDelimiter(char separator) {
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("a quote or a line break cannot separate cells; e.g. ',' or ';' can");
        }
        return with(format.with(separator));
    }

    /**
     * The same without a header: the first line is a row, and the columns have the names {@code "1"}, {@code "2"} and
     * so on, as they are counted from the left.
     */
    public TableFile withoutHeader() {
        return with(format.withoutHeader());
    }

    /** The file's name, without its folders. */
    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /**
     * Reads the file and says what its columns have.
     *
     * @return in order
     * @throws IOException if the file cannot be read or is no table; the message has file and line
     */
    @Override
    public List<ColumnSummary> columns() throws IOException {
        TableCells table = table();
        if (imageColumn == null) {
            refuseRowAsHeader(table.header());
        }
        return IntStream.range(0, table.header().size())
                .mapToObj(i -> table.images().containsKey(i)
                        ? ColumnSummary.ofImages(table.header().get(i), table.values(i))
                        : ColumnSummary.of(table.header().get(i), table.values(i), table.tags(i)))
                .toList();
    }

    private TableCells table() throws IOException {
        return reader.read(file, format);
    }

    @Override
    public List<TableRow> read(UnaryOperator<List<String>> wanted, Consumer<Finding> notes) throws IOException {
        TableCells table = table();
        table.notes().forEach(note -> notes.accept(TableNotes.note(note)));
        if (!Files.isDirectory(images.root())) {
            throw new IOException("the images folder " + images.root()
                    + (Files.exists(images.root()) ? " is a file, not a folder" : ": no such folder"));
        }
        String unit = table.unit();
        int image = imageColumn(table);
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<String> labels = IntStream.range(0, table.header().size())
                .filter(i -> i != image && !table.header().get(i).isEmpty())
                .mapToObj(table.header()::get)
                .toList();
        wanted.apply(labels).forEach(column -> positions.put(column, positions.size()));
        int[] numbers = positions.keySet().stream().mapToInt(table::column).toArray();
        List<Repeats<TableRow.Cell>> repeats = new ArrayList<>();
        positions.forEach((column, position) -> repeats.add(new Repeats<>()));
        ImageFolder folder = images.lookedAtAnew();
        TableCells.Images held = table.images().get(image);
        List<@Nullable ImageSource> heldImages = held == null ? List.of() : held.read();
        List<TableRow> rows = new ArrayList<>(table.lines().size());
        for (TableCells.Line line : table.lines()) {
            TableRow.Cell[] cells = new TableRow.Cell[numbers.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = repeats.get(i)
                        .one(new TableRow.Cell(
                                line.cells().get(numbers[i]), line.tags().get(numbers[i])));
            }
            long number = line.number();
            ImageSource inside = heldImages.isEmpty() ? null : heldImages.get(rows.size());
            ImageSource source = inside == null ? folder.resolve(line.cells().get(image)) : inside;
            rows.add(new TableRow(source, positions, cells, () -> name() + " " + unit + " " + number));
        }
        folder.otherCase().ifPresent(note -> notes.accept(TableNotes.note(note)));
        folder.advice().ifPresent(advice -> notes.accept(TableNotes.warning(advice)));
        return rows;
    }

    @Override
    public String key(TableRow row) {
        return RowSource.below(images.root(), row.image().name());
    }

    private int imageColumn(TableCells table) {
        if (imageColumn != null) {
            return table.column(imageColumn);
        }
        List<String> found = IntStream.range(0, table.header().size())
                .filter(i -> table.images().isEmpty()
                        ? ColumnSummary.isOfImages(table.values(i))
                        : table.images().containsKey(i))
                .mapToObj(table.header()::get)
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(file + ": "
                    + (found.isEmpty()
                            ? "no column looks like the names of image files"
                            : "the columns " + found + " all look like the names of image files")
                    + "; name the column of images: withImageColumn(...). There are "
                    + NearMatches.describe("", table.header()));
        }
        refuseRowAsHeader(found);
        return table.column(found.get(0));
    }

    private void refuseRowAsHeader(List<String> names) {
        names.stream().filter(ImageNames::isImage).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(file + ": the first line, with '" + name
                    + "', looks like a row and not like a header: write the names of the columns above it, such as"
                    + " image, or say that there is none with TableFile.withoutHeader(): columns are then named by their"
                    + " numbers, from 1");
        });
    }
}
