package io.github.multilabel.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.write(folder.resolve("weights.pth"), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"golden.safetensors", "torch/zip.pth", "torch/legacy.pth"})
    void theContentDecidesAndNotTheEnding(String name) throws IOException {
        Path source = TorchFiles.path("../" + name);
        Path renamed = Files.copy(source, folder.resolve("weights.bin"));
        try (WeightFile original = WeightFile.open(source);
                WeightFile copy = WeightFile.open(renamed)) {
            assertThat(copy).hasSameClassAs(original);
            assertThat(copy.tensors()).isEqualTo(original.tensors());
            assertThat(copy.path()).isEqualTo(renamed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x280, 0x3c, 0x7b})
    void theLengthOfAHeaderIsNotTakenForAnotherFormat(int length) throws IOException {
        Path path = file((char) (length & 0xff) + "" + (char) (length >> 8) + "\u0000".repeat(6) + "{}"
                + " ".repeat(length - 2));
        try (WeightFile file = WeightFile.open(path)) {
            assertThat(file).isInstanceOf(Safetensors.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '<!DOCTYPE html><html>',            a page of HTML or XML
                    '\n\n<?xml version="1.0"?><Error>', a page of HTML or XML
                    'version https://git-lfs.github.com/spec/v1', git lfs pull
                    '\u001f\u008b\u0008\u0000',         a gzip archive
                    '\u0089HDF\r\n',                    HDF5
                    '\u0008\u0007\u0012\u0007pytorch',  ONNX
                    GGUF,                               llama.cpp
                    '{"a": 1}',                         JSON
                    '',                                 is empty
                    'A\u0000B\u00ff',                   41 00 42 ff (A.B.)
                    """)
    void whatIsNotAWeightFileIsNamedAsWhatItSeemsToBe(String content, String seems) throws IOException {
        Path path = file(content);
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), seems, "torch.save");
    }

    @Test
    void aTarArchiveIsNamedAsSuch() throws IOException {
        Path path = file("weights/" + "\u0000".repeat(249) + "ustar\u000000");
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(path))
                .withMessageContainingAll(path.toString(), "tar archive", "PyTorch 0.1");
    }

    @Test
    void aFolderIsNotAFile() {
        assertThatIOException()
                .isThrownBy(() -> WeightFile.open(folder))
                .withMessageContainingAll(folder.toString(), "not a file");
    }
}
