package io.github.multilabel.data.internal.images;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people and tools write them: with blanks, umlauts and brackets, or with these encoded. */
final class WebAddress {

    private static final Pattern PARTS = Pattern.compile("(?s)([a-zA-Z]+)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern HOST = Pattern.compile("(?s)(.*@)?([^@:]*|\\[[0-9a-fA-F:.%]*\\])(:\\d*)?");
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?%";
    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    private WebAddress() {}

    /**
     * The address to ask for, as browsers would: what may not stand in one is encoded, what is encoded stays.
     *
     * @throws IllegalArgumentException if nothing can be asked of it; the message says why
     */
    static URI of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it has no host");
        }
        Matcher host = HOST.matcher(parts.group(2));
        if (!host.matches() || host.group(2).isBlank()) {
            throw new IllegalArgumentException("'" + parts.group(2) + "' is no host");
        }
        String name = host.group(2).startsWith("[") ? host.group(2) : IDN.toASCII(host.group(2));
        try {
            URI address = new URI(parts.group(1).toLowerCase(Locale.ROOT) + "://"
                    + (host.group(1) == null ? "" : host.group(1)) + name
                    + (host.group(3) == null ? "" : host.group(3)) + encoded(parts.group(3))
                    + (parts.group(4) == null ? "" : encoded(parts.group(4))));
            if (address.getPort() > 0xffff) {
                throw new IllegalArgumentException("there is no port " + address.getPort());
            }
            HttpRequest.newBuilder(address); // throws if it cannot be asked for
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String encoded(String part) {
        StringBuilder text = new StringBuilder();
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
            text.append(
                    plain
                            ? String.valueOf(c)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(each));
        }
        // a percent sign that encodes nothing is one
        return text.toString().replaceAll("%(?![0-9a-fA-F]{2})", "%25");
    }

    /** A text with {@code %20} and its like decoded, where they are UTF-8; as it is otherwise. */
    static String decoded(String text) {
        return text.indexOf('%') < 0
                ? text
                : ENCODED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(decode(found.group())));
    }

    private static String decode(String encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded.replace("%", ""));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return encoded;
        }
    }
}
