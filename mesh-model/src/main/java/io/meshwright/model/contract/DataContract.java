package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.product.ProductAddress;
import io.meshwright.model.sla.ServiceLevels;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A data contract of either standard.
 *
 * @param standardVersion as declared, for example {@code 1.1.0} or {@code v3.1.0}
 * @param version of the contract itself
 * @param compatibility the agreed evolution mode, for example {@code backward}
 * @param serverNames the servers that the contract declares
 */
public record DataContract(
        Standard standard,
        String standardVersion,
        String id,
        String version,
        Optional<String> title,
        Optional<String> owner,
        Optional<String> description,
        Optional<String> status,
        Optional<String> compatibility,
        List<String> serverNames,
        List<ContractModel> models,
        ServiceLevels serviceLevels,
        Optional<Period> retention,
        Timeliness timeliness,
        List<NotChecked> notChecked)
{
    public enum Standard
    {
        /**
         * Data Contract Specification.
         */
        DCS,
        /**
         * Open Data Contract Standard.
         */
        ODCS,
    }

    public DataContract
    {
        requireNonNull(standard, "standard is null");
        requireNonNull(standardVersion, "standardVersion is null");
        requireNonNull(id, "id is null");
        requireNonNull(version, "version is null");
        requireNonNull(title, "title is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        requireNonNull(status, "status is null");
        requireNonNull(compatibility, "compatibility is null");
        serverNames = ImmutableList.copyOf(serverNames);
        models = ImmutableList.copyOf(models);
        requireNonNull(serviceLevels, "serviceLevels is null");
        requireNonNull(retention, "retention is null");
        requireNonNull(timeliness, "timeliness is null");
        notChecked = ImmutableList.copyOf(notChecked);
    }

    /**
     * The model that a product's table serves: the only one, or the one that bears the product's name.
     */
    public Optional<ContractModel> modelOf(ProductAddress address)
    {
        if (models.size() == 1) {
            return Optional.of(models.get(0));
        }
        Set<String> names = Set.of(address.product(), address.tableName(), address.sqlName());
        return models.stream()
                .filter(model -> names.contains(model.name()) || model.physicalName().filter(names::contains).isPresent())
                .findFirst();
    }
}
