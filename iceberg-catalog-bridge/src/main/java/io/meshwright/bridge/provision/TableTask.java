package io.meshwright.bridge.provision;

import io.meshwright.model.contract.ContractModel;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is to be done with the table of one port.
 *
 * @param comparison with the table that is there
 * @param plannedSchemaId the version of its schema for which that holds
 */
record TableTask(PortTable target, ContractModel model, Optional<SchemaComparison> comparison, int plannedSchemaId)
{
    TableTask
    {
        requireNonNull(target, "target is null");
        requireNonNull(model, "model is null");
        requireNonNull(comparison, "comparison is null");
    }
}
