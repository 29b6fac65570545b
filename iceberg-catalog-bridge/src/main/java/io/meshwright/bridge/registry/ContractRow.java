package io.meshwright.bridge.registry;

import io.meshwright.bridge.table.RowSchema;

import static java.util.Objects.requireNonNull;

/**
 * A contract as it was registered with a port.
 *
 * @param path as the specification writes it
 * @param hash SHA-256 of the body, in lower-case hexadecimal digits
 * @param body the file, byte for byte
 */
public record ContractRow(String port, String path, String contractId, String version, String hash, String body)
{
    static final RowSchema<ContractRow> SCHEMA = RowSchema.<ContractRow>builder()
            .string("port", "Output port that the contract describes", ContractRow::port)
            .string("path", "Path of the contract as the specification writes it", ContractRow::path)
            .string("contract_id", "Id that the contract declares", ContractRow::contractId)
            .string("version", "Version that the contract declares", ContractRow::version)
            .string("hash", "SHA-256 of the body", ContractRow::hash)
            .string("body", "The contract, byte for byte", ContractRow::body)
            .build(row -> new ContractRow(
                    row.string("port"),
                    row.string("path"),
                    row.string("contract_id"),
                    row.string("version"),
                    row.string("hash"),
                    row.string("body")));

    public ContractRow
    {
        requireNonNull(port, "port is null");
        requireNonNull(path, "path is null");
        requireNonNull(contractId, "contractId is null");
        requireNonNull(version, "version is null");
        requireNonNull(hash, "hash is null");
        requireNonNull(body, "body is null");
    }
}
