/**
 * Native programs: {@link TorchFunction} runs a program of TorchScript text in one native call, {@link TorchValue}
 * keeps a native value between calls, {@link Precision} is the data type in which a network computes, and
 * {@link NoGradients} turns gradients off for a thread.
 *
 * <p>May use: core.torch.internal; DJL, DJL's PyTorch engine, SLF4J.
 */
@NullMarked
package io.github.multilabel.core.torch;

import org.jspecify.annotations.NullMarked;
