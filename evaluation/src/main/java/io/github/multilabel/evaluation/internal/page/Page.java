package io.github.multilabel.evaluation.internal.page;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page with all that is shown on it.
 *
 * @param title above all
 * @param facts below the title, in a line
 * @param sections in their order
 */
public record Page(String title, List<String> facts, List<Section> sections) {

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    /** Lets browsers run and apply what stands in the page, and fetch nothing. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src '" + hash(STYLE)
            + "'; script-src '" + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    /** Copies the lists. */
    public Page {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }

    /** The page as HTML, in UTF-8. */
    @SuppressWarnings("NullAway") // the templates have no forms, of which JTE would tell an interceptor
    public byte[] html() {
        Utf8ByteOutput bytes = new Utf8ByteOutput();
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(bytes), null, this);
        return bytes.toByteArray();
    }

    String style() {
        return STYLE;
    }

    String script() {
        return SCRIPT;
    }

    String policy() {
        return POLICY;
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + Page.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }
}
