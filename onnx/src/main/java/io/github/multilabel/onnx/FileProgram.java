package io.github.multilabel.onnx;

import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.model.internal.calls.PixelProgram;
import io.github.multilabel.onnx.engine.OnnxSession;
import java.nio.ByteBuffer;
import java.util.List;

/** An engine runs an exported file. */
final class FileProgram implements PixelProgram {

    private final OnnxSession session;
    private final ImageBuffers buffers;

    /** Takes the session, and closes it when it is closed itself. */
    FileProgram(OnnxSession session, OnnxInput input, Preprocessing preprocessing) {
        this.session = session;
        buffers = new ImageBuffers(input, preprocessing);
    }

    @Override
    public float[][] run(List<Pixels> pixels) {
        ByteBuffer images = buffers.take(pixels);
        try {
            return session.run(images, buffers.shape(pixels.size()));
        } finally {
            buffers.giveBack(images);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
