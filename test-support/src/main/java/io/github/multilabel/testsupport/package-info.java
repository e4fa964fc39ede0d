/**
 * What the tests of several modules share: a server that misbehaves
 * ({@link io.github.multilabel.testsupport.TestServer}), numbers of other libraries
 * ({@link io.github.multilabel.testsupport.Golden}), image files
 * ({@link io.github.multilabel.testsupport.DrawnImages}), real photos
 * ({@link io.github.multilabel.testsupport.RealPhotos}), and what a program writes to standard error
 * ({@link io.github.multilabel.testsupport.StandardError}).
 *
 * <p>May use: the JDK and Gson. Knows no other module, so that each of them can use it in its tests: what needs their
 * types lives in their own tests.
 */
package io.github.multilabel.testsupport;
