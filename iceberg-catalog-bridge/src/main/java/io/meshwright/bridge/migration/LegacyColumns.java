package io.meshwright.bridge.migration;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.registry.PortRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.product.MigrationSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The columns that the old name has when it means the product: those of the product, each under its legacy name where {@code migration.columns} is a plain renaming.
 *
 * @param byLegacyName the product's column behind each name, in the product's order
 * @param changes in words, what readers of the old name have to change
 */
public record LegacyColumns(Map<String, String> byLegacyName, List<String> changes)
{
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    public LegacyColumns
    {
        byLegacyName = ImmutableMap.copyOf(byLegacyName);
        changes = ImmutableList.copyOf(changes);
        requireNonNull(byLegacyName, "byLegacyName is null");
    }

    /**
     * Of a product that replaces a table.
     */
    public static LegacyColumns of(RegisteredProduct product)
    {
        MigrationSpec migration = product.spec().migration().orElseThrow();
        return product.queryablePort().map(PortRow::name).flatMap(product::model)
                .map(model -> of(migration, model))
                .orElseGet(() -> new LegacyColumns(Map.of(), List.of("the product has no columns that SQL can read")));
    }

    public static LegacyColumns of(MigrationSpec migration, ContractModel model)
    {
        Map<String, String> renamed = new LinkedHashMap<>();
        ImmutableList.Builder<String> changes = ImmutableList.builder();
        migration.columns().forEach((column, legacy) -> {
            if (PLAIN.matcher(legacy).matches()) {
                renamed.put(lower(column), lower(legacy));
            }
            else {
                changes.add("%s is new: what the legacy table has for it is the expression %s".formatted(lower(column), legacy));
            }
        });
        Map<String, String> byLegacyName = new LinkedHashMap<>();
        // a column that keeps its name goes before another one that is renamed to it
        for (ContractField field : model.fields()) {
            String column = lower(field.name());
            String name = renamed.getOrDefault(column, column);
            boolean taken = byLegacyName.containsKey(name) || (!name.equals(column) && model.fields().stream().map(other -> lower(other.name())).anyMatch(other -> other.equals(name) && !renamed.containsKey(other)));
            byLegacyName.put(taken ? column : name, column);
            if (taken && !name.equals(column)) {
                changes.add("%s stays %s, since another column has the name %s".formatted(column, column, name));
            }
        }
        changes.add("whatever the legacy table has beside these columns is not there, and types are those of the product");
        return new LegacyColumns(byLegacyName, changes.build());
    }

    private static String lower(String name)
    {
        return name.toLowerCase(Locale.ROOT);
    }
}
