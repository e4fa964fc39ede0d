package io.github.multilabel.model.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program of a pickle, as far as {@code torch.save} writes such programs: Python's protocol 2, and what
 * protocols 4 and 5 put in place of it. Tuples become {@code Object[]}, lists {@link List}, dictionaries {@link Map},
 * whole numbers {@link Long} or {@link BigInteger}, None null; all else comes from {@link TorchObjects} or is refused.
 *
 * <p>Written here rather than taken from a library, because a weight file may be hostile. {@code net.razorvine:pickle}
 * 1.5 keeps its constructors in a registry that the whole JVM shares, lets any other class pass as a dictionary, calls
 * {@code __setstate__} by reflection, and allocates whatever length a pickle declares. Here each name is looked up in a
 * fixed list, a length is compared with the bytes that follow, the number of steps is bounded, nested values take no
 * Java stack, and no step copies, compares or walks through what another has built, so that time and memory stay
 * proportional to the file.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.12/Lib/pickletools.py">the opcodes of pickle</a>
 */
final class Unpickler {

    /** More than ten times those of the largest models' files; each step holds on to at most some 60 bytes. */
    private static final int MOST_STEPS = 1 << 22;

    /** Far longer than a parameter's name; a map may compare a key with another at every step. */
    private static final int LONGEST_KEY = 4096;

    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput input;
    private final TorchObjects objects;
    private final List<Object> stack = new ArrayList<>();
    /** For each open mark the size that the stack had. */
    private final Deque<Integer> marks = new ArrayDeque<>();

    private final Map<Integer, Object> memo = new HashMap<>();

    private Unpickler(PickleInput input, TorchObjects objects) {
        this.input = input;
        this.objects = objects;
    }

    /**
     * Reads one pickle and leaves the input behind its last byte.
     *
     * @throws IOException if it is damaged, asks for what is not allowed, or is not of the kind that PyTorch writes
     */
    static Object load(PickleInput input, TorchObjects objects) throws IOException {
        Unpickler unpickler = new Unpickler(input, objects);
        for (int step = 0; step < MOST_STEPS; step++) {
            int opcode = input.unsignedByte();
            if (opcode == '.') { // STOP
                return unpickler.pop();
            }
            unpickler.step(opcode);
        }
        throw new IOException("its pickle has more than " + MOST_STEPS + " steps, far more than weights need");
    }

    private void step(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> requireKnownProtocol(input.unsignedByte()); // PROTO
            case 0x95 -> input.bytes(Long.BYTES); // FRAME, a hint of a length
            case '(' -> marks.push(stack.size()); // MARK
            case 'N' -> push(null); // NONE
            case 0x88 -> push(true); // NEWTRUE
            case 0x89 -> push(false); // NEWFALSE
            case 'K' -> push((long) input.unsignedByte()); // BININT1
            case 'M' ->
                push((long) Short.toUnsignedInt(input.number(Short.BYTES).getShort())); // BININT2
            case 'J' -> push((long) input.number(Integer.BYTES).getInt()); // BININT
            case 0x8a -> push(wholeNumber(input.bytes(input.unsignedByte()))); // LONG1
            case 'G' ->
                push(input.number(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble()); // BINFLOAT
            case 'U', 0x8c -> push(input.text(input.unsignedByte())); // SHORT_BINSTRING, SHORT_BINUNICODE
            case 'T', 'X' -> push(input.text(length())); // BINSTRING, BINUNICODE
            case 0x8d -> push(input.text(input.number(Long.BYTES).getLong())); // BINUNICODE8
            case ')' -> push(new Object[0]); // EMPTY_TUPLE
            case 0x85 -> push(last(1)); // TUPLE1
            case 0x86 -> push(last(2)); // TUPLE2
            case 0x87 -> push(last(3)); // TUPLE3
            case 't' -> push(sinceMark()); // TUPLE
            case ']' -> push(new ArrayList<>()); // EMPTY_LIST
            case 'a' -> append(last(1)); // APPEND
            case 'e' -> append(sinceMark()); // APPENDS
            case '}' -> push(new LinkedHashMap<>()); // EMPTY_DICT
            case 's' -> put(last(2)); // SETITEM
            case 'u' -> put(sinceMark()); // SETITEMS
            case 'q' -> memo.put(input.unsignedByte(), top()); // BINPUT
            case 'r' -> memo.put(input.number(Integer.BYTES).getInt(), top()); // LONG_BINPUT
            case 0x94 -> memo.put(memo.size(), top()); // MEMOIZE
            case 'h' -> push(remembered(input.unsignedByte())); // BINGET
            case 'j' -> push(remembered(input.number(Integer.BYTES).getInt())); // LONG_BINGET
            case 'c' -> push(objects.named(input.line(), input.line())); // GLOBAL
            case 0x93 -> { // STACK_GLOBAL
                Object[] names = last(2);
                push(objects.named(cast(String.class, names[0]), cast(String.class, names[1])));
            }
            case 'R', 0x81 -> { // REDUCE, NEWOBJ
                Object[] call = last(2);
                push(cast(TorchObjects.Builder.class, call[0]).build(cast(Object[].class, call[1])));
            }
            case 'b' -> { // BUILD: attributes of a dictionary, such as _metadata, say nothing of tensors
                pop();
                cast(Map.class, top());
            }
            case 'Q' -> push(objects.storage(cast(Object[].class, pop()))); // BINPERSID
            default ->
                throw new IOException("its pickle has the opcode 0x" + Integer.toHexString(opcode) + " at byte "
                        + (input.position() - 1)
                        + ", which torch.save does not write: it is damaged, or was written by another program");
        }
    }

    private static void requireKnownProtocol(int protocol) throws IOException {
        if (protocol > NEWEST_PROTOCOL) {
            throw new IOException(
                    "its pickle is of protocol " + protocol + "; up to " + NEWEST_PROTOCOL + " can be read");
        }
    }

    private static Number wholeNumber(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length + 1]; // one more, as there may be none
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
        }
        if (littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0) {
            bigEndian[0] = -1;
        }
        BigInteger number = new BigInteger(bigEndian);
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number;
    }

    private long length() throws IOException {
        return Integer.toUnsignedLong(input.number(Integer.BYTES).getInt());
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private Object pop() throws IOException {
        return last(1)[0];
    }

    private Object top() throws IOException {
        requireOnStack(1);
        return stack.get(stack.size() - 1);
    }

    /** Takes the last values from the stack. */
    private Object[] last(int count) throws IOException {
        requireOnStack(count);
        List<Object> end = stack.subList(stack.size() - count, stack.size());
        Object[] values = end.toArray();
        end.clear();
        return values;
    }

    private Object[] sinceMark() throws IOException {
        if (marks.isEmpty()) {
            throw damaged("it ends a group that it never began");
        }
        Object[] values = last(stack.size() - marks.peek());
        marks.pop();
        return values;
    }

    private void requireOnStack(int count) throws IOException {
        if (stack.size() - (marks.isEmpty() ? 0 : marks.peek()) < count) {
            throw damaged("it takes a value that it never gave");
        }
    }

    private Object remembered(int index) throws IOException {
        if (!memo.containsKey(index)) {
            throw damaged("it refers to value " + index + ", which it never stored");
        }
        return memo.get(index);
    }

    @SuppressWarnings("unchecked") // every list here was made by this class
    private void append(Object[] values) throws IOException {
        cast(List.class, top()).addAll(Arrays.asList(values));
    }

    private void put(Object[] keysAndValues) throws IOException {
        putInto(cast(Map.class, top()), keysAndValues);
    }

    /** @param keysAndValues in turn */
    @SuppressWarnings("unchecked") // every map here was made by this class
    static void putInto(Map<?, ?> map, Object[] keysAndValues) throws IOException {
        if (keysAndValues.length % 2 != 0) {
            throw damaged("it has a key without a value");
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            put((Map<Object, Object>) map, keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    static void put(Map<Object, Object> map, Object key, Object value) throws IOException {
        if (key instanceof Collection || key instanceof Map) {
            throw damaged("a list or a dictionary cannot be a key"); // in Java its hash would visit all it holds
        }
        if (key instanceof String text) {
            requireKey(text);
        }
        map.put(key, value);
    }

    static void requireKey(String text) throws IOException {
        if (text.length() > LONGEST_KEY) {
            throw damaged("it has a name of " + text.length() + " characters; at most " + LONGEST_KEY + " are read");
        }
    }

    /** A value of the kind that is needed at this place. */
    static <T> T cast(Class<T> type, @Nullable Object value) throws IOException {
        if (!type.isInstance(value)) {
            throw damaged(
                    "it has a " + (value == null ? "None" : value.getClass().getSimpleName()) + " where a "
                            + type.getSimpleName() + " belongs");
        }
        return type.cast(value);
    }

    private static IOException damaged(String why) {
        return new IOException("its pickle is damaged: " + why);
    }
}
