package io.meshwright.trino;

import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.TokenFunction;
import io.trino.Session;
import io.trino.spi.connector.ConnectorSession;
import io.trino.testing.MaterializedRow;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static com.google.common.base.Throwables.getStackTraceAsString;
import static io.meshwright.trino.ShopProducts.CONTRACT;
import static io.meshwright.trino.ShopProducts.spec;
import static io.meshwright.trino.TestingMesh.ANALYST;
import static io.meshwright.trino.TestingMesh.OFFICER;
import static io.trino.testing.TransactionBuilder.transaction;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Keys on a coordinator and two workers whose files change at different times.
 */
@TestInstance(PER_CLASS)
class TestKeyRotation
{
    private static final String KEY_1 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String KEY_2 = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final String FIRST = "meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_1 + "\n";
    private static final String ROTATED = "meshwright-key-ring 1\ncurrent 2\nkey 1 " + KEY_1 + "\nkey 2 " + KEY_2 + "\n";
    private static final String OTHER = "meshwright-key-ring 1\ncurrent 1\nkey 1 " + KEY_2 + "\n";
    private static final int FILES = 12;

    private final AtomicReference<Runnable> onNextSplit = new AtomicReference<>(() -> {});
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler logs = new Handler()
    {
        @Override
        public void publish(LogRecord record)
        {
            logged.add(record.getMessage() + Arrays.toString(record.getParameters()) + (record.getThrown() == null ? "" : getStackTraceAsString(record.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private TestingMesh mesh;
    private Path coordinatorFile;
    private Path workerFile;

    @BeforeAll
    void setUp()
            throws Exception
    {
        mesh = new TestingMesh(2, Map.of());
        Logger.getLogger("").addHandler(logs);
        Logger.getLogger("io.meshwright").setLevel(Level.ALL);
        coordinatorFile = mesh.folder().resolve("coordinator-keys");
        workerFile = mesh.folder().resolve("worker-keys");
        write(coordinatorFile, FIRST);
        write(workerFile, FIRST);
        mesh.runner().installPlugin(new HookedMeshPlugin(node -> node.isCoordinator() ? coordinatorFile : workerFile, this::splitOpened));
        mesh.createCatalog("keyed", "hooked_mesh", Map.of());

        mesh.producer("CREATE SCHEMA lake.shop");
        for (String table : List.of("contacts", "calls")) {
            mesh.producer("CREATE TABLE lake.shop.%s (id bigint, email varchar)".formatted(table));
            for (int file = 0; file < FILES; file++) {
                mesh.producer("INSERT INTO lake.shop.%s SELECT n, 'p' || CAST(n %% 5 AS varchar) FROM UNNEST(sequence(1, 10)) AS t(n)".formatted(table));
            }
            mesh.register(spec(table, "access: {clear: [{group: privacy}]}"), CONTRACT, Optional.empty());
        }
    }

    @AfterAll
    void tearDown()
            throws Exception
    {
        Logger.getLogger("").removeHandler(logs);
        mesh.close();
    }

    @BeforeEach
    void reset()
            throws IOException
    {
        onNextSplit.set(() -> {});
        write(coordinatorFile, FIRST);
        write(workerFile, FIRST);
    }

    @Test
    void testRotationBetweenQueries()
            throws IOException
    {
        assertTokens(FIRST, "contacts");
        write(workerFile, ROTATED);
        assertTokens(FIRST, "contacts");
        write(coordinatorFile, ROTATED);
        assertTokens(ROTATED, "contacts");
        // a worker that still calls the first version current
        write(workerFile, ROTATED.replace("current 2", "current 1"));
        assertTokens(ROTATED, "contacts");
        assertJoins();
    }

    @Test
    void testRotationInTheMiddleOfAQuery()
    {
        onNextSplit.set(() -> {
            rotate();
            // makes the workers read the file again while the other query has splits to open
            assertTokens(ROTATED, "calls");
        });
        assertTokens(FIRST, "contacts");
        assertThat(onNextSplit.get()).as("the hook ran").isNull();
        assertTokens(ROTATED, "contacts");
    }

    @Test
    void testOneVersionForATransaction()
    {
        Session session = mesh.session(ANALYST);
        List<Object> before = new ArrayList<>();
        List<Object> after = new ArrayList<>();
        transaction(mesh.runner().getTransactionManager(), mesh.runner().getPlannerContext().getMetadata(), mesh.runner().getAccessControl()).execute(session, transaction -> {
            before.addAll(emails(transaction, "SELECT DISTINCT email FROM keyed.shop.contacts"));
            rotate();
            after.addAll(emails(transaction, "SELECT DISTINCT email FROM keyed.shop.calls"));
        });
        assertThat(after).containsExactlyInAnyOrderElementsOf(before).containsExactlyInAnyOrderElementsOf(tokens(FIRST));
    }

    @Test
    void testNodeWithoutTheVersion()
            throws IOException
    {
        mesh.createCatalog("staggered", "hooked_mesh", Map.of());
        assertThat(mesh.query(ANALYST, "SELECT DISTINCT email FROM staggered.shop.contacts").getOnlyColumnAsSet()).containsExactlyInAnyOrderElementsOf(tokens(FIRST));
        write(coordinatorFile, ROTATED);
        assertThatThrownBy(() -> mesh.query(ANALYST, "SELECT email FROM staggered.shop.contacts"))
                .hasMessage("[MESH-TRINO-025] A node of this cluster has no key of version 2, with which this query masks, so nothing is shown. Its administrator brings the key ring of mesh.token.key-file to every node before a version becomes the current one.");
        // nothing is masked here
        assertThat(mesh.query(ANALYST, "SELECT count(*) FROM staggered.shop.contacts WHERE id > 5").getOnlyValue()).isEqualTo(5L * FILES);
        assertThat(mesh.query(OFFICER, "SELECT DISTINCT email FROM staggered.shop.contacts").getOnlyColumnAsSet()).contains("p1");
        write(workerFile, ROTATED);
        assertThat(mesh.query(ANALYST, "SELECT DISTINCT email FROM staggered.shop.contacts").getOnlyColumnAsSet()).containsExactlyInAnyOrderElementsOf(tokens(ROTATED));
    }

    @Test
    void testNodesWithDifferentKeys()
            throws IOException
    {
        // a worker reads its file when it meets the catalog for the first time
        write(workerFile, OTHER);
        mesh.createCatalog("mismatched", "hooked_mesh", Map.of());
        assertThatThrownBy(() -> mesh.query(ANALYST, "SELECT count(*) FROM mismatched.shop.contacts a JOIN mismatched.shop.calls b ON a.email = b.email"))
                .hasMessageStartingWith("[MESH-TRINO-026] The nodes of this cluster have different keys of version 1 (check values ")
                .hasMessageEndingWith("so nothing is shown. Its administrator brings the same key ring of mesh.token.key-file to every node.");
        write(workerFile, FIRST);
        assertThat(mesh.query(ANALYST, "SELECT DISTINCT email FROM mismatched.shop.contacts").getOnlyColumnAsSet()).containsExactlyInAnyOrderElementsOf(tokens(FIRST));
    }

    @Test
    void testUnusableFileWhileRunning()
            throws Exception
    {
        assertTokens(FIRST, "contacts");
        for (String damaged : List.of("", "meshwright-key-ring 1\ncurrent 7\n", "\0\1\2")) {
            write(coordinatorFile, damaged);
            write(workerFile, damaged);
            assertTokens(FIRST, "contacts");
        }
        Files.delete(coordinatorFile);
        assertTokens(FIRST, "contacts");
        assertThat(mesh.query(OFFICER, "SELECT DISTINCT email FROM keyed.shop.contacts").getOnlyColumnAsSet()).hasSize(5);
        assertThat(logged).anyMatch(line -> line.contains("Masking goes on with key version"));
    }

    @Test
    void testNoKeyIsShownAnywhere()
            throws Exception
    {
        List<String> seen = new ArrayList<>();
        assertTokens(FIRST, "contacts");
        seen.add(details("SELECT email FROM keyed.shop.contacts"));
        assertThat(seen.getFirst()).as("the handle is in the details").contains(ring(FIRST).current().checkValue());

        for (String damaged : List.of(FIRST.replace("key 1", "kye 1"), FIRST.replace("=", "!"), FIRST.replace("current 1", "current " + KEY_1), FIRST + KEY_1)) {
            write(coordinatorFile, damaged);
            assertTokens(FIRST, "contacts");
            seen.add(failure(() -> mesh.createCatalog("unsound", "hooked_mesh", Map.of())));
        }
        write(coordinatorFile, ROTATED);
        seen.add(failure(() -> mesh.query(ANALYST, "SELECT email FROM keyed.shop.contacts")));
        write(workerFile, ROTATED);
        seen.add(details("SELECT email FROM keyed.shop.contacts"));
        seen.add(ring(ROTATED).toString());

        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("io.meshwright*:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                seen.add(String.valueOf(server.getAttribute(name, attribute.getName())));
            }
        }
        assertThat(seen).as("JMX is among it").contains("1 (check value %s), 2 (check value %s)".formatted(ring(ROTATED).version(1).orElseThrow().checkValue(), ring(ROTATED).version(2).orElseThrow().checkValue()));
        seen.addAll(logged);
        assertThat(logged).hasSizeGreaterThan(10);

        for (String key : List.of(KEY_1, KEY_2)) {
            byte[] bytes = Base64.getDecoder().decode(key);
            for (String text : seen) {
                assertThat(text).doesNotContain(
                        key.substring(0, 20),
                        HexFormat.of().formatHex(bytes).substring(0, 20),
                        HexFormat.of().withUpperCase().formatHex(bytes).substring(0, 20),
                        new String(bytes, ISO_8859_1),
                        Arrays.toString(Arrays.copyOf(bytes, 8)).replace("]", ""));
            }
        }
    }

    private void splitOpened(ConnectorSession session)
    {
        Runnable hook = onNextSplit.get();
        if (session.getUser().equals(ANALYST) && hook != null && onNextSplit.compareAndSet(hook, null)) {
            hook.run();
        }
    }

    private void assertTokens(String ring, String table)
    {
        assertThat(mesh.query(ANALYST, "SELECT DISTINCT email FROM keyed.shop." + table).getOnlyColumnAsSet()).containsExactlyInAnyOrderElementsOf(tokens(ring));
    }

    private void assertJoins()
    {
        @Language("SQL")
        String join = "SELECT count(*) FROM keyed.shop.contacts a JOIN keyed.shop.calls b ON a.email = b.email";
        assertThat(mesh.query(ANALYST, join).getOnlyValue()).isEqualTo(mesh.query(OFFICER, join).getOnlyValue()).isEqualTo(2880L);
    }

    private List<Object> emails(Session session, @Language("SQL") String sql)
    {
        return mesh.runner().execute(session, sql).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .map(List::getFirst)
                .toList();
    }

    private static List<Object> tokens(String ring)
    {
        TokenFunction function = TokenFunction.create(ring(ring), "email");
        return List.of(function.token("p0"), function.token("p1"), function.token("p2"), function.token("p3"), function.token("p4"));
    }

    private String details(@Language("SQL") String sql)
            throws Exception
    {
        String id = mesh.runner().executeWithPlan(mesh.session(ANALYST), sql).queryId().toString();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI uri = mesh.runner().getCoordinator().getBaseUrl().resolve("/v1/query/" + id);
            return client.send(HttpRequest.newBuilder(uri).header("X-Trino-User", ANALYST).build(), BodyHandlers.ofString()).body();
        }
    }

    private static String failure(Runnable runnable)
    {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        assertThatThrownBy(runnable::run).satisfies(thrown::set);
        return getStackTraceAsString(thrown.get());
    }

    private void rotate()
    {
        try {
            write(coordinatorFile, ROTATED);
            write(workerFile, ROTATED);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyRing ring(String content)
    {
        return KeyRing.parse("keys", content.getBytes(UTF_8));
    }

    private static void write(Path file, String content)
            throws IOException
    {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(unfinished, content);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
