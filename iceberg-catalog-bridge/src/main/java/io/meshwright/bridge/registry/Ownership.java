package io.meshwright.bridge.registry;

import io.meshwright.model.finding.MeshException;

import java.util.List;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.REFUSED;

/**
 * What one product has, no other may claim: SQL name, identifier, table, location.
 */
public final class Ownership
{
    private Ownership() {}

    /**
     * @throws MeshException with cause REFUSED when the draft claims something of another product; it names that product
     */
    public static void check(ProductDraft draft, List<ProductRow> products)
    {
        for (ProductRow other : products) {
            if (other.address().equals(draft.address().toString())) {
                continue;
            }
            Optional<String> name = draft.sqlNames().stream().filter(other.sqlNames()::contains).findFirst();
            if (name.isPresent()) {
                throw refused(
                        RegistryRule.SQL_COLLISION,
                        draft,
                        "its SQL name %s is the one of %s".formatted(name.orElseThrow(), other.address()),
                        "Choose another name; a name that ends in a version belongs to the product without it");
            }
            draft.alias()
                    .filter(alias -> other.alias().equals(Optional.of(alias)) || other.address().equals(alias) || other.sqlName().equals(alias))
                    .ifPresent(alias -> {
                        throw refused(RegistryRule.ALIAS_TAKEN, draft, "the identifier %s is the one of %s".formatted(alias, other.address()), "Choose another identifier");
                    });
            if (other.alias().equals(Optional.of(draft.address().toString())) || other.alias().equals(Optional.of(draft.address().sqlName()))) {
                throw refused(RegistryRule.ALIAS_TAKEN, draft, "%s uses this address as its identifier".formatted(other.address()), "Choose another name");
            }
            for (PortRow port : draft.ports()) {
                for (PortRow taken : other.ports()) {
                    checkPorts(draft, port, other, taken);
                }
            }
        }
    }

    private static void checkPorts(ProductDraft draft, PortRow port, ProductRow other, PortRow taken)
    {
        boolean sameTable = port.isTable() && taken.isTable() &&
                ((port.tableUuid().isPresent() && port.tableUuid().equals(taken.tableUuid())) || (port.tableNamespace().equals(taken.tableNamespace()) && port.tableName().equals(taken.tableName())));
        if (sameTable) {
            throw refused(
                    RegistryRule.TABLE_TAKEN,
                    draft,
                    "the table of its port %s belongs to %s, port %s".formatted(port.name(), other.address(), taken.name()),
                    "Give the port a table of its own, or let %s serve the data".formatted(other.address()));
        }
        if (port.location().isPresent() && taken.location().isPresent() && overlap(port.location().orElseThrow(), taken.location().orElseThrow())) {
            throw refused(
                    RegistryRule.LOCATION_TAKEN,
                    draft,
                    "the location of its port %s lies in the one of %s, port %s, or around it".formatted(port.name(), other.address(), taken.name()),
                    "Give the port a location of its own, or let %s serve the data".formatted(other.address()));
        }
    }

    private static boolean overlap(String left, String right)
    {
        String first = folder(left);
        String second = folder(right);
        return first.startsWith(second) || second.startsWith(first);
    }

    private static String folder(String location)
    {
        // s3a and s3n are names of Hadoop for the same bucket
        String plain = location.replaceFirst("^s3[an]://", "s3://").replaceFirst("^file:/+", "file:///");
        return plain.endsWith("/") ? plain : plain + "/";
    }

    private static MeshException refused(RegistryRule rule, ProductDraft draft, String reason, String fix)
    {
        return new MeshException(rule, REFUSED, "%s cannot be registered: %s; nothing was written".formatted(draft.address(), reason), fix);
    }
}
