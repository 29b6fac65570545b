package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.model.product.MigrationSpec;
import io.meshwright.model.product.MigrationSpec.Comparison;
import io.meshwright.model.product.MigrationSpec.Cutover;
import io.meshwright.model.product.MigrationSpec.Grain;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.product.MigrationSpec.Protection;
import io.meshwright.model.product.MigrationSpec.Window;
import io.meshwright.model.reconciliation.DayRange;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static java.util.stream.Collectors.toSet;

/**
 * A server with legacy tables, and a catalog for what runs record.
 */
final class TestingLegacy
        implements AutoCloseable
{
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T01:30:00Z"), ZoneOffset.UTC);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final TestingServer server;
    private final MeshCatalog catalog;

    TestingLegacy(Path folder)
            throws IOException
    {
        this(folder, new TestingPostgres());
    }

    TestingLegacy(Path folder, TestingServer server)
    {
        this.server = server;
        catalog = TestingCatalogs.openEmbedded(folder);
    }

    TestingServer server()
    {
        return server;
    }

    /**
     * @return the table's name
     */
    String create(GeneratedTable generated, List<Map<String, Object>> rows)
            throws SQLException
    {
        String table = "generated" + NEXT.incrementAndGet();
        execute(generated.statements(table, rows));
        return table;
    }

    void execute(List<String> statements)
            throws SQLException
    {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    void execute(String sql)
    {
        try {
            execute(List.of(sql));
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Builder reconciliation(GeneratedTable generated, String table)
    {
        return new Builder(generated, table);
    }

    @Override
    public void close()
            throws IOException
    {
        catalog.close();
        server.close();
    }

    final class Builder
    {
        private final GeneratedTable generated;
        private final String table;
        private final LegacyMeter meter = new LegacyMeter();
        private Profile profile = Profile.AUTO;
        private Grain grain = Grain.ROW;
        private Comparison level = Comparison.ROWS;
        private Map<String, BigDecimal> tolerances = Map.of();
        private String user = server.administrator();
        private String runId;
        private boolean full;
        private Optional<String> resumed = Optional.empty();
        private Clock clock = CLOCK;
        private Protection protection = Protection.DEFAULT;

        private Builder(GeneratedTable generated, String table)
        {
            this.generated = generated;
            this.table = table;
            runId = "run-" + NEXT.incrementAndGet();
        }

        Builder profile(Profile profile)
        {
            this.profile = profile;
            return this;
        }

        Builder grain(Grain grain)
        {
            this.grain = grain;
            return this;
        }

        Builder level(Comparison level)
        {
            this.level = level;
            return this;
        }

        Builder tolerances(Map<String, BigDecimal> tolerances)
        {
            this.tolerances = tolerances;
            return this;
        }

        Builder user(String user)
        {
            this.user = user;
            return this;
        }

        Builder runId(String runId)
        {
            this.runId = runId;
            return this;
        }

        Builder resumed(String run)
        {
            resumed = Optional.of(run);
            return this;
        }

        Builder full()
        {
            full = true;
            return this;
        }

        Builder clock(Clock clock)
        {
            this.clock = clock;
            return this;
        }

        Builder statementTimeout(Duration timeout)
        {
            protection = new Protection(1, timeout, 1, Optional.empty());
            return this;
        }

        Reconciliation over(Supplier<PinnedProduct> product)
        {
            MigrationSpec migration = new MigrationSpec(
                    "legacy",
                    server.schema() + "." + table,
                    generated.key(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    grain,
                    Optional.of(new Window("day", "day", "day", ZoneOffset.UTC)),
                    level,
                    profile,
                    Duration.ofHours(2),
                    Duration.ofDays(35),
                    tolerances,
                    protection,
                    Cutover.DEFAULT);
            DayRange range = new DayRange(GeneratedTable.FIRST, GeneratedTable.FIRST.plusDays(GeneratedTable.DAYS - 1), ZoneOffset.UTC);
            ReconciliationRequest request = new ReconciliationRequest(
                    "orders." + table,
                    migration,
                    level,
                    BigDecimal.ONE,
                    ZoneOffset.UTC,
                    Optional.of(range),
                    generated.columns().stream().map(GeneratedTable.Column::name).collect(toSet()),
                    runId,
                    full,
                    resumed);
            return new Reconciliation(request, this::open, product, meter, new ReconciliationCache(catalog), clock, message -> {});
        }

        LegacySession open()
        {
            LegacyGuard guard = new LegacyGuard(Optional.empty(), ZoneOffset.UTC, Optional.empty(), clock);
            LegacyAddress address = new LegacyAddress("legacy", server.url(user), Optional.empty(), Optional.empty());
            return LegacySession.open(address, protection, guard, meter);
        }
    }
}
