package io.github.multilabel.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.heads.HeadThreshold.UnknownBelow;
import io.github.multilabel.model.prediction.PredictionColumns;
import io.github.multilabel.serving.PredictionService;
import io.github.multilabel.serving.SmallModels;
import io.github.multilabel.testsupport.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page of the service in a browser: needs Chromium, and {@code axe.min.js} of the npm package {@code axe-core}, see
 * CONTRIBUTING.md.
 */
@Tag("report-page")
class PageInBrowserTest {

    /** How the tests say that photos come: as a drop of files. */
    private static final String DROP =
            """
            window.drop = files => {
              const transfer = new DataTransfer();
              for (const [name, type, text] of files) {
                transfer.items.add(new File([Uint8Array.from(atob(text), one => one.charCodeAt(0))], name, { type }));
              }
              for (const kind of ['dragover', 'drop']) {
                document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
              }
            };
            window.until = async (what, holds) => {
              for (let i = 0; i < 600; i++) {
                if (holds()) {
                  return;
                }
                await new Promise(done => setTimeout(done, 50));
              }
              throw new Error('it never came: ' + what + ': ' + document.querySelector('main').innerText);
            };
            window.text = selector => document.querySelector(selector).innerText;
            window.all = selector => [...document.querySelectorAll(selector)];
            window.answered = count => until(count + ' answered', () => text('#count').startsWith(count + ' of '));
            0""";

    @TempDir
    static Path folder;

    private static PredictionService service;
    private static PredictionServer open;
    private static PredictionServer guarded;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path small = SmallModels.save(folder.resolve("small"), 1);
        try (MultiLabelModel model = MultiLabelModel.load(small, Device.cpu());
                MultiLabelModel unsure = model.withThresholds(List.of(new UnknownBelow("brand", 1, 0.9)))) {
            unsure.save(folder.resolve("unsure"));
        }
        service = PredictionService.builder()
                .addModel("small", small)
                .addModel("unsure", folder.resolve("unsure"))
                .build();
        open = PredictionServer.builder(service).optPort(0).start();
        guarded =
                PredictionServer.builder(service).optPort(0).optToken("secret").start();
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void end() throws Exception {
        browser.close();
        guarded.close();
        open.close();
        service.close();
    }

    private static void open(URI page, int width) throws Exception {
        browser.open(page, width);
        browser.evaluate(DROP);
        browser.evaluate("until('the model', () => document.title !== 'multilabel')");
    }

    private static String text(String expression) throws Exception {
        return browser.evaluate(expression).getAsString();
    }

    private static boolean holds(String expression) throws Exception {
        return browser.evaluate(expression).getAsBoolean();
    }

    private static String photo(String name) {
        return "['" + name + "', 'image/png', '" + Base64.getEncoder().encodeToString(SmallModels.photo(40)) + "']";
    }

    private static String noPhoto(String name) {
        return "['" + name + "', 'text/plain', '" + Base64.getEncoder().encodeToString("no photo".getBytes(UTF_8))
                + "']";
    }

    private static void drop(String... files) throws Exception {
        browser.evaluate("drop([" + String.join(", ", files) + "]); 0");
    }

    /** What a browser says of an answer that is no photo is no fault of the page. */
    private static List<String> problems() {
        return browser.events("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded").stream()
                .filter(event -> !event.contains("\"level\":\"verbose\"") && !event.contains("status of 4"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1280", "400"})
    void aPhotoIsAnsweredAndLookedInto(int width) throws Exception {
        // given the page
        open(open.address(), width);

        // when a photo is dropped, and a head is looked at
        drop(photo("car <b>.png"));
        browser.evaluate("answered(1)");
        browser.evaluate("all('#looks button').find(one => one.textContent === 'brand').click()");
        browser.evaluate("until('the map', () => document.querySelector('#heat').naturalWidth > 0)");

        // then each head is answered, with bars, and the photo, its map and its name are there
        assertThat(text("all('#answers h3').map(one => one.textContent).join()"))
                .isEqualTo("brand,extras");
        assertThat(holds("all('#answers .head')[0].querySelectorAll('.bar').length === 3"))
                .isTrue();
        assertThat(text("all('#answers .figure')[0].textContent")).matches("\\d+\\.\\d.%");
        assertThat(holds("document.querySelector('#shown').naturalWidth === 24"))
                .isTrue();
        assertThat(text("text('#photo-name')")).isEqualTo("car <b>.png");
        assertThat(text("text('#said')")).startsWith("car <b>.png: brand ");
        // and nothing fails, is asked of another host, or is moved sideways
        assertThat(problems()).isEmpty();
        assertThat(browser.events("Network.requestWillBeSent"))
                .filteredOn(event -> !event.contains("\"url\":\"" + open.address())
                        && !event.contains("\"url\":\"blob:" + open.address()))
                .isEmpty();
        assertThat(holds("document.documentElement.scrollWidth <= innerWidth")).isTrue();
    }

    @Test
    void aFileThatIsNoPhotoStopsNoOther() throws Exception {
        // given
        open(open.address(), 1280);

        // when one of three files is no photo
        drop(photo("b.png"), noPhoto("notes.txt"), photo("a.png"));
        browser.evaluate("answered(2)");
        browser.evaluate("until('the failure', () => text('#count').endsWith('1 failed'))");

        // then its row says why, and the others are answered
        assertThat(text("all('#rows tr').map(row => row.className.split(' ')[0]).join()"))
                .isEqualTo("answered,failed,answered");
        assertThat(text("text('#rows .failed .state')")).contains("not an image");
        // and it can be asked again
        assertThat(text("text('#again')")).isEqualTo("Ask again about 1");
        // and rows are sorted and filtered
        browser.evaluate("all('#columns button')[0].click(); 0");
        browser.evaluate("until('the order', () => text('#rows tr').startsWith('a.png'))");
        assertThat(holds("all('[aria-sort=ascending]').length === 1")).isTrue();
        browser.evaluate("window.filter = document.querySelector('#filter'); filter.value = 'NOTES';"
                + " filter.dispatchEvent(new Event('input')); 0");
        browser.evaluate("until('the filter', () => all('#rows tr').length === 1)");
        assertThat(problems()).isEmpty();
    }

    @Test
    void anUnknownAnswerIsMarked() throws Exception {
        // given a photo
        open(open.address(), 1280);
        drop(photo("car.png"));
        browser.evaluate("answered(1)");

        // when the model is one that is sure of nothing
        browser.evaluate("window.choice = document.querySelector('#model'); choice.value = 'unsure';"
                + " choice.dispatchEvent(new Event('change')); 0");
        browser.evaluate("until('unknown', () => all('#answers .badge').length === 1)");

        // then the best guess stands beside it
        assertThat(text("text('#answers .badge')")).isEqualTo("unknown");
        assertThat(text("text('#answers .guess')")).matches("perhaps .+, \\d+\\.\\d.%");
        assertThat(holds("all('.head')[0].querySelectorAll('.chosen').length === 0"))
                .isTrue();
    }

    @Test
    void theTableIsWrittenSoThatSpreadsheetsRunNothing() throws Exception {
        // given answers, and a name that is a formula
        open(open.address(), 1280);
        drop(photo("=1+1, \"x\".png"), noPhoto("notes.txt"));
        browser.evaluate("until('the end', () => text('#count').startsWith('1 of 2 answered, 1'))");

        // when the table is downloaded
        browser.evaluate(
                "URL.createObjectURL = (make => blob => { window.table = blob.text(); return make.call(URL, blob); })"
                        + "(URL.createObjectURL); document.querySelector('#csv').click(); 0");
        String[] lines = text("table").split("\r\n");

        // then its columns are those that the command writes, and the name is text
        assertThat(lines[0].split(","))
                .containsExactlyElementsOf(new PredictionColumns(SmallModels.HEADS, false, 1, false).header());
        assertThat(lines[1]).startsWith("\"'=1+1, \"\"x\"\".png\",").endsWith(",");
        assertThat(lines[2]).startsWith("notes.txt,,,,,").contains("not an image");
        assertThat(lines).hasSize(3);
    }

    @Test
    void photosArePastedAndWalkedThroughByKeys() throws Exception {
        // given two photos, of which one was pasted
        open(open.address(), 1280);
        drop(photo("first.png"));
        browser.evaluate("window.clipboard = new DataTransfer(); clipboard.items.add(new File(["
                + "Uint8Array.from(atob(" + photo("second.png") + "[2]), one => one.charCodeAt(0))], 'second.png',"
                + " { type: 'image/png' })); document.body.dispatchEvent(new ClipboardEvent('paste',"
                + " { clipboardData: clipboard, bubbles: true, cancelable: true })); 0");
        browser.evaluate("answered(2)");
        assertThat(text("text('#photo-name')")).isEqualTo("second.png");

        // when an arrow is pressed in the table
        browser.evaluate("window.last = all('#rows button')[1]; last.focus(); last.dispatchEvent("
                + "new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true })); 0");
        browser.evaluate("until('the other', () => text('#photo-name') === 'first.png')");

        // then the photo above is shown, and has the focus
        assertThat(text("document.activeElement.innerText.trim()")).isEqualTo("first.png");
        assertThat(text("all('#rows button').map(one => one.getAttribute('aria-pressed')).join()"))
                .isEqualTo("true,false");
        assertThat(problems()).isEmpty();
    }

    @Test
    void theColoursCanBeChosen() throws Exception {
        // given a page in the colours of the system
        open(open.address(), 1280);
        browser.emulate("screen", "light");
        String light = text("getComputedStyle(document.documentElement).backgroundColor");

        // when the others are chosen, and the page is opened again
        browser.evaluate("document.querySelector('#theme').click(); document.querySelector('#theme').click()");
        open(open.address(), 1280);
        browser.emulate("screen", "light");
        String dark = text("getComputedStyle(document.documentElement).backgroundColor");
        browser.evaluate("document.querySelector('#theme').click()");

        // then it has kept them
        assertThat(dark).isNotEqualTo(light);
        assertThat(text("getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo(light);
    }

    @Test
    void aTokenIsAskedForOnce() throws Exception {
        // given a service that wants a token
        browser.open(guarded.address(), 1280);
        browser.evaluate(DROP);
        drop(photo("car.png"));

        // when a wrong one is given, and the right one
        for (String token : List.of("wrong", "secret")) {
            browser.evaluate("until('the form', () => document.querySelector('#token-dialog').open)");
            browser.evaluate("document.querySelector('#token').value = '" + token
                    + "'; document.querySelector('#token-form').requestSubmit(); 0");
            browser.evaluate("until('the answer', () => document.title !== 'multilabel'"
                    + " || text('#token-why').includes('did not accept'))");
        }
        browser.evaluate("answered(1)");

        // then photos are answered, also one that came before, and those that come later
        drop(photo("another.png"));
        browser.evaluate("answered(2)");
        assertThat(holds("document.querySelector('#token-dialog').open")).isFalse();
    }

    @Test
    void aThousandPhotosAreAnsweredWhileThePageStaysQuick() throws Exception {
        // given
        open(open.address(), 1280);

        // when 1,000 photos are dropped
        browser.evaluate("drop(Array.from({ length: 1000 }, (none, i) => { const one = " + photo("car.png")
                + "; one[0] = i + '.png'; return one; })); 0");
        browser.evaluate("until('the first', () => text('#count').includes('of 1,000'))");

        // then it can be used meanwhile, and no more rows are drawn than can be seen
        assertThat(holds("all('#rows tr').length === 200")).isTrue();
        browser.evaluate("document.querySelector('#stop').click(); 0");
        browser.evaluate("until('the stop', () => document.querySelector('#stop').hidden)");
        assertThat(text("text('#again')")).startsWith("Ask again about ");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "400, light"})
    void isAccessible(int width, String scheme) throws Exception {
        // given answers, one that failed, and a map
        open(open.address(), width);
        browser.emulate("screen", scheme);
        drop(photo("a.png"), noPhoto("notes.txt"));
        browser.evaluate("until('the end', () => text('#count').startsWith('1 of 2 answered, 1'))");
        browser.evaluate("all('#looks button')[1].click()");
        browser.evaluate("until('the map', () => document.querySelector('#heat').naturalWidth > 0)");

        // when axe looks at the page
        browser.evaluate(Files.readString(axe()) + ";0");
        String found = text(
                """
                axe.run().then(result => result.violations
                  .map(found => found.impact + ' ' + found.id + ': ' + found.nodes.length + ' x '
                    + found.nodes[0].html.slice(0, 200) + ' ' + found.nodes[0].failureSummary)
                  .join('\\n'))""");

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
}
