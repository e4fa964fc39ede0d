/**
 * The PyTorch engine itself: {@link TorchEngine} starts it, {@link EngineLock} lets one thread at a time draw from its
 * generator and collect gradients, {@link NativeMemory} and {@link LeakDetector} watch over memory that Java does not
 * see, {@link TorchScript} opens files of others, {@link WithGradients} is the gradient mode of a thread.
 *
 * <p>May use: no other package; DJL, DJL's PyTorch engine, SLF4J.
 */
@NullMarked
package io.github.multilabel.core.torch.internal;

import org.jspecify.annotations.NullMarked;
