package io.meshwright.model.product;

import io.meshwright.model.finding.SourceLocation;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How consumers read the product.
 *
 * @param location the storage prefix of an Iceberg or file port, ending in {@code /}; empty for the catalog's own default
 * @param contract the path of the contract as written, relative to the specification's file
 * @param topic the topic of a Kafka port
 * @param url the address of an API port
 * @param format the file format of a file port
 * @param query the SELECT of a view port, over product addresses
 * @param compatibility the schema registry's mode of a Kafka port, for example {@code BACKWARD}
 * @param region the region of the store, for example {@code eu-central-1}
 * @param serve which snapshot of its table an Iceberg port serves
 * @param deprecated when the port ends; empty while no end is published
 */
public record OutputPort(
        String name,
        PortType type,
        Optional<String> description,
        Optional<String> location,
        Optional<String> contract,
        Optional<String> topic,
        Optional<String> url,
        Optional<String> format,
        Optional<String> query,
        Optional<String> compatibility,
        Optional<String> region,
        ServedSnapshot serve,
        Optional<Deprecation> deprecated,
        SourceLocation source)
{
    public OutputPort
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(description, "description is null");
        requireNonNull(location, "location is null");
        requireNonNull(contract, "contract is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(url, "url is null");
        requireNonNull(format, "format is null");
        requireNonNull(query, "query is null");
        requireNonNull(compatibility, "compatibility is null");
        requireNonNull(region, "region is null");
        requireNonNull(serve, "serve is null");
        requireNonNull(deprecated, "deprecated is null");
        requireNonNull(source, "source is null");
    }
}
