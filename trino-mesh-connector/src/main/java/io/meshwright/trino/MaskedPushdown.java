package io.meshwright.trino;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.trino.mask.FieldRules;
import io.meshwright.trino.mask.FilteredDynamicFilter;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.Assignment;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTablePartitioning;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.DiscretePredicates;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Variable;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.base.expression.ConnectorExpressions.and;
import static io.trino.plugin.base.expression.ConnectorExpressions.extractConjuncts;
import static io.trino.plugin.base.expression.ConnectorExpressions.extractVariables;

/**
 * Pushes into Iceberg what does not compare masked values, and takes clear values of masked columns out of what comes
 * back. What is held back stays with the engine, which compares the masked values.
 */
final class MaskedPushdown
{
    private MaskedPushdown() {}

    static Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(
            ConnectorMetadata delegate,
            ConnectorSession session,
            MeshTableHandle handle,
            Constraint constraint)
    {
        FieldRules rules = handle.rules();
        Map<ColumnHandle, Domain> passed = new LinkedHashMap<>();
        Map<ColumnHandle, Domain> held = new LinkedHashMap<>();
        constraint.getSummary().getDomains().orElse(ImmutableMap.of()).forEach((column, domain) -> {
            if (column instanceof MaskedColumnHandle masked && !(masked.mask().keepsNulls() && PushedDown.isNullCheck(domain))) {
                held.put(column, domain);
            }
            else {
                passed.put(rules.unwrap(column), domain);
            }
        });
        TupleDomain<ColumnHandle> summary = constraint.getSummary().isNone() ? TupleDomain.none() : TupleDomain.withColumnDomains(passed);

        Map<String, ColumnHandle> assignments = clearAssignments(constraint, rules);
        ImmutableList.Builder<ConnectorExpression> passedConjuncts = ImmutableList.builder();
        ImmutableList.Builder<ConnectorExpression> heldConjuncts = ImmutableList.builder();
        for (ConnectorExpression conjunct : extractConjuncts(constraint.getExpression())) {
            boolean clear = extractVariables(conjunct).stream().map(Variable::getName).allMatch(assignments::containsKey);
            (clear ? passedConjuncts : heldConjuncts).add(conjunct);
        }
        List<ConnectorExpression> heldBack = heldConjuncts.build();
        ConnectorExpression expression = heldBack.isEmpty() ? constraint.getExpression() : and(passedConjuncts.build());

        return delegate.applyFilter(session, handle.delegate(), new Constraint(summary, expression, assignments))
                .map(result -> {
                    ConnectorExpression remaining = result.getRemainingExpression().orElse(expression);
                    // the original where nothing was taken out of it, so that the engine sees that it stayed the same
                    ConnectorExpression remainingExpression = remaining.equals(expression)
                            ? constraint.getExpression()
                            : and(ImmutableList.<ConnectorExpression>builder().addAll(extractConjuncts(remaining)).addAll(heldBack).build());
                    TupleDomain<ColumnHandle> remainingFilter = result.getRemainingFilter()
                            .transformKeys(rules::wrap)
                            .intersect(TupleDomain.withColumnDomains(held));
                    return new ConstraintApplicationResult<>(
                            handle.withDelegate(result.getHandle()),
                            remainingFilter,
                            remainingExpression,
                            result.isPrecalculateStatistics());
                });
    }

    static Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(
            ConnectorMetadata delegate,
            ConnectorSession session,
            MeshTableHandle handle,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments)
    {
        FieldRules rules = handle.rules();
        Map<String, ColumnHandle> unwrapped = assignments.entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> rules.unwrap(entry.getValue())));
        return delegate.applyProjection(session, handle.delegate(), projections, unwrapped)
                .map(result -> new ProjectionApplicationResult<>(
                        handle.withDelegate(result.getHandle()),
                        result.getProjections(),
                        result.getAssignments().stream()
                                .map(assignment -> new Assignment(assignment.getVariable(), rules.wrap(assignment.getColumn()), assignment.getType()))
                                .collect(toImmutableList()),
                        result.isPrecalculateStatistics()));
    }

    static Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(ConnectorMetadata delegate, ConnectorSession session, MeshTableHandle handle, long limit)
    {
        return delegate.applyLimit(session, handle.delegate(), limit)
                .map(result -> new LimitApplicationResult<>(handle.withDelegate(result.getHandle()), result.isLimitGuaranteed(), result.isPrecalculateStatistics()));
    }

    /**
     * Partitions by a masked column would be told apart by its clear values.
     */
    static Optional<ConnectorTableHandle> applyPartitioning(
            ConnectorMetadata delegate,
            ConnectorSession session,
            MeshTableHandle handle,
            Optional<ConnectorPartitioningHandle> partitioningHandle,
            List<ColumnHandle> columns)
    {
        if (columns.stream().anyMatch(MaskedColumnHandle.class::isInstance)) {
            return Optional.empty();
        }
        List<ColumnHandle> clear = columns.stream()
                .<ColumnHandle>map(handle.rules()::clear)
                .collect(toImmutableList());
        return delegate.applyPartitioning(session, handle.delegate(), partitioningHandle, clear)
                .map(handle::withDelegate);
    }

    /**
     * The constraint as splits may see it: without masked columns in any of its parts.
     */
    static Constraint withoutMaskedColumns(Constraint constraint, FieldRules rules)
    {
        Map<String, ColumnHandle> assignments = clearAssignments(constraint, rules);
        List<ConnectorExpression> conjuncts = extractConjuncts(constraint.getExpression()).stream()
                .filter(conjunct -> extractVariables(conjunct).stream().map(Variable::getName).allMatch(assignments::containsKey))
                .collect(toImmutableList());
        return new Constraint(FilteredDynamicFilter.clearDomains(constraint.getSummary(), rules), and(conjuncts), assignments);
    }

    static ConnectorTableProperties tableProperties(ConnectorTableProperties properties, FieldRules rules, ReadErrors errors)
    {
        Optional<ConnectorTablePartitioning> partitioning = properties.getTablePartitioning()
                .filter(candidate -> candidate.getPartitioningColumns().stream().noneMatch(column -> isMasked(column, rules)));
        Optional<DiscretePredicates> discrete = properties.getDiscretePredicates()
                .filter(candidate -> candidate.getColumns().stream().noneMatch(column -> isMasked(column, rules)))
                // read from manifests when the engine asks for them
                .map(candidate -> new DiscretePredicates(candidate.getColumns(), errors.hidingNamesIn(candidate.getPredicates())));
        TupleDomain<ColumnHandle> predicate = properties.getPredicate().filter((column, _) -> !isMasked(column, rules));
        // local properties name columns by which files are sorted; Iceberg has none, and one day's may be masked
        return new ConnectorTableProperties(predicate, partitioning, discrete, ImmutableList.of());
    }

    private static Map<String, ColumnHandle> clearAssignments(Constraint constraint, FieldRules rules)
    {
        return constraint.getAssignments().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof MaskedColumnHandle))
                .collect(toImmutableMap(Map.Entry::getKey, entry -> rules.clear(entry.getValue())));
    }

    private static boolean isMasked(ColumnHandle column, FieldRules rules)
    {
        return rules.wrap((IcebergColumnHandle) column) instanceof MaskedColumnHandle;
    }
}
