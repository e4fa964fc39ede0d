/**
 * Options in files: {@link ConfigFile} reads those that somebody wrote, {@link RunFile} is what a training leaves.
 *
 * <p>May use: cli.program, core.internal.files, core.internal.message; Gson, picocli, SnakeYAML Engine.
 */
@NullMarked
package io.github.multilabel.cli.config;

import org.jspecify.annotations.NullMarked;
