package io.github.multilabel.onnx;

/** What an exported model is given: images of the size of the model's preprocessing, resized and cropped already. */
public enum OnnxInput {
    /** (N, 3, H, W) float32, red, green, blue, normalised as the model's preprocessing says. */
    FLOAT32,
    /** (N, H, W, 3) uint8, red, green, blue: pixels as decoders give them, which the file normalises itself. */
    UINT8;

    /** The name of the input in files. */
    static final String NAME = "image";

    /** The name in descriptions, which are kept. */
    static String inFiles(OnnxInput input) {
        return switch (input) {
            case FLOAT32 -> "FLOAT32_NCHW";
            case UINT8 -> "UINT8_NHWC";
        };
    }
}
