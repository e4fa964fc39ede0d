package io.github.multilabel.model.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** The mean of the logits of each image and of its mirror image. */
record MirroredProgram(InferenceProgram program) implements InferenceProgram {

    private static final int COLUMNS = 3;

    @Override
    public NDList logits(NDManager manager, NDArray image) {
        try (NDManager call = manager.newSubManager()) {
            NDArray mirrored = image.flip(COLUMNS);
            mirrored.attach(call);
            NDList logits = program.logits(call, image);
            NDList others = program.logits(call, mirrored);
            NDList means = new NDList();
            for (int i = 0; i < logits.size(); i++) {
                NDArray mean = logits.get(i).add(others.get(i)).div(2); // not in place: PyTorch forbids it here
                mean.setName(logits.get(i).getName());
                means.add(mean);
            }
            means.attach(manager);
            return means;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
