package io.github.multilabel.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house. It stands here because this module sees all others. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.multilabel");

    /** Annotations that any package may use without saying so. */
    private static final String NULLNESS = "org.jspecify.annotations";

    private static final Set<String> MODULES = Set.of(
            "core",
            "data",
            "cars",
            "model",
            "onnx",
            "openvino",
            "serving",
            "spring",
            "spark",
            "evaluation",
            "training",
            "cli",
            "examples",
            "benchmarks",
            "testsupport",
            "release");

    /** What each module may use; packages say it more exactly. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("data", Set.of("core")),
            Map.entry("cars", Set.of("data", "core")),
            Map.entry("model", Set.of("core")),
            Map.entry("onnx", Set.of("model", "core")),
            Map.entry("openvino", Set.of("onnx", "core")),
            Map.entry("serving", Set.of("onnx", "model", "core")),
            Map.entry("spring", Set.of("serving", "model", "core")),
            Map.entry("evaluation", Set.of("model", "core")),
            Map.entry("training", Set.of("evaluation", "model", "core")),
            Map.entry(
                    "cli",
                    Set.of("training", "evaluation", "serving", "openvino", "onnx", "model", "cars", "data", "core")),
            Map.entry("spark", Set.of("cli", "training", "evaluation", "onnx", "model", "data", "core")),
            Map.entry(
                    "examples",
                    Set.of(
                            "cli",
                            "training",
                            "evaluation",
                            "serving",
                            "openvino",
                            "onnx",
                            "model",
                            "cars",
                            "data",
                            "core")),
            Map.entry(
                    "benchmarks",
                    Set.of(
                            "examples",
                            "cli",
                            "training",
                            "evaluation",
                            "serving",
                            "openvino",
                            "onnx",
                            "model",
                            "cars",
                            "data",
                            "core",
                            "testsupport")),
            Map.entry("testsupport", Set.of()));

    static List<PackageLine> lines() {
        return PackageLine.all();
    }

    @Test
    void everyPackageHasALine() {
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(type -> packages.add(nameOf(type)));

        assertThat(lines()).extracting(PackageLine::name).containsExactlyInAnyOrderElementsOf(packages);
    }

    /** Surefire runs {@code *Test} and failsafe {@code *IT}; under another name a test never runs, and nobody hears. */
    @Test
    void everyTestIsNamedSoThatItRuns() throws IOException {
        Pattern test = Pattern.compile("^\\s*@(?:Test|ParameterizedTest|Property|TestFactory)\\b", Pattern.MULTILINE);
        List<String> withTests = new ArrayList<>();
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (test.matcher(Files.readString(file)).find()) {
                        withTests.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertThat(withTests).hasSizeGreaterThan(100).allMatch(name -> name.matches(".*(Test|IT)\\.java"));
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void aPackageUsesWhatItsLineSaysAndNothingElse(PackageLine line) {
        Map<String, String> packages = new TreeMap<>(); // with an example of each
        Map<String, String> libraries = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (nameOf(type).equals(line.name())) {
                for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = arrow.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(PackageLine.ROOT)) {
                        packages.putIfAbsent(nameOf(target), arrow.getDescription());
                    } else if (!isOfTheJdk(target) && !target.getPackageName().equals(NULLNESS)) {
                        libraries.putIfAbsent(PackageLine.Library.of(target.getName()), arrow.getDescription());
                    }
                }
            }
        }
        packages.remove(line.name());

        assertThat(packages.keySet())
                .withFailMessage(() -> difference(line.name(), packages, line.packages()))
                .isEqualTo(line.packages());
        assertThat(libraries.keySet())
                .withFailMessage(() -> difference(line.name(), libraries, line.libraries()))
                .isEqualTo(line.libraries());
    }

    private static String difference(String name, Map<String, String> used, Set<String> said) {
        Map<String, String> unsaid = new TreeMap<>(used);
        unsaid.keySet().removeAll(said);
        Set<String> unused = new TreeSet<>(said);
        unused.removeAll(used.keySet());
        return "package-info of " + name + ": used but not said " + unsaid + ", said but not used " + unused;
    }

    private static boolean isOfTheJdk(JavaClass type) {
        return type.isPrimitive()
                || Stream.of("java.", "javax.", "sun.", "com.sun.").anyMatch(type.getName()::startsWith)
                        && !type.getName().startsWith("com.sun.jna.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void aModuleUsesOnlyThoseBelowIt(PackageLine line) {
        String module = moduleOf(line.name());
        assertThat(MODULES).contains(module);

        assertThat(line.packages())
                .extracting(ArchitectureTest::moduleOf)
                .filteredOn(other -> !other.equals(module))
                .isSubsetOf(ARROWS.get(module));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.multilabel.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheGatewayTouchesTheEngine() {
        assertThat(lines())
                .filteredOn(line -> line.libraries().contains("DJL's PyTorch engine"))
                .extracting(PackageLine::name)
                .isSubsetOf("core.torch", "core.torch.internal");
    }

    /** A program for PyTorch, a table or a file whose digits are Persian ones is none. */
    @Test
    void noTextDependsOnTheLanguageOfTheMachine() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .check(CLASSES);
    }

    @Test
    void imagesKnowNoTensors() {
        assertThat(lines())
                .filteredOn(line ->
                        line.name().startsWith("core.image") || line.name().startsWith("data.augment"))
                .allSatisfy(line -> assertThat(line.libraries()).doesNotContain("DJL"));
    }

    @Test
    void examplesThatUsersCopyUseNothingInternal() {
        assertThat(lines())
                .filteredOn(line -> line.name().equals("examples"))
                .singleElement()
                .satisfies(line -> assertThat(line.packages()).noneMatch(ArchitectureTest::isInternal));
    }

    /**
     * What is listed serves other packages of the library and is as internal as the types that it shows:
     * {@code @hidden} keeps it out of the Javadoc.
     */
    @Test
    void publicMembersShowNothingInternalButWhatIsListed() {
        Set<String> shown = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (isForUsers(type)) {
                type.getCodeUnits().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(ArchitectureTest::showsInternal)
                        .forEach(member -> shown.add(type.getSimpleName() + "." + member.getName()));
            }
        }

        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "Evaluation.counts",
                        "Evaluation.of",
                        "MultiLabelModel.addTo",
                        "MultiHeadBlock.logitsAfter",
                        "MultiHeadBlock.newInference",
                        "MultiLabelModel.newFeatures",
                        "MultiLabelModel.newHeat",
                        "MultiLabelModel.newInference",
                        "MultiLabelTrainer.settings",
                        "NetworkBlock.addTo",
                        "NetworkBlock.fold",
                        "NetworkBlock.foldFirst",
                        "NetworkBlock.heat",
                        "NetworkBlock.logits",
                        "NetworkBlock.logitsAfter",
                        "NetworkBlock.script",
                        "OptimizerSettings.start",
                        "Quantization.<init>",
                        "Quantization.int8",
                        "Quantization.observed");
    }

    private static boolean isForUsers(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !isInternal(nameOf(type))
                && !nameOf(type).startsWith("cli")
                && !nameOf(type).startsWith("examples")
                && !nameOf(type).startsWith("benchmarks");
    }

    private static boolean showsInternal(JavaCodeUnit member) {
        return Stream.concat(member.getRawParameterTypes().stream(), Stream.of(member.getRawReturnType()))
                .anyMatch(type -> type.getBaseComponentType().getPackageName().contains(".internal"));
    }

    @Test
    void docsShowNothingInternalInTheirCode() throws IOException {
        Pattern internal = Pattern.compile("import [\\w.]+\\.internal\\.");
        try (Stream<Path> docs = Stream.concat(Stream.of(Path.of("../README.md")), Files.list(Path.of("../docs")))) {
            assertThat(docs.filter(file -> file.toString().endsWith(".md")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(internal));
        }
    }

    @Test
    void theMapForNewcomersNamesEveryPackage() throws IOException {
        String map = Files.readString(Path.of("../docs/architecture.md"));
        String table = map.substring(map.indexOf("## Package map"));

        assertThat(lines()).extracting(line -> "`" + line.name() + "`").allSatisfy(name -> assertThat(table)
                .contains(name));
    }

    /** What one package of a module uses alone is better package-private. */
    @Test
    void publicTypesOfInternalPackagesAreUsedByOtherPackages() {
        Set<String> used = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(arrow -> arrow.getTargetClass().getBaseComponentType())
                    .filter(target -> !target.getPackageName().equals(type.getPackageName()))
                    .forEach(target -> used.add(target.getName()));
        }

        assertThat(CLASSES)
                .filteredOn(type -> isInternal(nameOf(type))
                        && !type.getSimpleName().matches("Jte.*Generated") // templates are public whoever uses them
                        && type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .isNotEmpty()
                .extracting(JavaClass::getName)
                .filteredOn(name -> !used.contains(name))
                .isEmpty();
    }

    private static boolean isInternal(String name) {
        return name.contains(".internal");
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().substring(PackageLine.ROOT.length());
    }

    private static String moduleOf(String name) {
        int end = name.indexOf('.');
        return end < 0 ? name : name.substring(0, end);
    }
}
