package io.meshwright.bridge.check;

import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.sla.SlaMeasurement;
import org.apache.iceberg.Table;

import java.math.BigDecimal;
import java.util.List;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * What a run may ask of beyond its own table. Nothing is looked up before a check asks for it.
 */
public interface Surroundings
{
    /**
     * Where there is no registry.
     */
    Surroundings NONE = new Surroundings()
    {
        @Override
        public SlaMeasurement completeness()
        {
            return SlaMeasurement.missing("no measurement: there is no registry");
        }

        @Override
        public List<BigDecimal> formerFigures(String checkName)
        {
            return List.of();
        }

        @Override
        public Parent parent(String product)
        {
            throw new MeshException(CheckRule.UNKNOWN_PRODUCT, USER, "Product %s is not registered".formatted(product), "register it first");
        }
    };

    /**
     * The share of the source's rows that the last reconciliation found.
     */
    SlaMeasurement completeness();

    /**
     * What a check found in former runs, one figure for each other snapshot, oldest first.
     */
    List<BigDecimal> formerFigures(String checkName);

    /**
     * The table of another product, as it is now.
     *
     * @param product in any spelling
     * @throws MeshException where there is no such product, or its table cannot be read
     */
    Parent parent(String product);

    /**
     * @param product its address
     */
    record Parent(String product, Table table)
    {
        public Parent
        {
            requireNonNull(product, "product is null");
            requireNonNull(table, "table is null");
        }
    }
}
