/**
 * What programs on the command line have in common: their options, the folders that they write into, how they show
 * progress, how they stop at Ctrl-C, and how a failure becomes a message and an exit code. Start at
 * {@link io.github.multilabel.examples.program.Launcher}.
 */
package io.github.multilabel.examples.program;
