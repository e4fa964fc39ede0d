/**
 * Programs for the command line; {@code --help} explains each. Start at
 * {@link io.github.multilabel.examples.TrainStanfordCars}: a main parses its options, one method does the work and
 * returns what a test can check.
 */
package io.github.multilabel.examples;
