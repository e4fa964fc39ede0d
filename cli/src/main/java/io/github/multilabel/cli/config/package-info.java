/**
 * Options in files: {@link ConfigFile} reads those that somebody wrote, {@link RunFile} is what a training leaves.
 *
 * <p>May use: cli.machine, cli.program, core, core.internal.files, core.internal.message, core.torch,
 * core.torch.internal, training.event, training.internal.settings, training.schedule; DJL, Gson, SLF4J, picocli,
 * SnakeYAML Engine.
 */
@NullMarked
package io.github.multilabel.cli.config;

import org.jspecify.annotations.NullMarked;
