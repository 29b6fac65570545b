package io.meshwright.cli;

import com.google.common.collect.ImmutableList;
import io.meshwright.cli.output.Console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the usual commands once, so that the JVM's ahead-of-time cache holds their classes, and unpacks SQLite's native
 * library beside the cache, because unpacking it at each start takes as long as everything else. Called by the launcher.
 */
public final class StartupTraining
{
    private static final String PRODUCT =
            """
            apiVersion: dataproduct.kloudvin.io/v1
            kind: DataProduct
            metadata:
              name: order-events
              domain: orders
              owner: orders@example.com
            spec:
              description: Training
              outputPorts:
                - name: table
                  type: iceberg
                  contract: ./contract.yaml
              sla:
                freshness: "<= 15m"
                completeness: ">= 99.9%"
              classification:
                contains_pii: true
                pii_fields: [customer_id]
              access:
                clear:
                  - {group: care}
              migration:
                replaces: legacy_warehouse.fct_orders
                key: [order_id]
                window: {column: occurred_at, legacy: order_ts, size: day, zone: UTC}
            """;
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info:
              title: Training
              version: 1.0.0
              owner: orders@example.com
            models:
              order_events:
                type: table
                fields:
                  order_id:
                    type: string
                    required: true
                    unique: true
                    pattern: "^ORD-[0-9]+$"
                    description: Number of the order
                  status:
                    type: string
                    enum: [placed, fulfilled, cancelled]
                    description: Where the order stands
                  total_minor:
                    type: long
                    minimum: 0
                    description: Total in cents
                  customer_id:
                    type: string
                    description: Who ordered
                  occurred_at:
                    type: timestamp
                    required: true
                    description: When
                quality:
                  - type: sql
                    description: No negative totals
                    query: SELECT count(*) FROM order_events WHERE total_minor < 0
                    mustBe: 0
                  - type: library
                    metric: rowCount
                    mustBeGreaterThan: 0
            servicelevels:
              freshness:
                threshold: 15m
                timestampField: order_events.occurred_at
            """;
    static final List<String> COMMANDS = ImmutableList.of(
            "--help",
            "version",
            "product validate product.yaml",
            "product validate product.yaml -o json",
            "contract lint contract.yaml",
            "contract lint contract.yaml -o json",
            "product apply product.yaml",
            "catalog register product.yaml",
            "catalog list",
            "catalog list -o json",
            "catalog get orders.order-events",
            "catalog get orders.order-events -o json",
            "catalog search training",
            "contract get orders.order-events",
            "contract list orders.order-events",
            "sla list",
            "config view",
            "status",
            "explain MESH-CLI-001");
    static final List<String> FAILING_COMMANDS = ImmutableList.of(
            "product validate wrong.yaml",
            "catalog get");

    private StartupTraining() {}

    public static void main(String[] arguments)
            throws IOException
    {
        Path cache = Path.of(arguments[0]);
        unpackSqlite(cache.resolve("native"));
        Path folder = Files.createTempDirectory("mesh-training");
        try {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            CommandContext context = new CommandContext(new Console(nowhere, nowhere, false, false), Map.of(), folder, Installation.ofSystemProperties());
            writeFiles(folder);
            for (String line : Stream.concat(COMMANDS.stream(), FAILING_COMMANDS.stream()).toList()) {
                MeshCommand.run(context, line.split(" "));
            }
        }
        finally {
            deleteAll(folder);
        }
    }

    static void writeFiles(Path folder)
            throws IOException
    {
        Files.writeString(folder.resolve("product.yaml"), PRODUCT);
        Files.writeString(folder.resolve("wrong.yaml"), PRODUCT + "  unknown: 1\n");
        Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
    }

    private static void unpackSqlite(Path folder)
            throws IOException
    {
        String name = org.sqlite.util.LibraryLoaderUtil.getNativeLibName();
        String resource = org.sqlite.util.LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = StartupTraining.class.getResourceAsStream(resource)) {
            if (library != null) {
                Files.createDirectories(folder);
                Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(folder.resolve("name"), name + "\n");
            }
        }
    }

    private static void deleteAll(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(file);
            }
        }
    }
}
