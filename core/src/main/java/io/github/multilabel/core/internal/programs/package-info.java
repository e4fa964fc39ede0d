/**
 * Native programs that several modules share: {@link TorchPrograms} keeps those of one block, {@link ArrayCopy} copies
 * arrays whatever their device.
 *
 * <p>May use: core.torch, core.torch.internal; DJL.
 */
@NullMarked
package io.github.multilabel.core.internal.programs;

import org.jspecify.annotations.NullMarked;
