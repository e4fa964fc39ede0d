package io.github.multilabel.data.internal.text;

import java.util.HashMap;
import java.util.Map;

/** Keeps one of equal values, so that a category in a million rows is one object and not a million. */
public final class Repeats<T> {

    /** More different values than these are no categories, and looking for them would take more than it saves. */
    private static final int MOST = 50_000;

    private final Map<T, T> known = new HashMap<>();

    /** A value that equals the given one; the same for all that are equal, as long as there are not too many. */
    public T one(T value) {
        T first = known.get(value);
        if (first != null) {
            return first;
        }
        if (known.size() < MOST) {
            known.put(value, value);
        }
        return value;
    }
}
