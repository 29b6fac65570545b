package io.meshwright.legacy.postgresql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.trino.plugin.base.aggregation.AggregateFunctionRewriter;
import io.trino.plugin.base.mapping.IdentifierMapping;
import io.trino.plugin.jdbc.BaseJdbcClient;
import io.trino.plugin.jdbc.BaseJdbcConfig;
import io.trino.plugin.jdbc.ColumnMapping;
import io.trino.plugin.jdbc.ConnectionFactory;
import io.trino.plugin.jdbc.JdbcColumnHandle;
import io.trino.plugin.jdbc.JdbcExpression;
import io.trino.plugin.jdbc.JdbcTableHandle;
import io.trino.plugin.jdbc.JdbcTypeHandle;
import io.trino.plugin.jdbc.QueryBuilder;
import io.trino.plugin.jdbc.WriteMapping;
import io.trino.plugin.jdbc.aggregation.ImplementCountAll;
import io.trino.plugin.jdbc.expression.JdbcConnectorExpressionRewriterBuilder;
import io.trino.plugin.jdbc.expression.ParameterizedExpression;
import io.trino.plugin.jdbc.logging.RemoteQueryModifier;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.SmallintType.SMALLINT;

/**
 * Reads a PostgreSQL database. The database is asked to compute only what it computes as Trino does: counts of rows, by columns on whose equality both agree, and limits.
 */
class LegacyPostgreSqlClient
        extends BaseJdbcClient
{
    private static final Set<Type> GROUPED_ALIKE = ImmutableSet.of(BIGINT, INTEGER, SMALLINT, BOOLEAN, DATE);
    private static final JdbcTypeHandle BIGINT_HANDLE = new JdbcTypeHandle(Types.BIGINT, Optional.of("int8"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Executor SAME_THREAD = Runnable::run;
    /**
     * Values that a fetch holds at most, so that wide rows do not fill the memory.
     */
    private static final int FETCHED_VALUES = 100_000;
    private static final int LEAST_FETCHED_ROWS = 1_000;

    private final LegacyTypes types;
    private final AggregateFunctionRewriter<JdbcExpression, ParameterizedExpression> aggregates;

    @Inject
    LegacyPostgreSqlClient(BaseJdbcConfig config, ConnectionFactory connections, QueryBuilder queries, TypeManager typeManager, IdentifierMapping identifiers, RemoteQueryModifier modifier)
    {
        super("\"", connections, queries, config.getJdbcTypesMappedToVarchar(), identifiers, modifier, false);
        this.types = new LegacyTypes(typeManager);
        this.aggregates = new AggregateFunctionRewriter<>(JdbcConnectorExpressionRewriterBuilder.newBuilder().build(), ImmutableSet.of(new ImplementCountAll(BIGINT_HANDLE)));
    }

    @Override
    public Optional<ColumnMapping> toColumnMapping(ConnectorSession session, Connection connection, JdbcTypeHandle type)
    {
        return Optional.of(getForcedMappingToVarchar(type).orElseGet(() -> types.mapping(type)));
    }

    @Override
    protected boolean filterRemoteSchema(String schemaName)
    {
        return !schemaName.equals("information_schema") && !schemaName.startsWith("pg_");
    }

    @Override
    protected Optional<List<String>> getTableTypes()
    {
        return Optional.of(ImmutableList.of("TABLE", "PARTITIONED TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE"));
    }

    @Override
    public PreparedStatement getPreparedStatement(Connection connection, String sql, Optional<Integer> columnCount)
            throws SQLException
    {
        // without a transaction and a fetch size the driver reads the whole result into memory
        connection.setAutoCommit(false);
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(Math.max(FETCHED_VALUES / Math.max(columnCount.orElse(1), 1), LEAST_FETCHED_ROWS));
        return statement;
    }

    @Override
    public void abortReadConnection(Connection connection, ResultSet resultSet)
            throws SQLException
    {
        if (!resultSet.isAfterLast()) {
            // an ordinary close would wait for the rest of the rows
            connection.abort(SAME_THREAD);
        }
    }

    @Override
    public boolean supportsAggregationPushdown(ConnectorSession session, JdbcTableHandle table, List<AggregateFunction> functions, Map<String, ColumnHandle> assignments, List<List<ColumnHandle>> groupingSets)
    {
        return groupingSets.stream()
                .flatMap(List::stream)
                .allMatch(column -> GROUPED_ALIKE.contains(((JdbcColumnHandle) column).getColumnType()));
    }

    @Override
    public Optional<JdbcExpression> implementAggregation(ConnectorSession session, AggregateFunction aggregate, Map<String, ColumnHandle> assignments)
    {
        return aggregates.rewrite(session, aggregate, assignments);
    }

    @Override
    protected Optional<BiFunction<String, Long, String>> limitFunction()
    {
        return Optional.of((sql, limit) -> sql + " LIMIT " + limit);
    }

    @Override
    public boolean isLimitGuaranteed(ConnectorSession session)
    {
        return true;
    }

    @Override
    public WriteMapping toWriteMapping(ConnectorSession session, Type type)
    {
        throw readOnly();
    }

    @Override
    public void execute(ConnectorSession session, String query)
    {
        throw readOnly();
    }

    @Override
    protected void execute(ConnectorSession session, Connection connection, String query)
    {
        throw readOnly();
    }

    private static TrinoException readOnly()
    {
        return new TrinoException(NOT_SUPPORTED, "A legacy warehouse is only read: connector %s writes nothing".formatted(LegacyPostgreSqlPlugin.CONNECTOR_NAME));
    }
}
