package io.meshwright.cli.sql;

import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.sla.ProbeRow;
import io.meshwright.model.finding.MeshException;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import static io.meshwright.model.finding.MeshException.Cause.REFUSED;
import static java.util.Objects.requireNonNull;

/**
 * Reads one row of a product as a consumer would, through Trino, with all columns and masks, to see whether that works. The row is thrown away.
 */
public final class ProductProbe
{
    static final Duration LIMIT = Duration.ofSeconds(30);

    // USER_ERROR of Trino's own codes: the statement is right, so the reader or the address is not
    private static final int FIRST_OTHER_ERROR = 0x1_0000;
    private static final int LONGEST_MESSAGE = 500;

    private final String jdbcUrl;
    private final String user;
    private final Clock clock;

    public ProductProbe(String jdbcUrl, String user, Clock clock)
    {
        this.jdbcUrl = requireNonNull(jdbcUrl, "jdbcUrl is null");
        this.user = requireNonNull(user, "user is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public ProbeRow probe(ProductRow product)
    {
        Instant started = clock.instant();
        try (TrinoSession session = TrinoSession.open(jdbcUrl, user, ProbeRow.SOURCE, Optional.of(LIMIT))) {
            session.execute("SELECT * FROM \"%s\".\"%s\" LIMIT 1".formatted(product.sqlSchema(), product.sqlTable()), 1);
            return row(product, ProbeRow.SUCCEEDED, Optional.empty(), started);
        }
        catch (MeshException e) {
            String message = e.getMessage();
            return row(
                    product,
                    isUndecided(e) ? ProbeRow.UNDECIDED : ProbeRow.FAILED,
                    Optional.of(message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE)),
                    started);
        }
    }

    private ProbeRow row(ProductRow product, String outcome, Optional<String> message, Instant started)
    {
        Instant ended = clock.instant();
        return new ProbeRow(UUID.randomUUID().toString(), product.address(), user, outcome, message, BigDecimal.valueOf(Duration.between(started, ended).toMillis(), 3), started, ended);
    }

    /**
     * A reader who is refused, a name that this reader cannot see and a server that does not know the reader say nothing about the data.
     */
    private static boolean isUndecided(MeshException failure)
    {
        if (failure.kind() == REFUSED) {
            return true;
        }
        if (!(failure.getCause() instanceof SQLException cause)) {
            return false;
        }
        String message = String.valueOf(cause.getMessage());
        boolean answered = message.startsWith("Query failed");
        boolean unknownReader = message.startsWith("Authentication failed") || message.contains("Unauthorized") || message.contains("Forbidden");
        return answered ? cause.getErrorCode() < FIRST_OTHER_ERROR : unknownReader;
    }
}
