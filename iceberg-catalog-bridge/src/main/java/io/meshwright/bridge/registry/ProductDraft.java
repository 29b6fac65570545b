package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.meshwright.model.product.ProductAddress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What is to be registered: admitted, with its ports resolved.
 */
public record ProductDraft(
        ProductAddress address,
        Optional<String> alias,
        String specPath,
        String specBody,
        Optional<String> gitRevision,
        String registeredBy,
        List<PortRow> ports,
        List<ContractRow> contracts,
        List<ColumnRow> columns)
{
    public ProductDraft
    {
        requireNonNull(address, "address is null");
        requireNonNull(alias, "alias is null");
        requireNonNull(specPath, "specPath is null");
        requireNonNull(specBody, "specBody is null");
        requireNonNull(gitRevision, "gitRevision is null");
        requireNonNull(registeredBy, "registeredBy is null");
        ports = ImmutableList.copyOf(ports);
        contracts = ImmutableList.copyOf(contracts);
        columns = ImmutableList.copyOf(columns);
    }

    /**
     * Every name by which SQL would read the product, with its schema.
     */
    public Set<String> sqlNames()
    {
        return ProductRow.sqlNames(address.schemaName(), address.tableName(), ProductRow.versions(address.tableName(), ports, contracts));
    }

    /**
     * SHA-256 of all that makes the product what it is; not of who registers it, when and from which path.
     */
    public String hash()
    {
        Hasher hasher = Hashing.sha256().newHasher();
        put(hasher, address.toString());
        put(hasher, specBody);
        hasher.putInt(ports.size());
        ports.forEach(port -> put(hasher, port.toString()));
        hasher.putInt(contracts.size());
        contracts.forEach(contract -> {
            put(hasher, contract.port());
            put(hasher, contract.path());
            put(hasher, contract.body());
        });
        hasher.putInt(columns.size());
        columns.forEach(column -> put(hasher, column.toString()));
        return hasher.hash().toString();
    }

    /**
     * SHA-256 of a text in UTF-8, in lower-case hexadecimal digits.
     */
    public static String hashOf(String text)
    {
        return Hashing.sha256().hashString(text, UTF_8).toString();
    }

    ProductRow toRow(int revision, Instant registeredAt)
    {
        return new ProductRow(
                address.toString(),
                alias,
                address.schemaName(),
                address.tableName(),
                revision,
                hash(),
                specPath,
                specBody,
                gitRevision,
                registeredAt,
                registeredBy,
                ports,
                contracts,
                columns);
    }

    private static void put(Hasher hasher, String text)
    {
        // the length keeps two neighbours from being read as one
        byte[] bytes = text.getBytes(UTF_8);
        hasher.putInt(bytes.length).putBytes(bytes);
    }
}
