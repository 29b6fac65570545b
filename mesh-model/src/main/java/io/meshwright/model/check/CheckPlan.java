package io.meshwright.model.check;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What is verified of one model of a contract, and what is not.
 *
 * @param profileColumns the columns whose completeness is told, top level and within structs
 */
public record CheckPlan(
        String contract,
        String contractVersion,
        String model,
        List<CheckSpec> checks,
        List<String> profileColumns,
        List<Unchecked> notChecked)
{
    /**
     * @param path the place in the contract, or the column of the table
     */
    public record Unchecked(String path, String reason)
    {
        public Unchecked
        {
            requireNonNull(path, "path is null");
            requireNonNull(reason, "reason is null");
        }
    }

    public CheckPlan
    {
        requireNonNull(contract, "contract is null");
        requireNonNull(contractVersion, "contractVersion is null");
        requireNonNull(model, "model is null");
        checks = ImmutableList.copyOf(checks);
        profileColumns = ImmutableList.copyOf(profileColumns);
        notChecked = ImmutableList.copyOf(notChecked);
    }
}
