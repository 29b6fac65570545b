package io.meshwright.bridge.registry;

import io.meshwright.bridge.catalog.MeshCatalog;
import io.meshwright.bridge.catalog.TestingCatalogs;
import io.meshwright.model.finding.MeshException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Registers products from a process of its own, which a test can kill. Prints a line for each registration that was confirmed.
 */
final class Registrar
{
    private Registrar() {}

    public static void main(String[] arguments)
    {
        Path folder = Path.of(arguments[0]);
        String prefix = arguments[1];
        int count = Integer.parseInt(arguments[2]);
        try (MeshCatalog catalog = open(folder)) {
            ProductRegistry registry = new IcebergProductRegistry(catalog);
            System.out.println("ready");
            for (int number = 0; number < count; number++) {
                String address = "domain.%s-%s".formatted(prefix, number % 3);
                int base = registry.current().find(address).map(ProductRow::revision).orElse(0);
                Registration registration = registry.register(TestIcebergProductRegistry.draft(address, "text " + prefix + " " + number), base);
                System.out.println(address + " " + registration.row().revision());
            }
        }
        catch (MeshException e) {
            System.out.println("failed: " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param output a file, since a killed process takes its pipes with it
     */
    static Process start(Path folder, String prefix, int count, Path output)
    {
        try {
            return new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Registrar.class.getName(),
                    folder.toString(),
                    prefix,
                    Integer.toString(count)))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MeshCatalog open(Path folder)
    {
        return TestingCatalogs.openEmbedded(folder);
    }
}
