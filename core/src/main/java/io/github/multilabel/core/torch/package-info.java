/**
 * The gateway to native programs: {@link io.github.multilabel.core.torch.TorchFunction} runs TorchScript text that Java
 * wrote in one native call, {@link io.github.multilabel.core.torch.TorchValue} keeps a native value between calls, and
 * {@link io.github.multilabel.core.torch.NoGradients} guards a thread that only predicts. What the engine has only
 * once, threads use in turns by {@link io.github.multilabel.core.torch.EngineLock}.
 *
 * <p>The only package that may use {@code ai.djl.pytorch}. Knows nothing of: heads, networks, training.
 */
package io.github.multilabel.core.torch;
