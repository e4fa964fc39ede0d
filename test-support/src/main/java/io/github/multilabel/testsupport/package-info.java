/**
 * What the tests of several modules share: a server that misbehaves ({@link TestServer}), numbers of other libraries
 * ({@link Golden}), image files ({@link DrawnImages}, {@link Shapes} with labels), real photos ({@link RealPhotos}), a
 * data set of DJL without its server ({@link CaptchaFolder}), a browser ({@link Browser}), and what a program writes to
 * standard error ({@link StandardError}).
 *
 * <p>May use: no other package; DJL, Gson.
 */
@NullMarked
package io.github.multilabel.testsupport;

import org.jspecify.annotations.NullMarked;
