/**
 * The gateway to native programs: {@link TorchFunction} runs TorchScript text that Java wrote in one native call,
 * {@link TorchValue} keeps a native value between calls, {@link Precision} is in which numbers a network computes, and
 * {@link NoGradients} guards a thread that only predicts.
 *
 * <p>May use: core.torch.internal; DJL, DJL's PyTorch engine, SLF4J.
 */
@NullMarked
package io.github.multilabel.core.torch;

import org.jspecify.annotations.NullMarked;
