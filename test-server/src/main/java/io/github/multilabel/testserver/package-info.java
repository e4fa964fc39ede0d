/**
 * A server for the tests of whatever downloads. May use: the JDK alone. Its own module, so that all modules can share
 * it without needing each other's tests.
 */
package io.github.multilabel.testserver;
