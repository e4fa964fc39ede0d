package io.github.multilabel.core.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {

    private static final String PROPERTY = "multilabel.test.url";
    private static final Mirror MIRROR = new Mirror(PROPERTY, "MULTILABEL_TEST_URL_THAT_NOBODY_SETS");

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void nothingIsNamedUnlessTheUserDoes() {
        assertThat(MIRROR.folder()).isEmpty();
        System.setProperty(PROPERTY, "  ");
        assertThat(MIRROR.folder()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/files", "https://example.org/files/", " https://example.org/files "})
    void theSlashAtTheEndMayBeLeftOut(String value) {
        System.setProperty(PROPERTY, value);
        assertThat(MIRROR.folder()).contains(URI.create("https://example.org/files/"));
    }

    @Test
    void theEnvironmentVariableIsNamedToo() {
        String variable = System.getenv().keySet().stream()
                .filter(name ->
                        !System.getenv(name).isBlank() && !System.getenv(name).startsWith("http"))
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mirror(PROPERTY, variable).folder())
                .withMessageStartingWith(variable + " '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/files/", "/home/me/files", "https:///files", "http://a b"})
    void whatIsNoAddressOfHttpIsRefused(String wrong) {
        System.setProperty(PROPERTY, wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(MIRROR::folder)
                .withMessageContaining("-D" + PROPERTY + " '" + wrong + "' is not an address");
    }
}
