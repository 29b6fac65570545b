package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.trino.LegacyNames.LegacyTable;
import io.meshwright.trino.control.ControlPort.Facet;
import io.meshwright.trino.control.ControlPort.FacetName;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.product.ContractTypes;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductDescriptions;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.meshwright.trino.product.VersionLifecycle;
import io.meshwright.trino.snapshot.DataFreshness;
import io.meshwright.trino.snapshot.ReaderChoices;
import io.meshwright.trino.snapshot.SnapshotChoice;
import io.meshwright.trino.usage.ProductRead;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableSchema;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.metrics.Metrics;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.type.TypeManager;
import io.trino.spi.type.TypeOperators;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.meshwright.trino.MeshErrorCode.MESH_READ_DENIED;
import static java.util.Objects.requireNonNull;

/**
 * Products as tables. Implements the interface directly and forwards a closed list of reads, so that every write, and
 * every method that a later Trino adds, is refused until somebody decides otherwise.
 */
final class MeshMetadata
        implements ConnectorMetadata
{
    private static final String NOT_SHOWN = "-- what the view is made of is not shown";

    private final String catalogName;
    private final ConnectorMetadata delegate;
    private final TransactionState state;
    private final SnapshotChoice snapshots;
    private final DataFreshness freshness;
    private final ReaderAccess access;
    private final ControlTables control;
    private final ProductTables tables;
    private final ProductDescriptions descriptions;
    private final ProductColumns columns;
    private final TypeOperators typeOperators;

    MeshMetadata(
            String catalogName,
            ConnectorMetadata delegate,
            TransactionState state,
            SnapshotChoice snapshots,
            DataFreshness freshness,
            ReaderAccess access,
            ControlTables control,
            TypeManager typeManager)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.state = requireNonNull(state, "state is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
        this.freshness = requireNonNull(freshness, "freshness is null");
        this.access = requireNonNull(access, "access is null");
        this.control = requireNonNull(control, "control is null");
        typeOperators = typeManager.getTypeOperators();
        tables = new ProductTables(access);
        descriptions = new ProductDescriptions(access, control::staleNote);
        columns = new ProductColumns(descriptions, typeManager);
    }

    @Override
    public void beginQuery(ConnectorSession session)
    {
        delegate.beginQuery(session);
    }

    @Override
    public void cleanupQuery(ConnectorSession session)
    {
        delegate.cleanupQuery(session);
    }

    @Override
    public boolean schemaExists(ConnectorSession session, String schemaName)
    {
        return listSchemaNames(session).contains(schemaName);
    }

    @Override
    public List<String> listSchemaNames(ConnectorSession session)
    {
        return Stream.concat(
                        found(session, Optional.empty()).map(Product::name),
                        legacy(session, Optional.empty()).map(LegacyTable::name))
                .map(SchemaTableName::getSchemaName)
                .distinct()
                .sorted()
                .collect(toImmutableList());
    }

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName)
    {
        return Stream.concat(
                        found(session, schemaName).map(Product::name),
                        legacy(session, schemaName).map(LegacyTable::name))
                .collect(toImmutableList());
    }

    @Override
    public List<SchemaTableName> listViews(ConnectorSession session, Optional<String> schemaName)
    {
        return Stream.concat(
                        found(session, schemaName).filter(product -> product.port() instanceof Product.View).map(Product::name),
                        legacyViews(session, schemaName).keySet().stream())
                .collect(toImmutableList());
    }

    /**
     * For listings, which show the text to whoever finds the view: it can name products that he may not find.
     */
    @Override
    public Map<SchemaTableName, ConnectorViewDefinition> getViews(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableMap.<SchemaTableName, ConnectorViewDefinition>builder()
                .putAll(found(session, schemaName)
                        .filter(product -> product.port() instanceof Product.View)
                        .collect(toImmutableMap(Product::name, product -> view(session, product, (Product.View) product.port(), NOT_SHOWN))))
                .putAll(legacyViews(session, schemaName))
                .buildOrThrow();
    }

    @Override
    public Optional<ConnectorViewDefinition> getView(ConnectorSession session, SchemaTableName viewName)
    {
        return viewOf(session, viewName).or(() -> legacyView(session, viewName)).or(() -> FacetName.parse(viewName)
                .filter(name -> name.facet() == Facet.SAMPLE)
                .flatMap(name -> viewOf(session, name.product())
                        .map(view -> new ViewSample(state.products(), access, session).of(state.products().find(name.product()).orElseThrow(), view))));
    }

    private Optional<ConnectorViewDefinition> viewOf(ConnectorSession session, SchemaTableName viewName)
    {
        return state.products().find(viewName)
                .filter(product -> access.mayFind(product, session.getIdentity()))
                .filter(product -> product.port() instanceof Product.View)
                .map(product -> checkedView(session, product, (Product.View) product.port()));
    }

    /**
     * A legacy table that no product has taken over is in its own catalog, whose access control decides about it.
     */
    @Override
    public Optional<CatalogSchemaTableName> redirectTable(ConnectorSession session, SchemaTableName tableName)
    {
        return state.legacyNames().find(tableName)
                .filter(legacy -> mayFind(session, legacy))
                .flatMap(legacy -> {
                    if (!legacy.cutOver()) {
                        return legacy.table();
                    }
                    // what cannot be read says why under its own name
                    return legacy.product().port() instanceof Product.Unservable ? Optional.of(new CatalogSchemaTableName(catalogName, legacy.product().name())) : Optional.empty();
                });
    }

    private Stream<LegacyTable> legacy(ConnectorSession session, Optional<String> schemaName)
    {
        return state.legacyNames().all().stream()
                .filter(legacy -> schemaName.isEmpty() || legacy.name().getSchemaName().equals(schemaName.orElseThrow()))
                .filter(legacy -> mayFind(session, legacy));
    }

    private boolean mayFind(ConnectorSession session, LegacyTable legacy)
    {
        return access.mayFind(legacy.product(), session.getIdentity()) && state.legacyNames().mayRead(legacy, session.getIdentity());
    }

    private Optional<ConnectorViewDefinition> legacyView(ConnectorSession session, SchemaTableName name)
    {
        return legacy(session, Optional.of(name.getSchemaName()))
                .filter(legacy -> legacy.name().equals(name) && legacy.cutOver())
                .findFirst()
                .flatMap(legacy -> new LegacyViews(catalogName, typeOperators, product ->
                        metadata(session, getTableHandle(session, product.name(), Optional.empty(), Optional.empty()), Optional.empty()).getColumns()).of(legacy));
    }

    /**
     * For listings: the tables behind are not opened.
     */
    private Map<SchemaTableName, ConnectorViewDefinition> legacyViews(ConnectorSession session, Optional<String> schemaName)
    {
        ImmutableMap.Builder<SchemaTableName, ConnectorViewDefinition> views = ImmutableMap.builder();
        LegacyViews definitions = new LegacyViews(catalogName, typeOperators, product -> tableColumns(session, product, (Product.Table) product.port())
                .flatMap(RelationColumnsMetadata::tableColumns)
                .orElse(List.of()));
        legacy(session, schemaName)
                .filter(LegacyTable::cutOver)
                .forEach(legacy -> definitions.of(legacy).filter(view -> !view.getColumns().isEmpty()).ifPresent(view -> views.put(legacy.name(), view)));
        return views.buildOrThrow();
    }

    private ConnectorViewDefinition checkedView(ConnectorSession session, Product product, Product.View view)
    {
        checkLifecycle(session, product);
        viewChecks().check(product, view, session.getIdentity());
        return view(session, product, view, view.query().text());
    }

    private ViewChecks viewChecks()
    {
        return new ViewChecks(state.products(), access, descriptions, typeOperators);
    }

    private static void checkLifecycle(ConnectorSession session, Product product)
    {
        VersionLifecycle.refusal(product, ReaderChoices.allowsDeprecated(session), session.getStart()).ifPresent(refusal -> {
            throw refusal;
        });
    }

    @Override
    public boolean isView(ConnectorSession session, SchemaTableName viewName)
    {
        return getView(session, viewName).isPresent();
    }

    @Override
    public ConnectorTableHandle getTableHandle(
            ConnectorSession session,
            SchemaTableName tableName,
            Optional<ConnectorTableVersion> startVersion,
            Optional<ConnectorTableVersion> endVersion)
    {
        Optional<Product> found = state.products().find(tableName);
        if (found.isEmpty()) {
            state.legacyNames().find(tableName)
                    .filter(legacy -> access.mayFind(legacy.product(), session.getIdentity()) && !state.legacyNames().mayRead(legacy, session.getIdentity()))
                    .ifPresent(legacy -> {
                        throw MESH_READ_DENIED.exception(state.legacyNames().refusal(legacy));
                    });
            return null;
        }
        Product product = found.orElseThrow();
        if (!access.mayKnow(product, session.getIdentity())) {
            return null;
        }
        return switch (product.port()) {
            case Product.View _ -> null;
            case Product.Unservable unservable -> throw unservable.code().exception("Product %s is registered, but it cannot be read: %s. Ask %s to register it again."
                    .formatted(product.address(), unservable.reason(), product.owner()));
            case Product.Table table -> {
                checkLifecycle(session, product);
                yield reading(product.name(), () -> tables.open(
                        delegate,
                        session,
                        product,
                        table,
                        endVersion,
                        current -> snapshots.choose(session, product, table, current, state::verdicts),
                        state.keyVersion()));
            }
        };
    }

    @Override
    public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName tableName)
    {
        return control.find(this, session, tableName);
    }

    @Override
    public SchemaTableName getTableName(ConnectorSession session, ConnectorTableHandle table)
    {
        return MeshTableHandle.of(table).product();
    }

    /**
     * Asked for by every query, hence without the comment, for which storage is looked at.
     */
    @Override
    public ConnectorTableSchema getTableSchema(ConnectorSession session, ConnectorTableHandle table)
    {
        return metadata(session, table, Optional.empty()).getTableSchema();
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        Products snapshot = state.products();
        Optional<String> comment = snapshot.find(handle.product()).flatMap(product -> descriptions.tableComment(product, snapshot, session.getStart(), notes(session, product, handle)));
        return metadata(session, table, comment);
    }

    private ConnectorTableMetadata metadata(ConnectorSession session, ConnectorTableHandle table, Optional<String> comment)
    {
        List<ColumnMetadata> columns = getColumnHandles(session, table).values().stream()
                .map(column -> getColumnMetadata(session, table, column))
                .collect(toImmutableList());
        return new ConnectorTableMetadata(MeshTableHandle.of(table).product(), columns, ImmutableMap.of(), comment);
    }

    private List<String> notes(ConnectorSession session, Product product, MeshTableHandle handle)
    {
        if (!(product.port() instanceof Product.Table port)) {
            return List.of();
        }
        return reading(handle, () -> snapshots.notes(session, product, port, handle.icebergTable().getSnapshotId()));
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        MeshTableHandle handle = MeshTableHandle.of(tableHandle);
        return reading(handle, () -> ProductColumns.visible(handle, delegate.getColumnHandles(session, handle.delegate())));
    }

    @Override
    public ColumnMetadata getColumnMetadata(ConnectorSession session, ConnectorTableHandle tableHandle, ColumnHandle columnHandle)
    {
        MeshTableHandle handle = MeshTableHandle.of(tableHandle);
        IcebergColumnHandle column = handle.rules().unwrap(columnHandle);
        String name = handle.columnName(column);
        Product product = product(handle);
        return columns.column(product, model(product), name, column, columnHandle);
    }

    @Override
    public Iterator<RelationColumnsMetadata> streamRelationColumns(
            ConnectorSession session,
            Optional<String> schemaName,
            UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        Set<SchemaTableName> names = relationFilter.apply(ImmutableSet.copyOf(listTables(session, schemaName)));
        Map<SchemaTableName, ConnectorViewDefinition> takenOver = legacyViews(session, schemaName);
        return Stream.concat(
                        found(session, schemaName)
                                .filter(product -> names.contains(product.name()))
                                .flatMap(product -> relationColumns(session, product).stream()),
                        legacy(session, schemaName)
                                .filter(legacy -> names.contains(legacy.name()))
                                .flatMap(legacy -> legacy.cutOver()
                                        ? Stream.ofNullable(takenOver.get(legacy.name())).map(view -> RelationColumnsMetadata.forView(legacy.name(), view.getColumns()))
                                        : Stream.of(RelationColumnsMetadata.forRedirectedTable(legacy.name()))))
                .iterator();
    }

    @Override
    public Iterator<RelationCommentMetadata> streamRelationComments(
            ConnectorSession session,
            Optional<String> schemaName,
            UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        Set<SchemaTableName> names = relationFilter.apply(ImmutableSet.copyOf(listTables(session, schemaName)));
        Products snapshot = state.products();
        return Stream.concat(
                        found(session, schemaName)
                                .filter(product -> names.contains(product.name()))
                                .map(product -> RelationCommentMetadata.forRelation(product.name(), descriptions.tableComment(product, snapshot, session.getStart(), List.of()))),
                        legacy(session, schemaName)
                                .filter(legacy -> names.contains(legacy.name()))
                                .map(legacy -> legacy.cutOver()
                                        ? RelationCommentMetadata.forRelation(legacy.name(), Optional.of("Replaced by " + legacy.product().address()))
                                        : RelationCommentMetadata.forRedirectedTable(legacy.name())))
                .iterator();
    }

    @Override
    public ConnectorTableProperties getTableProperties(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return MaskedPushdown.tableProperties(
                reading(handle, () -> delegate.getTableProperties(session, handle.delegate())),
                callersRules(session, handle),
                new ReadErrors(handle.product()));
    }

    /**
     * The rules for the session's user, who sees less than the handle where somebody else lends his rights: the engine may
     * answer from partition values alone, without any split that would be refused.
     */
    private FieldRules callersRules(ConnectorSession session, MeshTableHandle handle)
    {
        boolean seesClearValues = state.products().find(handle.product())
                .filter(product -> access.seesClearValues(product, session.getIdentity()))
                .isPresent();
        return seesClearValues ? handle.rules() : handle.rules().forMaskedReader();
    }

    @Override
    public TableStatistics getTableStatistics(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        MeshTableHandle handle = MeshTableHandle.of(tableHandle);
        checkCallerMayRead(session, handle);
        return reading(handle, () -> MaskedStatistics.of(delegate, session, handle));
    }

    @Override
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(ConnectorSession session, ConnectorTableHandle table, Constraint constraint)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> MaskedPushdown.applyFilter(delegate, session, handle, constraint));
    }

    @Override
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(
            ConnectorSession session,
            ConnectorTableHandle table,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> MaskedPushdown.applyProjection(delegate, session, handle, projections, assignments));
    }

    @Override
    public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(ConnectorSession session, ConnectorTableHandle table, long limit)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> MaskedPushdown.applyLimit(delegate, session, handle, limit));
    }

    @Override
    public Optional<ConnectorTableHandle> applyPartitioning(
            ConnectorSession session,
            ConnectorTableHandle table,
            Optional<ConnectorPartitioningHandle> partitioningHandle,
            List<ColumnHandle> columns)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> MaskedPushdown.applyPartitioning(delegate, session, handle, partitioningHandle, columns));
    }

    @Override
    public void validateScan(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        Product product = product(handle);
        checkLifecycle(session, product);
        reading(handle, () -> {
            if (!handle.pinned() && product.port() instanceof Product.Table port) {
                checkServed(session, product, port, handle.icebergTable().getSnapshotId());
                freshness.check(session, product, port, handle.icebergTable().getSnapshotId());
            }
            delegate.validateScan(session, handle.delegate());
            return true;
        });
    }

    /**
     * What a view reads is opened in a session without the reader's choices: Trino hides them there. Here the session is his own.
     */
    private void checkServed(ConnectorSession session, Product product, Product.Table port, OptionalLong opened)
    {
        if (!snapshots.choose(session, product, port, opened, state::verdicts).equals(opened)) {
            throw MeshErrorCode.MESH_STALE.exception("Product %s is stale, and through a view its last verified snapshot cannot be read (on_stale = LAST_VERIFIED). Read it by its own name."
                    .formatted(product.address()));
        }
    }

    @Override
    public boolean allowSplittingReadIntoMultipleSubQueries(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> delegate.allowSplittingReadIntoMultipleSubQueries(session, handle.delegate()));
    }

    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return reading(handle, () -> delegate.getTableCredentials(session, handle.delegate()));
    }

    /**
     * Goes into the details of the query and to event listeners.
     */
    @Override
    public Optional<Object> getInfo(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = MeshTableHandle.of(table);
        return state.products().find(handle.product())
                .flatMap(product -> ProductRead.of(product, handle))
                .map(Object.class::cast);
    }

    @Override
    public Metrics getMetrics(ConnectorSession session)
    {
        return delegate.getMetrics(session);
    }

    /**
     * Refuses a handle that was made for somebody who sees more than the session's user does.
     */
    void checkCallerMayRead(ConnectorSession session, MeshTableHandle handle)
    {
        CallerCheck.check(product(handle), handle, access, session.getIdentity());
    }

    private Product product(MeshTableHandle handle)
    {
        return state.products().find(handle.product())
                .orElseThrow(() -> MESH_READ_DENIED.exception("Product %s is no longer registered".formatted(handle.product())));
    }

    private Stream<Product> found(ConnectorSession session, Optional<String> schemaName)
    {
        Products snapshot = state.products();
        return schemaName.map(snapshot::inSchema).orElseGet(snapshot::listed).stream()
                .filter(product -> access.mayFind(product, session.getIdentity()));
    }

    private Optional<RelationColumnsMetadata> relationColumns(ConnectorSession session, Product product)
    {
        return switch (product.port()) {
            case Product.View view -> Optional.of(RelationColumnsMetadata.forView(product.name(), view(session, product, view, NOT_SHOWN).getColumns()));
            case Product.Unservable _ -> Optional.empty();
            case Product.Table table -> tableColumns(session, product, table);
        };
    }

    /**
     * A product that cannot be opened is left out of a listing; whoever asks for it alone is told why.
     */
    private Optional<RelationColumnsMetadata> tableColumns(ConnectorSession session, Product product, Product.Table table)
    {
        Optional<List<ColumnMetadata>> listed = columns.listed(product, table, tables.rules(product, table, session.getIdentity()));
        if (listed.isPresent()) {
            return Optional.of(RelationColumnsMetadata.forTable(product.name(), listed.orElseThrow()));
        }
        try {
            ConnectorTableHandle handle = getTableHandle(session, product.name(), Optional.empty(), Optional.empty());
            return Optional.of(RelationColumnsMetadata.forTable(product.name(), metadata(session, handle, Optional.empty()).getColumns()));
        }
        catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private ConnectorViewDefinition view(ConnectorSession session, Product product, Product.View view, String sql)
    {
        ViewChecks checks = viewChecks();
        ImmutableList.Builder<ViewColumn> columns = ImmutableList.builder();
        for (int index = 0; index < view.model().fields().size(); index++) {
            columns.add(viewColumn(view.model(), view.model().fields().get(index), checks.maskNote(view, index, session.getIdentity())));
        }
        return new ConnectorViewDefinition(
                sql,
                Optional.of(catalogName),
                Optional.of(product.name().getSchemaName()),
                columns.build(),
                descriptions.tableComment(product, state.products(), session.getStart(), List.of()),
                Optional.empty(),
                // the reader's own rights, so that the masks of the inputs are those of the reader
                true,
                ImmutableList.of());
    }

    private ViewColumn viewColumn(ContractModel model, ContractField field, Optional<String> maskNote)
    {
        String name = field.name().toLowerCase(Locale.ROOT);
        return new ViewColumn(
                name,
                ContractTypes.type(field, typeOperators).getTypeId(),
                Stream.concat(descriptions.contractComment(model, name).stream(), maskNote.stream()).reduce((left, right) -> left + " " + right));
    }

    private static Optional<ContractModel> model(Product product)
    {
        return switch (product.port()) {
            case Product.Table table -> Optional.of(table.model());
            case Product.View view -> Optional.of(view.model());
            case Product.Unservable _ -> Optional.empty();
        };
    }

    private static <T> T reading(MeshTableHandle handle, Callable<T> read)
    {
        return reading(handle.product(), read);
    }

    private static <T> T reading(SchemaTableName product, Callable<T> read)
    {
        return new ReadErrors(product).hidingNames(read);
    }
}
