package io.github.multilabel.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation has its names in files. */
class OpFormatTest {

    @Test
    void everyOperationHasOne() {
        assertThat(Arrays.stream(OpFormat.values()).<Class<?>>map(OpFormat::type))
                .containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
        assertThat(OpFormat.values()).extracting(OpFormat::inFiles).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyComponentHasANameAndATypeThatFilesHave(OpFormat format) {
        RecordComponent[] components = format.type().getRecordComponents();
        assertThat(format.fields())
                .hasSameSizeAs(components)
                .doesNotHaveDuplicates()
                .doesNotContain("name", "stage", "inputs", "op");
        assertThat(components)
                .extracting(RecordComponent::getType)
                .allMatch(List.of(int.class, double.class, boolean.class, ConvInit.class)::contains);
    }

    @Test
    void theNamesOfConstantsStay() {
        Map<ConvInit, String> names = Map.of(
                ConvInit.FAN_OUT, "FAN_OUT",
                ConvInit.FAN_OUT_OF_GROUP, "FAN_OUT_OF_GROUP",
                ConvInit.NARROW, "NARROW",
                ConvInit.FAN_IN, "FAN_IN");
        assertThat(ConvInit.values())
                .allSatisfy(init -> assertThat(init.inFiles()).isEqualTo(names.get(init)));
    }
}
