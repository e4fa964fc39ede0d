/**
 * The command {@code multilabel}. Start at {@link Multilabel}.
 *
 * <p>May use: cli.command, cli.config, cli.info, cli.machine, cli.program; picocli.
 */
@NullMarked
package io.github.multilabel.cli;

import org.jspecify.annotations.NullMarked;
