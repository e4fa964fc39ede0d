package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarNameTest {

    @Test
    void everyNameHasTheBrandTypeAndYearThatAPersonReads() throws IOException {
        List<GoldenNames.Row> golden = GoldenNames.all();
        assertThat(golden).hasSize(196);
        SoftAssertions.assertSoftly(softly -> golden.forEach(row -> {
            CarName name = CarName.parse(row.name());
            softly.assertThat(name.brand()).as(row.name()).isEqualTo(row.brand());
            softly.assertThat(name.year()).as(row.name()).isEqualTo(row.year());
            softly.assertThat(VehicleTypeRule.byBody().categoryOf(name))
                    .as(row.name())
                    .isEqualTo(row.type());
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "AM General Hummer SUV 2000, AM General, Hummer, SUV",
        "Aston Martin V8 Vantage Coupe 2012, Aston Martin, V8 Vantage, Coupe",
        "Land Rover LR2 SUV 2012, Land Rover, LR2, SUV",
        "Rolls-Royce Phantom Drophead Coupe Convertible 2012, Rolls-Royce, Phantom Drophead Coupe, Convertible",
        "Bentley Continental Supersports Conv. Convertible 2012, Bentley, Continental Supersports Conv., Convertible",
        "Ram C/V Cargo Van Minivan 2012, Ram, C/V Cargo Van, Minivan",
        "Infiniti G Coupe IPL 2012, Infiniti, G IPL, Coupe",
        "Ford Ranger SuperCab 2011, Ford, Ranger, SuperCab",
        "Chevrolet Silverado 1500 Hybrid Crew Cab 2012, Chevrolet, Silverado 1500 Hybrid, Crew Cab",
        "Dodge Ram Pickup 3500 Quad Cab 2009, Dodge, Ram Pickup 3500, Quad Cab",
        "Ford E-Series Wagon Van 2012, Ford, E-Series Wagon, Van",
        "smart fortwo Convertible 2012, smart, fortwo, Convertible",
        "Chevrolet Corvette ZR1 2012, Chevrolet, Corvette ZR1, ''",
        "Acura Integra Type R 2001, Acura, Integra Type R, ''",
    })
    void takesNamesApart(String fullName, String brand, String model, String body) {
        CarName name = CarName.parse(fullName);
        assertThat(name.brand()).isEqualTo(brand);
        assertThat(name.model()).isEqualTo(model);
        assertThat(name.body()).isEqualTo(body);
        assertThat(name).hasToString(fullName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2012", "Audi A5 Coupe", "Audi A5 Coupe 12", "Audi A5 Coupe 3012"})
    void namesWithoutBrandOrYearAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CarName.parse(name))
                .withMessageContaining("car name '" + name + "'")
                .withMessageContaining("Audi A5 Coupe 2012");
    }
}
