package io.github.multilabel.model.network;

/** How depthwise convolutions are written, for the sake of their gradients; what they compute is the same. */
enum Depthwise {
    /** As any other. */
    PLAIN,
    /** Those with a stride in float32: oneDNN computes their gradients very slowly in 16 bits. */
    FULL_STRIDES,
    /** The same, and wide kernels in slices; see {@link io.github.multilabel.model.internal.WideKernels}. */
    SLICED
}
