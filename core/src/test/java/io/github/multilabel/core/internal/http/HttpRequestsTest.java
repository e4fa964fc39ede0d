package io.github.multilabel.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.multilabel.testsupport.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRequestsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(local(), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static URI address(String scheme, HttpServer server, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private URI address(String path) {
        return address("http", server, path);
    }

    private static void send(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        }
    }

    private static HttpHandler leadsTo(URI target) {
        return exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", target.toString());
                exchange.sendResponseHeaders(302, -1);
            }
        };
    }

    private static ServerResponse get(URI address) throws IOException {
        return new HttpRequests(PATIENCE).get(address, Map.of(), () -> {});
    }

    private static byte[] all(ServerResponse answer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[3];
        for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
            all.write(buffer, 0, n);
        }
        return all.toByteArray();
    }

    private static byte[] content(URI address) throws IOException {
        try (ServerResponse answer = get(address)) {
            return all(answer);
        }
    }

    @Test
    void whatAServerHasIsReadToItsEnd() throws IOException {
        server.createContext("/", HttpRequestsTest::send);
        try (ServerResponse answer = get(address("/"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.length()).hasValue(CONTENT.length);
            assertThat(all(answer)).isEqualTo(CONTENT);
            assertThat(answer.read(new byte[1])).as("the end stays").isEqualTo(-1);
        }
    }

    @Test
    void anAnswerOfUnknownLengthIsReadToItsEnd() throws IOException {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0); // in chunks
                exchange.getResponseBody().write(CONTENT);
            }
        });
        try (ServerResponse answer = get(address("/"))) {
            assertThat(answer.length()).isEmpty();
            assertThat(all(answer)).isEqualTo(CONTENT);
        }
    }

    @Test
    void nothingIsAskedForButWhatTheServerHas() throws IOException {
        Headers asked = new Headers();
        server.createContext("/", exchange -> {
            asked.putAll(exchange.getRequestHeaders());
            send(exchange);
        });
        try (ServerResponse answer =
                new HttpRequests(PATIENCE).get(address("/"), Map.of("Range", "bytes=3-"), () -> {})) {
            all(answer);
        }
        assertThat(asked.getFirst("Range")).isEqualTo("bytes=3-");
        assertThat(asked).as("neither compression nor HTTP/2").doesNotContainKeys("Accept-encoding", "Upgrade");
    }

    @Test
    void aConnectionServesTheNextRequest() throws IOException {
        Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
        server.createContext("/", exchange -> {
            clients.add(exchange.getRemoteAddress());
            send(exchange);
        });
        HttpRequests requests = new HttpRequests(PATIENCE);
        for (int i = 0; i < 3; i++) {
            try (ServerResponse answer = requests.get(address("/"), Map.of(), () -> {})) {
                all(answer);
            }
        }
        assertThat(clients).hasSize(1);
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsReplaced() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                answerOneRequestPerConnection(socket);
                answerOneRequestPerConnection(socket);
            });
            HttpRequests requests = new HttpRequests(PATIENCE);
            URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
            for (int i = 0; i < 2; i++) {
                try (ServerResponse answer = requests.get(address, Map.of(), () -> {})) {
                    assertThat(all(answer)).isEqualTo(CONTENT);
                }
            }
            assertThat(serving).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void theTasksOfAnApplicationThatFillTheCommonPoolDoNotKeepAResponseBack() throws IOException {
        server.createContext("/", HttpRequestsTest::send);
        CompletableFuture<Void> end = new CompletableFuture<>();
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(blockedUntil(end));
        }
        try {
            assertThat(content(address("/"))).isEqualTo(CONTENT);
        } finally {
            end.complete(null);
        }
    }

    /** A task that blocks its thread without telling the pool. */
    private static Runnable blockedUntil(CompletableFuture<Void> end) {
        return () -> {
            while (!end.isDone()) {
                LockSupport.parkNanos(1_000_000);
            }
        };
    }

    /** Promises to keep the connection, and does not. */
    private static void answerOneRequestPerConnection(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            byte[] request = new byte[1000];
            assertThat(client.getInputStream().read(request)).isPositive();
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ncontent".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        server.createContext("/there", HttpRequestsTest::send);
        server.createContext("/moved", leadsTo(address("/there")));
        assertThat(content(address("/moved"))).isEqualTo(CONTENT);
    }

    @Test
    void aCircleOfRedirectsEnds() throws IOException {
        server.createContext("/circle", leadsTo(address("/circle")));
        try (ServerResponse answer = get(address("/circle"))) {
            assertThat(answer.refused())
                    .hasMessage("the server answered 302 and leads on to " + address("/circle")
                            + ", in a circle or from https to http; that is not followed");
        }
    }

    @Test
    void redirectsLeadToHttpsButNotFromItToHttp() throws Exception {
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trusted());
        HttpsServer secure = HttpsServer.create(local(), 0);
        try {
            secure.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
            secure.createContext("/there", HttpRequestsTest::send);
            secure.createContext("/down", leadsTo(address("/there")));
            secure.start();
            server.createContext("/there", HttpRequestsTest::send);
            server.createContext("/up", leadsTo(address("https", secure, "/there")));

            assertThat(content(address("/up"))).isEqualTo(CONTENT);
            try (ServerResponse answer = get(address("https", secure, "/down"))) {
                assertThat(answer.refused())
                        .hasMessageContaining("the server answered 302 and leads on to " + address("/there"));
            }
        } finally {
            secure.stop(0);
            SSLContext.setDefault(before);
        }
    }

    /** Knows the certificate of this test alone, made by keytool for 127.0.0.1. */
    private static SSLContext trusted() throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = HttpRequestsTest.class.getResourceAsStream("/http/localhost.p12")) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("localhost", store.getCertificate("localhost"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void aServerThatCannotBeTrustedIsNotTriedAgain() throws Exception {
        HttpsServer stranger = HttpsServer.create(local(), 0);
        try {
            stranger.setHttpsConfigurator(new HttpsConfigurator(trusted()));
            stranger.start();
            assertThatIOException()
                    .isThrownBy(() -> get(address("https", stranger, "/")))
                    .isNotInstanceOf(TransientFailure.class)
                    .withMessageContaining("certification path");
        } finally {
            stranger.stop(0);
        }
    }

    @Test
    void theProxyOfTheSystemPropertiesIsAsked() throws IOException {
        server.createContext("/", HttpRequestsTest::send);
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty(
                "http.proxyPort", Integer.toString(server.getAddress().getPort()));
        try {
            assertThat(content(URI.create("http://only-the-proxy-knows.invalid/")))
                    .isEqualTo(CONTENT);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedForWithoutEnd() {
        server.createContext("/", exchange -> {}); // keeps the exchange open
        AtomicInteger waited = new AtomicInteger();
        assertThatExceptionOfType(TransientFailure.class)
                .isThrownBy(() ->
                        new HttpRequests(Duration.ofMillis(700)).get(address("/"), Map.of(), waited::incrementAndGet))
                .withMessage("the server sends nothing for 0.7 s");
        assertThat(waited).as("told of about twice a second").hasPositiveValue();
    }

    @Test
    void aServerThatFallsSilentIsNotWaitedForWithoutEnd() throws IOException {
        try (TestServer silent = new TestServer().has("file", new byte[1000]).stalls(1, 200);
                ServerResponse answer = new HttpRequests(Duration.ofMillis(300))
                        .get(silent.base().resolve("file"), Map.of(), () -> {})) {
            assertThatExceptionOfType(TransientFailure.class)
                    .isThrownBy(() -> all(answer))
                    .withMessage("the server sends nothing for 0.3 s after 200 bytes");
        }
    }

    @Test
    void anInterruptedThreadWaitsNoLonger() throws IOException {
        try (TestServer silent = new TestServer().has("file", new byte[1000]).stalls(2, 200);
                ServerResponse answer = get(silent.base().resolve("file"))) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> all(answer));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> get(silent.base().resolve("file")));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aConnectionThatBreaksSaysAfterHowManyBytes() throws IOException {
        try (TestServer breaking = new TestServer().has("file", new byte[1000]).cuts(1, 300);
                ServerResponse answer = get(breaking.base().resolve("file"))) {
            assertThatExceptionOfType(TransientFailure.class)
                    .isThrownBy(() -> all(answer))
                    .withMessageContaining("the connection broke after 300 bytes");
        }
    }

    @Test
    void onlyWhatMayBeBetterAMomentLaterIsTransient() throws IOException {
        server.createContext("/busy", exchange -> exchange.sendResponseHeaders(429, -1));
        server.createContext("/broken", exchange -> exchange.sendResponseHeaders(500, -1));
        server.createContext("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
        assertThat(refusal("/busy")).isInstanceOf(TransientFailure.class).hasMessage("the server answered 429");
        assertThat(refusal("/broken")).isInstanceOf(TransientFailure.class).hasMessage("the server answered 500");
        assertThat(refusal("/gone")).isNotInstanceOf(TransientFailure.class).hasMessage("the server answered 404");
    }

    private IOException refusal(String path) throws IOException {
        try (ServerResponse answer = get(address(path))) {
            return answer.refused();
        }
    }

    @Test
    void itsThreadsDoNotKeepAProgramAlive() throws IOException {
        server.createContext("/", HttpRequestsTest::send);
        content(address("/"));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HttpClient"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }
}
