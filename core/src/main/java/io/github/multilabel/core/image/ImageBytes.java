package io.github.multilabel.core.image;

/** An image in memory. */
@SuppressWarnings("ArrayRecordComponent") // an encoded image is passed on, never compared
record ImageBytes(String name, byte[] read) implements ImageSource {

    @Override
    public String toString() {
        return name;
    }
}
