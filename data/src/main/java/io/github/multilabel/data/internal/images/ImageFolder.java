package io.github.multilabel.data.internal.images;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.internal.text.LabelText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the image that a cell names.
 *
 * @param root what relative paths start from
 * @param extension what is added to a name that does not end so, such as {@code ".jpg"}; may be empty
 * @param outside whether a path may lead outside of the root
 * @param prefix what is cut from the beginning of paths, such as the folder of another machine; may be empty
 * @param base64 whether cells are images in Base64
 * @param urls where images with an address are kept, or null if there must be none
 * @param names finds files whose names differ in case
 */
public record ImageFolder(
        Path root,
        String extension,
        boolean outside,
        String prefix,
        boolean base64,
        @Nullable UrlImages urls,
        NamesInAnyCase names,
        LostPaths lost) {

    private static final Pattern ADDRESS = Pattern.compile("(?s)([a-zA-Z][a-zA-Z0-9+.-]+)://.*");
    private static final Pattern FILE = Pattern.compile("(?si)file:(?://(?:localhost)?(?=/))?(/.*)");
    private static final Pattern WINDOWS = Pattern.compile("(?s)[a-zA-Z]:[\\\\/].*|\\\\\\\\.*");
    private static final Pattern QUOTED = Pattern.compile(
            "(?s)\"(.+)\"|'(.+)'|`(.+)`|[\u201c\u201d\u201e](.+)[\u201c\u201d]|[\u2018\u2019\u201a](.+)[\u2018\u2019]|\u00ab(.+)\u00bb");
    private static final List<String> EXTENSIONS =
            List.of(".jpg", ".jpeg", ".JPG", ".JPEG", ".png", ".PNG", ".gif", ".bmp", ".webp");

    private static final String ABSENT = "no such file";

    private ImageFolder(
            Path root, String extension, boolean outside, String prefix, boolean base64, @Nullable UrlImages urls) {
        this(root, extension, outside, prefix, base64, urls, new NamesInAnyCase(), new LostPaths(root, prefix));
    }

    /** Takes paths below a folder as they are. */
    public static ImageFolder of(Path root) {
        return new ImageFolder(root, "", false, "", false, null);
    }

    public ImageFolder withRoot(Path folder) {
        return new ImageFolder(folder, extension, outside, prefix, base64, urls);
    }

    public ImageFolder withExtension(String ending) {
        return new ImageFolder(root, ending, outside, prefix, base64, urls);
    }

    public ImageFolder withPathsOutside() {
        return new ImageFolder(root, extension, true, prefix, base64, urls);
    }

    public ImageFolder withoutPrefix(String beginning) {
        return new ImageFolder(root, extension, outside, beginning, base64, urls);
    }

    public ImageFolder withBase64() {
        return new ImageFolder(root, extension, outside, prefix, true, urls);
    }

    public ImageFolder withUrls(UrlImages kept) {
        return new ImageFolder(root, extension, outside, prefix, base64, kept);
    }

    /** The same, knowing nothing of what files there were. */
    public ImageFolder lookedAtAnew() {
        return new ImageFolder(root, extension, outside, prefix, base64, urls);
    }

    /** A note on files that were found although their names differ in case. */
    public Optional<String> otherCase() {
        return names.note();
    }

    /** What to do about images that are not there, if they have something in common. */
    public Optional<String> advice() {
        return lost.advice();
    }

    /** The image of a cell, and a look at why it is not there. */
    public ImageSource resolve(String cell) {
        String shortened = lost.shortened(cell);
        ImageSource image = find(shortened);
        if (image instanceof UnusableImage unusable && !unusable.isNone()) {
            lost.add(shortened);
        } else {
            lost.found();
        }
        return image;
    }

    private ImageSource find(String cell) {
        String text = cell.strip();
        String cleaned = LabelText.clean(text);
        if (cleaned.isEmpty()) {
            return UnusableImage.none("the cell of the image column is empty");
        }
        if (base64 && !cleaned.regionMatches(true, 0, DataImage.SCHEME, 0, DataImage.SCHEME.length())) {
            return DataImage.ofDigits(text);
        }
        if (DataImage.looksLikeDigits(cleaned)) {
            return new UnusableImage(
                    cleaned.substring(0, DataImage.SHOWN) + "...",
                    "looks like an image in Base64; TableFile.withBase64Images() reads it");
        }
        Matcher quoted = QUOTED.matcher(cleaned);
        String bare =
                quoted.matches() ? cleaned.substring(1, cleaned.length() - 1).strip() : cleaned;
        Matcher address = ADDRESS.matcher(bare);
        Matcher file = FILE.matcher(bare);
        if (file.matches()) {
            String path = fromRoot(file.group(1));
            return path(path, Set.of(WebAddress.decoded(path)));
        }
        if (address.matches()) {
            return address(address.group(1).toLowerCase(Locale.ROOT), bare);
        }
        if (bare.regionMatches(true, 0, DataImage.SCHEME, 0, DataImage.SCHEME.length())) {
            return DataImage.of(bare);
        }
        if (File.separatorChar == '/' && WINDOWS.matcher(bare).matches()) {
            return new UnusableImage(
                    bare,
                    "is an absolute path of Windows, which means nothing here; write paths that start from the images"
                            + " folder");
        }
        Set<String> others = new LinkedHashSet<>(List.of(cleaned, bare, WebAddress.decoded(bare), text));
        return path(cell, others);
    }

    /** Windows knows no slash before the letter of a drive. */
    private static String fromRoot(String path) {
        return File.separatorChar == '\\' && path.matches("/[a-zA-Z]:.*") ? path.substring(1) : path;
    }

    private ImageSource address(String scheme, String text) {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new UnusableImage(
                    text,
                    "is an address of a kind that is not read; http, https, file and data are, and others through an"
                            + " ImageSource of your own in ImageTable.rows");
        }
        return urls == null
                ? new UnusableImage(
                        text, "is an address; to download such images, say where to keep them: withDownloads(DIR)")
                : urls.image(text);
    }

    /**
     * The file of a path.
     *
     * @param name as the table has it
     * @param others what else may be meant by it, the form for messages first
     */
    private ImageSource path(String name, Set<String> others) {
        String shown = others.iterator().next();
        try {
            return file(named(shown), spellings(name, others));
        } catch (InvalidPathException e) {
            return ImageSource.of(root, named(name)); // its problem is the cause
        }
    }

    private String named(String name) {
        return name.endsWith(extension) ? name : name + extension;
    }

    private ImageSource file(String shown, Set<String> spellings) {
        for (String spelling : spellings) {
            Path path = root.resolve(spelling);
            if (!outside && !isInside(path)) {
                return new UnusableImage(
                        shown,
                        "leads outside of the images folder " + root
                                + "; name the folder that has all images, or allow it with withPathsOutside()");
            }
            if (Files.isRegularFile(path)) {
                return ImageSource.of(path);
            }
        }
        ImageSource asked = ImageSource.of(root.resolve(shown));
        String reason = asked.problem().orElse(ABSENT);
        if (!reason.equals(ABSENT)) {
            return asked;
        }
        List<Path> otherCase = spellings.stream()
                .map(spelling -> names.find(root, root.resolve(spelling)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (otherCase.size() == 1) {
            return ImageSource.of(otherCase.get(0));
        }
        String hint = otherCase.isEmpty()
                ? hint(shown)
                : ", but " + otherCase + " are there, which differ in case: say which is meant";
        return new UnusableImage(asked.name(), hint.isEmpty() ? ABSENT : ABSENT + hint);
    }

    /**
     * The path as it is; then with slashes for backslashes, each with umlauts written the one way and the other; then
     * the same of what else may be meant.
     */
    private Set<String> spellings(String name, Set<String> others) {
        Set<String> spellings = new LinkedHashSet<>();
        Stream.concat(Stream.of(name), others.stream()).distinct().forEach(meant -> {
            for (String slashes : List.of(meant, meant.replace('\\', '/'))) {
                String whole = named(slashes);
                spellings.add(whole);
                spellings.add(Normalizer.normalize(whole, Normalizer.Form.NFC));
                spellings.add(Normalizer.normalize(whole, Normalizer.Form.NFD));
            }
        });
        return spellings;
    }

    private boolean isInside(Path path) {
        return path.toAbsolutePath()
                .normalize()
                .startsWith(root.toAbsolutePath().normalize());
    }

    /** What was probably meant, found with a few looks only: there may be 100,000 such rows. */
    private String hint(String name) {
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        for (String base : Stream.of(name, stem).distinct().toList()) {
            for (String ending : EXTENSIONS) {
                if (!(base + ending).equals(name) && Files.isRegularFile(root.resolve(base + ending))) {
                    return base.equals(name)
                            ? ", but " + base + ending + " is there: withExtension(\"" + ending + "\") adds it"
                            : ", but " + base + ending + " is there: correct the table or rename the file";
                }
            }
        }
        Path path = Path.of(name);
        if (path.getNameCount() > 1 && Files.isRegularFile(root.resolve(path.getFileName()))) {
            return ", but the images folder has " + path.getFileName()
                    + ": name the folder from which the paths of the table start";
        }
        return "";
    }
}
