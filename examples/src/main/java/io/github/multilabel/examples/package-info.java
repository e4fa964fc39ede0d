/**
 * Programs for the command line; {@code --help} explains each. Start at
 * {@link io.github.multilabel.examples.TrainStanfordCars}: a main parses its options, one method does the work and
 * returns what a test can check. They show how the library is used, and are there to be copied; what else a command
 * line needs is in {@link io.github.multilabel.examples.program}.
 */
package io.github.multilabel.examples;
