/**
 * The subcommand {@code info}: a report of one thing is an object of JSON, which is printed as it is or for people.
 * Start at {@link InfoCommand}.
 *
 * <p>May use: cli.config, cli.machine, cli.program, core, core.image, core.internal.files, core.internal.message,
 * core.torch, core.torch.internal, model, model.backbone, model.card, model.network, model.weights,
 * training.internal.checkpoint, training.internal.loop; Commons CSV, DJL, Gson, picocli.
 */
@NullMarked
package io.github.multilabel.cli.info;

import org.jspecify.annotations.NullMarked;
