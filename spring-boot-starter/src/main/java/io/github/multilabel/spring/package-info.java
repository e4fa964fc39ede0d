/**
 * Trained models in an application of Spring Boot: {@link io.github.multilabel.spring.MultiLabelAutoConfiguration},
 * which reads {@link io.github.multilabel.spring.MultiLabelProperties}. The beans are made by {@code ConfiguredService}
 * and {@code ServedPredictor}; {@code UnusableModelsAnalyzer} says what is wrong where they cannot be made.
 *
 * <p>May use: core, core.image, core.internal.drawing, core.internal.files, core.internal.message, core.torch, model,
 * model.prediction, serving; DJL, Micrometer, Spring.
 */
@NullMarked
package io.github.multilabel.spring;

import org.jspecify.annotations.NullMarked;
