package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.leak.Exhibits;
import io.meshwright.trino.snapshot.ReaderChoices;
import io.meshwright.trino.snapshot.ReaderChoices.OnStale;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.StandardErrorCode.GENERIC_USER_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * How somebody would let products tell about themselves in an afternoon: views over the registry's tables and over the tables
 * behind products, with the rights of the platform, for everybody; and the choices of a reader, with a helpful message.
 */
final class NaiveControlPort
        implements InvocationHandler
{
    private static final String LATEST = "$latest";
    private static final SchemaTableName REGISTRATIONS = new SchemaTableName("mesh", "product_versions");
    private static final Set<String> META = ImmutableSet.of("products", "product_versions", "contracts", "sla", "lineage", "reads", "grants");
    private static final Map<String, String> VIEW_PORTS = ImmutableMap.of("contacts", "people", "blended", "hidden");

    private final ConnectorMetadata iceberg;

    private NaiveControlPort(ConnectorMetadata iceberg)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
    }

    static ConnectorMetadata over(ConnectorMetadata iceberg)
    {
        return (ConnectorMetadata) Proxy.newProxyInstance(NaiveControlPort.class.getClassLoader(), new Class<?>[] {ConnectorMetadata.class}, new NaiveControlPort(iceberg));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments)
            throws Throwable
    {
        return switch (method.getName()) {
            case "getView" -> view((ConnectorSession) arguments[0], (SchemaTableName) arguments[1]);
            case "isView" -> view((ConnectorSession) arguments[0], (SchemaTableName) arguments[1]).isPresent();
            case "listViews" -> viewPorts((ConnectorSession) arguments[0]).keySet().stream().collect(toImmutableList());
            case "getViews" -> viewPorts((ConnectorSession) arguments[0]);
            case "schemaExists" -> arguments[1].equals("meta") || (boolean) forward(method, arguments);
            case "listTables" -> arguments[1].equals(Optional.of("meta"))
                    ? META.stream().map(table -> new SchemaTableName("meta", table)).collect(toImmutableList())
                    : forward(method, arguments);
            case "getTableHandle" -> table(method, arguments);
            default -> forward(method, arguments);
        };
    }

    private Object table(Method method, Object[] arguments)
            throws Throwable
    {
        ConnectorSession session = (ConnectorSession) arguments[0];
        SchemaTableName name = (SchemaTableName) arguments[1];
        if (name.getTableName().endsWith(LATEST)) {
            arguments[1] = new SchemaTableName(name.getSchemaName(), name.getTableName().substring(0, name.getTableName().length() - LATEST.length()));
        }
        Object handle = forward(method, arguments);
        if (handle instanceof IcebergTableHandle table && ReaderChoices.onStale(session) == OnStale.FAIL) {
            iceberg.getColumnHandles(session, table).values().stream()
                    .map(IcebergColumnHandle.class::cast)
                    .filter(column -> column.getName().equals("seen"))
                    .forEach(column -> checkAge(session, table, column));
        }
        return handle;
    }

    private void checkAge(ConnectorSession session, IcebergTableHandle table, IcebergColumnHandle column)
    {
        iceberg.getTableStatistics(session, table.withProjectedColumns(Set.of(column))).getColumnStatistics().get(column).getRange().ifPresent(range -> {
            throw new TrinoException(GENERIC_USER_ERROR, "The newest row of %s is of %s".formatted(table.getSchemaTableName(), Instant.ofEpochMilli((long) range.getMax())));
        });
    }

    private Map<SchemaTableName, ConnectorViewDefinition> viewPorts(ConnectorSession session)
    {
        ImmutableMap.Builder<SchemaTableName, ConnectorViewDefinition> views = ImmutableMap.builder();
        VIEW_PORTS.keySet().forEach(name -> {
            SchemaTableName view = new SchemaTableName(Exhibits.SCHEMA, name);
            views.put(view, view(session, view).orElseThrow());
        });
        return views.buildOrThrow();
    }

    private Optional<ConnectorViewDefinition> view(ConnectorSession session, SchemaTableName name)
    {
        if (name.getSchemaName().equals("meta")) {
            return META.contains(name.getTableName()) ? Optional.of(view(session, REGISTRATIONS, "*", "")) : Optional.empty();
        }
        if (!name.getSchemaName().equals(Exhibits.SCHEMA)) {
            return Optional.empty();
        }
        if (VIEW_PORTS.containsKey(name.getTableName())) {
            return Optional.of(view(session, new SchemaTableName(Exhibits.SCHEMA, VIEW_PORTS.get(name.getTableName())), "id, email", ""));
        }
        int dollar = name.getTableName().lastIndexOf('$');
        if (dollar <= 0 || name.getTableName().endsWith(LATEST)) {
            return Optional.empty();
        }
        SchemaTableName product = new SchemaTableName(Exhibits.SCHEMA, name.getTableName().substring(0, dollar));
        if (!VIEW_PORTS.containsKey(product.getTableName()) && handle(session, product) == null) {
            return Optional.empty();
        }
        return switch (name.getTableName().substring(dollar + 1)) {
            case "sample" -> Optional.of(view(session, product, "*", " LIMIT 5"));
            case "contract", "sla", "quality", "reconciliation", "mask", "lineage", "history", "lifecycle" -> Optional.of(view(session, REGISTRATIONS, "*", " WHERE address = '%s'".formatted(product)));
            default -> Optional.empty();
        };
    }

    private ConnectorViewDefinition view(ConnectorSession session, SchemaTableName table, String columns, String clause)
    {
        List<ViewColumn> viewColumns = iceberg.getTableMetadata(session, handle(session, table)).getColumns().stream()
                .filter(column -> !column.isHidden())
                .filter(column -> columns.equals("*") || List.of(columns.split(", ")).contains(column.getName()))
                .map(column -> new ViewColumn(column.getName(), column.getType().getTypeId(), Optional.empty()))
                .collect(toImmutableList());
        return new ConnectorViewDefinition(
                "SELECT %s FROM lake.%s%s".formatted(columns, table, clause),
                Optional.of("lake"),
                Optional.of(table.getSchemaName()),
                viewColumns,
                Optional.empty(),
                Optional.of("platform"),
                false,
                ImmutableList.of());
    }

    private ConnectorTableHandle handle(ConnectorSession session, SchemaTableName table)
    {
        return iceberg.getTableHandle(session, table, Optional.empty(), Optional.empty());
    }

    private Object forward(Method method, Object[] arguments)
            throws Throwable
    {
        try {
            return method.invoke(iceberg, arguments);
        }
        catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
