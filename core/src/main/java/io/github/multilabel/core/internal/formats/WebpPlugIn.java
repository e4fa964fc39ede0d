package io.github.multilabel.core.internal.formats;

import io.github.multilabel.core.image.ImageDecodeException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses one of the two plug-ins that read WebP, because Java itself does not: the one with Google's own library is
 * exact and fast, the one in Java runs everywhere. Others that an application has are left alone: the same file must
 * give the same pixels everywhere.
 */
final class WebpPlugIn {

    /** The Maven coordinates of the better one, which brings libwebp for Linux, macOS and Windows. */
    static final String NATIVE = "com.github.usefulness:webp-imageio:0.10.2";

    /**
     * The Maven coordinates of the one in Java. Before 3.15.0, it turned what fast encoders write into other pixels.
     */
    static final String JAVA = "com.twelvemonkeys.imageio:imageio-webp:3.15.0";

    private static final Logger LOG = LoggerFactory.getLogger(WebpPlugIn.class);

    private static final String NATIVE_READERS = "com.luciad.imageio.webp.";
    private static final String JAVA_READERS = "com.twelvemonkeys.imageio.plugins.webp.";
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int MAJOR = 3;
    private static final int MINOR = 15;

    /** One white pixel, lossless. */
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA=");

    /** Null if no plug-in can be used. */
    private final @Nullable ImageReaderSpi provider;

    private final String problem;

    private WebpPlugIn(@Nullable ImageReaderSpi provider, String problem) {
        this.provider = provider;
        this.problem = problem;
    }

    /** Looks beside a class, where a dependency is, and not in ImageIO's register, which others fill and empty. */
    static WebpPlugIn beside(Class<?> type) {
        List<ImageReaderSpi> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Iterator<ServiceLoader.Provider<ImageReaderSpi>> candidates =
                ServiceLoader.load(ImageReaderSpi.class, type.getClassLoader()).stream()
                        .iterator();
        while (candidates.hasNext()) {
            ServiceLoader.Provider<ImageReaderSpi> candidate = candidates.next();
            String name = candidate.type().getName();
            try {
                if (name.startsWith(NATIVE_READERS) || name.startsWith(JAVA_READERS)) {
                    found.add(candidate.get());
                }
            } catch (ServiceConfigurationError | LinkageError e) { // a jar that it needs is not there
                problems.add(name + " cannot be used (" + (e.getCause() == null ? e : e.getCause()) + ")");
            }
        }
        return choose(found, problems);
    }

    /**
     * The first that can be used.
     *
     * @param unusable what is known against others
     */
    static WebpPlugIn choose(List<ImageReaderSpi> found, List<String> unusable) {
        List<String> problems = new ArrayList<>(unusable);
        for (boolean javas : new boolean[] {false, true}) {
            for (ImageReaderSpi candidate : found) {
                if (candidate.getClass().getName().startsWith(JAVA_READERS) == javas) {
                    String problem = javas ? versionProblem(candidate) : nativeProblem(candidate);
                    if (problem.isEmpty()) {
                        problems.forEach(other -> LOG.warn("{}; WebP is read by {} instead", other, JAVA));
                        return new WebpPlugIn(candidate, "");
                    }
                    problems.add(problem);
                }
            }
        }
        return new WebpPlugIn(null, String.join("; ", problems));
    }

    /** Reads a pixel, since only that shows whether a native library loads. */
    private static String nativeProblem(ImageReaderSpi candidate) {
        @Nullable ImageReader reader = null;
        try (ByteArrayImageInput input = new ByteArrayImageInput(PIXEL)) {
            reader = candidate.createReaderInstance();
            reader.setInput(input, true, true);
            var unused = reader.read(0);
            return "";
        } catch (IOException | RuntimeException | LinkageError e) {
            return NATIVE + " is there, but its native library does not load on " + System.getProperty("os.name") + ", "
                    + System.getProperty("os.arch") + " (" + e + ")";
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static String versionProblem(ImageReaderSpi candidate) {
        String version = candidate.getClass().getPackage().getImplementationVersion();
        Matcher numbers = VERSION.matcher(version == null ? "" : version);
        if (!numbers.matches()) {
            return "com.twelvemonkeys.imageio:imageio-webp is there, but its jar was packed again and does not say its"
                    + " version, and before 3.15.0 it reads wrong pixels";
        }
        int major = Integer.parseInt(numbers.group(1));
        boolean right = major > MAJOR || major == MAJOR && Integer.parseInt(numbers.group(2)) >= MINOR;
        return right
                ? ""
                : "com.twelvemonkeys.imageio:imageio-webp is there in version " + version
                        + ", and before 3.15.0 it reads wrong pixels";
    }

    /** Refuses to go on without a plug-in. */
    void require() throws Defect {
        if (provider == null) {
            throw new Defect(
                    Kind.UNSUPPORTED,
                    "unsupported without a plug-in: this is a WEBP image" + (problem.isEmpty() ? "" : ", " + problem),
                    "add the dependency " + NATIVE + " or " + JAVA + ", or convert it to JPEG or PNG",
                    null);
        }
    }

    boolean isNative() {
        return provider != null && provider.getClass().getName().startsWith(NATIVE_READERS);
    }

    ImageReader newReader() throws IOException {
        return Objects.requireNonNull(provider, "require() comes first").createReaderInstance();
    }
}
