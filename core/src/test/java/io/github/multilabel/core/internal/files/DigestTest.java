package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** Of FIPS 180-4. */
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aChecksumIsThatOfOtherTools() {
        assertThat(Digest.sha256(ABC)).isEqualTo(SHA_256_OF_ABC);
        assertThat(Digest.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void severalPartsAreOneContent() {
        assertThat(Digest.sha256(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}))
                .isEqualTo(SHA_256_OF_ABC);
    }

    @Test
    void whatIsReadIsAdded() throws IOException {
        byte[] content = new byte[200_000];
        assertThat(new Digest(Digest.SHA_256)
                        .add(new ByteArrayInputStream(content))
                        .hex())
                .isEqualTo(Digest.sha256(content));
    }

    @Test
    void whatPassesThroughAStreamIsAdded() throws IOException {
        Digest digest = new Digest(Digest.SHA_256);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = digest.passing(bytes)) {
            out.write(ABC);
        }
        assertThat(bytes.toByteArray()).isEqualTo(ABC);
        assertThat(digest.hex()).isEqualTo(SHA_256_OF_ABC);
    }

    @Test
    void othersPublishOtherAlgorithms() throws IOException {
        Digest digest = new Digest("MD5").add(new ByteArrayInputStream(ABC));
        assertThat(digest.hex()).as("of RFC 1321").isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Digest("SHA-257"))
                .withMessageContaining("no checksum 'SHA-257' is known");
    }
}
