package io.github.multilabel.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the photos of Stanford Cars are, for tests and benchmarks that read real ones: the folder that the system
 * property {@code multilabel.photos} names, which has {@code cars_train} and the authors' annotations. It is no part of
 * the repository; tests that need it are tagged {@code real-data} and pass over where it is missing.
 */
public final class RealPhotos {

    /** A relative path starts from the root of the repository. */
    public static final String PROPERTY = "multilabel.photos";

    private static final Path DEFAULT = Path.of("..", "shared", "stanford-cars"); // a folder beside the checkout

    private RealPhotos() {}

    public static Path stanfordCars() {
        String given = System.getProperty(PROPERTY, "");
        return repository().resolve(given.isBlank() ? DEFAULT : Path.of(given)).normalize();
    }

    /** The training photos, JPEGs all in one folder. */
    public static Path training() {
        return stanfordCars().resolve("cars_train");
    }

    /** Why a test that needs them passes over. */
    public static String missing() {
        return "no photos in " + training() + "; -D" + PROPERTY + "=DIR names another folder";
    }

    /** Tests run in the folder of their module, benchmarks in the root. */
    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        Path parent = here.getParent();
        return parent != null && Files.exists(parent.resolve("test-support")) ? parent : here;
    }
}
