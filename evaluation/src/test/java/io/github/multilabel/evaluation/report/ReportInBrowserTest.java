package io.github.multilabel.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.testsupport.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reports in a browser: needs Chromium, and {@code axe.min.js} of the npm package {@code axe-core}, see
 * CONTRIBUTING.md.
 */
@Tag("report-page")
class ReportInBrowserTest {

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        SamplePages.write(folder);
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void end() throws Exception {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({
        "two, 1280",
        "two, 400",
        "twelve, 1280",
        "twelve, 400",
        "many, 1280",
        "many, 400",
        "hostile, 1280",
        "hostile, 400"
    })
    void asksForNothingAndShowsEveryChart(String page, int width) throws Exception {
        // when a report is opened
        browser.open(folder.resolve(page + ".html").toUri(), width);

        // then nothing fails, and nothing but the page itself is asked for
        assertThat(browser.events("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"))
                .isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .filteredOn(
                        event -> !event.contains("\"url\":\"file:") && !event.contains("\"url\":\"data:image/jpeg;"))
                .isEmpty();
        // and every chart is there, within the window, and every image decoded
        assertThat(browser.evaluate("document.querySelectorAll('svg[role=img]').length")
                        .getAsInt())
                .isGreaterThan(1);
        assertThat(browser.evaluate(
                                """
                                [...document.querySelectorAll('svg[role=img]')].filter(chart => {
                                  const box = chart.getBoundingClientRect();
                                  return box.width < 200 || box.height < 100 || box.left < 0 || box.right > innerWidth
                                    || chart.querySelectorAll('.line').length === 0;
                                }).map(chart => chart.textContent).join()""")
                        .getAsString())
                .isEmpty();
        assertThat(browser.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
                        .getAsBoolean())
                .isTrue();
        // and the page does not move sideways
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                        .getAsBoolean())
                .as("fits into %d pixels", width)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"two, light", "twelve, light", "twelve, dark", "hostile, light"})
    void isAccessible(String page, String scheme) throws Exception {
        // given a report
        browser.open(folder.resolve(page + ".html").toUri(), 1280);
        browser.emulate("screen", scheme);

        // when axe looks at it
        browser.evaluate(Files.readString(axe()) + ";0");
        String found = browser.evaluate(
                        """
                        axe.run().then(result => result.violations
                          .map(found => found.impact + ' ' + found.id + ': ' + found.nodes.length + ' x '
                            + found.nodes[0].html.slice(0, 200))
                          .join('\\n'))""")
                .getAsString();

        // then it finds nothing
        assertThat(found).isEmpty();
    }

    private static Path axe() {
        String file = System.getProperty("multilabel.axe");
        assertThat(file)
                .as("-Dmultilabel.axe=FILE names axe.min.js of the npm package axe-core")
                .isNotNull();
        return Path.of(file);
    }

    @Test
    void tablesAreSortedAndSearched() throws Exception {
        // given a table of 2,000 rows
        browser.open(folder.resolve("many.html").toUri(), 1280);
        browser.evaluate(
                "window.frame = document.querySelector('.long'); window.rows = frame.querySelector('tbody').rows; 0");

        // when it is sorted by what was predicted, and searched
        browser.evaluate("[...frame.querySelectorAll('thead button')].pop().click()");
        String sorted = browser.evaluate("frame.querySelector('[aria-sort]').textContent + ' '"
                        + " + [...rows].map(row => Number(row.cells[row.cells.length - 1].dataset.order))"
                        + ".every((value, i, all) => i === 0 || value <= all[i - 1])")
                .getAsString();
        browser.evaluate(
                "window.field = frame.previousElementSibling.querySelector('input'); field.value = 'BRAND 199';"
                        + " field.dispatchEvent(new Event('input')); 0");
        int shown =
                browser.evaluate("[...rows].filter(row => !row.hidden).length").getAsInt();

        // then the most predicted are first, and 199 and 1990 to 1999 are shown
        assertThat(sorted).isEqualTo("predicted true");
        assertThat(shown).isEqualTo(11);
    }
}
