/**
 * Programs for the command line; {@code --help} explains each. {@link ShowStanfordCars} shows how the library is used,
 * and is there to be copied; the others are the command {@code multilabel} with defaults for one task, and so its code
 * is what to copy.
 *
 * <p>May use: cars, cli, cli.program, core, core.image, core.image.decode, data, data.augment, data.sheet; DJL,
 * picocli.
 */
@NullMarked
package io.github.multilabel.examples;

import org.jspecify.annotations.NullMarked;
