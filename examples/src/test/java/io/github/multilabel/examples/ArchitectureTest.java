package io.github.multilabel.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the architecture, as the README draws them. */
@AnalyzeClasses(packages = "io.github.multilabel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_RUN_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("io.github.multilabel.core..")
            .layer("cars")
            .definedBy("io.github.multilabel.cars..")
            .layer("model")
            .definedBy("io.github.multilabel.model..")
            .layer("training")
            .definedBy("io.github.multilabel.training..")
            .layer("examples")
            .definedBy("io.github.multilabel.examples..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("cars")
            .mayOnlyAccessLayers("core")
            .whereLayer("model")
            .mayOnlyAccessLayers("core")
            .whereLayer("training")
            .mayOnlyAccessLayers("model", "core")
            .whereLayer("examples")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule ONLY_CORE_TORCH_TOUCHES_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.multilabel.core.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.github.multilabel.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PICTURES_KNOW_NO_TENSORS = noClasses()
            .that()
            .resideInAPackage("io.github.multilabel.core.image..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.ndarray..");
}
