package io.meshwright.spark.check;

import io.meshwright.model.check.ReadOnlySql;
import io.meshwright.spark.session.PinnedTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2RelationBase;

import java.math.BigDecimal;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** Runs a statement of a contract over a pinned table. */
final class ContractStatement
{
    private ContractStatement() {}
}
