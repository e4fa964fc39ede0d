package io.github.multilabel.core.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What may be better a moment later: a busy server, a broken connection, silence. Another attempt is worth it. */
public final class TransientFailure extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Says what happened.
     *
     * @param cause null if there is none
     */
    public TransientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
