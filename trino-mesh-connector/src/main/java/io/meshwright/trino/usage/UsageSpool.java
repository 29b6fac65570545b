package io.meshwright.trino.usage;

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.meshwright.model.json.RecordJson;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Segments on the local disk: one is written to, the sealed ones wait until they are in the registry. What was appended is on the
 * disk when the call returns, and survives the process and the machine. Sealing and deleting may be done by different threads.
 */
final class UsageSpool
        implements Closeable
{
    private static final Logger log = Logger.get(UsageSpool.class);
    private static final String OPEN = ".open";
    private static final String SEALED = ".sealed";

    private final Path folder;
    private final long maxBytes;
    private final FileChannel lockChannel;

    private Optional<Open> open = Optional.empty();

    private static final class Open
    {
        private final Path file;
        private final FileChannel channel;
        private long length;

        private Open(Path file, FileChannel channel)
        {
            this.file = file;
            this.channel = channel;
        }
    }

    /**
     * A sealed segment.
     *
     * @param id names the batch for ever
     */
    record Segment(Path file, String id, Instant made) {}

    /**
     * Takes a folder, which nobody else may use meanwhile, and seals what an earlier process left in it.
     *
     * @param maxBytes of all segments together
     * @throws IOException when the folder cannot be written, or another listener uses it
     */
    UsageSpool(Path folder, long maxBytes)
            throws IOException
    {
        this.folder = requireNonNull(folder, "folder is null");
        this.maxBytes = maxBytes;
        Files.createDirectories(folder, ownerOnly("rwx------"));
        lockChannel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        try {
            lock();
            for (Path left : files(OPEN)) {
                Files.move(left, sealed(left), ATOMIC_MOVE);
            }
        }
        catch (IOException e) {
            lockChannel.close();
            throw e;
        }
    }

    private void lock()
            throws IOException
    {
        try {
            FileLock lock = lockChannel.tryLock();
            if (lock != null) {
                return;
            }
        }
        catch (OverlappingFileLockException e) {
            // the other one is in this process
        }
        throw new IOException("The folder %s is used by another event listener".formatted(folder));
    }

    /**
     * Appends lines, all or none.
     *
     * @throws IOException when the disk does not take them, or the spool has its full size
     */
    synchronized void append(List<SpoolLine> lines)
            throws IOException
    {
        byte[] bytes = lines.stream()
                .map(line -> RecordJson.writeLine(line) + "\n")
                .collect(joining())
                .getBytes(UTF_8);
        if (bytes() + bytes.length > maxBytes) {
            throw new IOException("the spool has reached its size of %s bytes".formatted(maxBytes));
        }
        write(bytes);
    }

    /**
     * Ends the open segment with a last line, for which there is always room, and gives it to whoever asks for {@link #sealed()}.
     */
    synchronized void seal(SpoolLine last)
            throws IOException
    {
        write((RecordJson.writeLine(last) + "\n").getBytes(UTF_8));
        Open segment = open.orElseThrow();
        segment.channel.close();
        open = Optional.empty();
        Files.move(segment.file, sealed(segment.file), ATOMIC_MOVE);
        syncFolder();
    }

    synchronized boolean isOpen()
    {
        return open.isPresent();
    }

    /**
     * The id of the segment that is written to.
     */
    synchronized String openId()
            throws IOException
    {
        return id(openSegment().file);
    }

    /**
     * The sealed segments, the oldest first.
     */
    List<Segment> sealed()
            throws IOException
    {
        return files(SEALED).stream()
                .map(file -> new Segment(file, id(file), Instant.ofEpochMilli(Long.parseLong(id(file).substring(0, id(file).indexOf('-'))))))
                .collect(toImmutableList());
    }

    /**
     * The lines of a segment. A last line without its end was never acknowledged and is left out.
     *
     * @throws IOException when another line is damaged
     */
    static List<SpoolLine> read(Segment segment)
            throws IOException
    {
        String text = Files.readString(segment.file());
        ImmutableList.Builder<SpoolLine> lines = ImmutableList.builder();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            try {
                lines.add(RecordJson.read(line, SpoolLine.class));
            }
            catch (IllegalArgumentException e) {
                throw new IOException("Segment %s is damaged: %s".formatted(segment.id(), e.getMessage()), e);
            }
        }
        return lines.build();
    }

    void delete(Segment segment)
            throws IOException
    {
        Files.delete(segment.file());
        syncFolder();
    }

    /**
     * Sets a segment aside that cannot be read, so that those after it go on.
     */
    void setAside(Segment segment)
            throws IOException
    {
        Files.move(segment.file(), segment.file().resolveSibling(segment.id() + ".damaged"), ATOMIC_MOVE);
        syncFolder();
    }

    long bytes()
            throws IOException
    {
        long bytes = 0;
        for (Path file : Stream.concat(files(OPEN).stream(), files(SEALED).stream()).toList()) {
            bytes += file.toFile().length();
        }
        return bytes;
    }

    @Override
    public synchronized void close()
            throws IOException
    {
        if (open.isPresent()) {
            open.orElseThrow().channel.close();
            open = Optional.empty();
        }
        lockChannel.close();
    }

    private void write(byte[] bytes)
            throws IOException
    {
        Open segment = openSegment();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                segment.channel.write(buffer, segment.length + buffer.position());
            }
            // what a failed write may have left behind these bytes
            segment.channel.truncate(segment.length + bytes.length);
            segment.channel.force(true);
            segment.length += bytes.length;
        }
        catch (IOException e) {
            // half a line must not stand before the next
            try {
                segment.channel.truncate(segment.length);
            }
            catch (IOException truncate) {
                e.addSuppressed(truncate);
            }
            throw e;
        }
    }

    private Open openSegment()
            throws IOException
    {
        if (open.isEmpty()) {
            Path file = folder.resolve("%014d-%s%s".formatted(Instant.now().toEpochMilli(), UUID.randomUUID(), OPEN));
            open = Optional.of(new Open(file, FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE), ownerOnly("rw-------"))));
            syncFolder();
        }
        return open.orElseThrow();
    }

    /**
     * A new name is as durable as its content only when the folder is written, too.
     */
    private void syncFolder()
            throws IOException
    {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
        catch (IOException e) {
            log.debug(e, "The file system cannot sync a folder");
        }
    }

    private List<Path> files(String suffix)
            throws IOException
    {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .collect(toImmutableList());
        }
    }

    private static Path sealed(Path open)
    {
        return open.resolveSibling(id(open) + SEALED);
    }

    private static String id(Path file)
    {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static FileAttribute<?>[] ownerOnly(String permissions)
    {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} : new FileAttribute<?>[0];
    }
}
