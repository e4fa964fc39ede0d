package io.github.multilabel.model;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.backbone.Backbones;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Null is refused where it is passed, with the name of the argument and what to pass. */
class NullArgumentsTest {

    private static final HeadSet HEADS = HeadSet.of(Head.singleLabel("type", "Coupe", "SUV"));
    private static final Preprocessing SMALL = Preprocessing.imageNet(32);

    @Test
    void aModelIsCreatedFromWhatIsGiven() {
        assertRefused("backbone", () -> MultiLabelModel.create(null, HEADS, SMALL, Device.cpu(), 0));
        assertRefused("heads", () -> MultiLabelModel.create(Backbones.small(), null, SMALL, Device.cpu(), 0));
        assertRefused("preprocessing", () -> MultiLabelModel.create(Backbones.small(), HEADS, null, Device.cpu(), 0));
        assertRefused("device", () -> MultiLabelModel.create(Backbones.small(), HEADS, SMALL, null, 0));
    }

    @Test
    void aModelIsLoadedFromAFolder() {
        assertRefused("folder", () -> MultiLabelModel.load(null));
        assertRefused("folder", () -> MultiLabelModel.load(null, Backbones.small()));
        assertRefused("device", () -> MultiLabelModel.load(Path.of("model"), (Device) null));
        assertRefused("folder", () -> MultiLabelModel.requireSavable(null));
    }

    @Test
    void aModelIsSavedToAFolder() throws Exception {
        try (MultiLabelModel model = MultiLabelModel.create(Backbones.small(), HEADS, SMALL, Device.cpu(), 0)) {
            assertRefused("folder", () -> model.save(null));
            assertRefused("names", () -> model.withHeads(null));
        }
    }

    @Test
    void backbonesAndHeadsHaveNames() {
        assertRefused("name", () -> Backbones.byName(null));
        assertRefused("name", () -> Head.singleLabel(null, "Coupe", "SUV"));
        assertRefused("categories", () -> Head.singleLabel("type", (List<String>) null));
        assertRefused("categories", () -> Head.singleLabel("type", "Coupe", null));
        assertRefused("heads", () -> HeadSet.of((Head) null));
    }

    private static void assertRefused(String argument, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageStartingWith("argument '" + argument + "' is null; pass ");
    }
}
