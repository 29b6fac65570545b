package io.meshwright.leak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the exhibits in a target's raw catalog.
 */
public final class Planting
{
    public interface Registration
    {
        void register(Exhibit exhibit)
                throws Exception;
    }

    /**
     * What Trino cannot do, so that it depends on the place.
     */
    public interface Workshop
            extends Registration
    {
        /**
         * Makes the branch {@code former} and the tag {@code release} of a table in the raw catalog.
         */
        void refer(String table, long snapshotId)
                throws Exception;

        /**
         * Deletes the rows with an address, by an equality delete file where the place can write one.
         */
        void deleteByEmail(String table, String email)
                throws Exception;
    }

    private Planting() {}

    public static void plant(Target target, Workshop workshop)
            throws Exception
    {
        plant(target, Exhibits.all(), workshop::register);
        workshop.deleteByEmail("deleted_equality", "C0a9y1-mail-3@x.example");
        // the first snapshot is that of the table without rows
        workshop.refer("history", Long.parseLong(target.versions("history").get(1)));
    }

    /**
     * Makes what the smoke probes attack.
     */
    public static void plantSmoke(Target target, Registration registration)
            throws Exception
    {
        plant(target, Exhibits.smoke(), registration);
    }

    private static void plant(Target target, List<Exhibit> exhibits, Registration registration)
            throws Exception
    {
        target.produce("CREATE SCHEMA IF NOT EXISTS {l}");
        for (Exhibit exhibit : exhibits) {
            exhibit.statements().forEach(target::produce);
            registration.register(exhibit);
            exhibit.afterwards().forEach(target::produce);
        }
    }

    /**
     * Breaks the files of those exhibits that are made for it, on a local file system.
     *
     * @param warehouse holds the folders of the tables, at any depth
     */
    public static void breakFiles(Path warehouse)
            throws IOException
    {
        for (Path file : files(warehouse, "broken_data", ".parquet")) {
            Files.delete(file);
        }
        for (Path file : files(warehouse, "broken_footer", ".parquet")) {
            damage(file);
        }
        for (Path file : files(warehouse, "broken_manifest", ".avro")) {
            damage(file);
        }
        for (Path file : files(warehouse, "broken_metadata", ".metadata.json")) {
            Files.writeString(file, "{\"C0a9y1\": C0a9y1}");
        }
    }

    private static List<Path> files(Path warehouse, String table, String suffix)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(warehouse)) {
            List<Path> found = files
                    .filter(file -> file.toString().contains("/" + table) && file.toString().endsWith(suffix))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("No %s of %s below %s".formatted(suffix, table, warehouse));
            }
            return found;
        }
    }

    private static void damage(Path file)
            throws IOException
    {
        byte[] content = Files.readAllBytes(file);
        byte[] scribble = "C0a9y1 ".repeat(content.length / 7 + 1).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(scribble, 0, content, 0, content.length);
        Files.write(file, content);
    }
}
