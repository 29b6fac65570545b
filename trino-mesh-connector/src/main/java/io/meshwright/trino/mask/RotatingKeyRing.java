package io.meshwright.trino.mask;

import io.airlift.log.Logger;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.KeyVersion;
import io.trino.spi.TrinoException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import static io.meshwright.trino.MeshErrorCode.MESH_KEY_MISMATCH;
import static io.meshwright.trino.MeshErrorCode.MESH_KEY_VERSION_MISSING;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The key ring of a file that may change while the server runs. A file that has become unusable changes nothing: the last
 * good ring stays.
 */
public final class RotatingKeyRing
        implements KeyRingStatus
{
    private static final Logger log = Logger.get(RotatingKeyRing.class);

    private final Supplier<KeyRing> file;
    private final ReentrantLock reading = new ReentrantLock();

    private volatile KeyRing lastGood;
    private volatile String problem = "";

    public static RotatingKeyRing open(Optional<String> path)
    {
        return new RotatingKeyRing(() -> KeyRingFile.load(path));
    }

    /**
     * @param file reads the ring, or throws a {@link TrinoException} that says why it cannot be used
     */
    RotatingKeyRing(Supplier<KeyRing> file)
    {
        this.file = requireNonNull(file, "file is null");
        lastGood = file.get();
    }

    /**
     * The version to mask with from now on, as the file says now.
     */
    public KeyVersion current()
    {
        // whoever meets a reader does not wait for it: the ring of a moment ago is as good
        if (reading.tryLock()) {
            try {
                read().ifPresent(this::replaceUnlessKeysChanged);
            }
            finally {
                reading.unlock();
            }
        }
        return lastGood.current();
    }

    /**
     * The ring that masks with a version that the coordinator has decided. The coordinator's word counts: where this node
     * has no such key, the file is read again before the query is refused.
     */
    public KeyRing masking(KeyVersion wanted)
    {
        KeyRing ring = lastGood;
        if (!has(ring, wanted)) {
            reading.lock();
            try {
                read().filter(candidate -> has(candidate, wanted)).ifPresent(this::replace);
                ring = lastGood;
            }
            finally {
                reading.unlock();
            }
        }
        Optional<KeyVersion> own = ring.version(wanted.version());
        if (own.isEmpty()) {
            log.error("A query masks with key version %s, which this node's key ring lacks; it has %s", wanted, getVersions());
            throw MESH_KEY_VERSION_MISSING.exception(
                    "A node of this cluster has no key of version %s, with which this query masks, so nothing is shown. Its administrator brings the key ring of mesh.token.key-file to every node before a version becomes the current one."
                            .formatted(wanted.version()));
        }
        if (!own.orElseThrow().equals(wanted)) {
            log.error("A query masks with key version %s, but this node's key ring has %s", wanted, own.orElseThrow());
            throw MESH_KEY_MISMATCH.exception(
                    "The nodes of this cluster have different keys of version %s (check values %s and %s), under which nothing would join, so nothing is shown. Its administrator brings the same key ring of mesh.token.key-file to every node."
                            .formatted(wanted.version(), wanted.checkValue(), own.orElseThrow().checkValue()));
        }
        return ring.withCurrent(wanted.version());
    }

    @Override
    public int getCurrentVersion()
    {
        return lastGood.currentVersion();
    }

    @Override
    public String getVersions()
    {
        return lastGood.versions().stream().map(KeyVersion::toString).collect(joining(", "));
    }

    @Override
    public String getProblem()
    {
        return problem;
    }

    private Optional<KeyRing> read()
    {
        try {
            return Optional.of(file.get());
        }
        catch (TrinoException e) {
            goOnWithLastGood(e.getMessage());
            return Optional.empty();
        }
    }

    private void replaceUnlessKeysChanged(KeyRing candidate)
    {
        List<Integer> changed = candidate.versions().stream()
                .filter(version -> lastGood.version(version.version()).filter(known -> !known.equals(version)).isPresent())
                .map(KeyVersion::version)
                .toList();
        if (changed.isEmpty()) {
            replace(candidate);
            return;
        }
        // all masked values would change without a new version to tell it by
        goOnWithLastGood("The key ring of mesh.token.key-file has another key of version %s than before. A new key needs a new version; restart the catalog if this one is meant."
                .formatted(changed.stream().map(String::valueOf).collect(joining(", "))));
    }

    private void replace(KeyRing ring)
    {
        if (!problem.isEmpty()) {
            log.info("The key ring can be used again");
            problem = "";
        }
        if (!ring.versions().equals(lastGood.versions()) || ring.currentVersion() != lastGood.currentVersion()) {
            lastGood = ring;
            log.info("The key ring changed: current version %s of %s", ring.currentVersion(), getVersions());
        }
    }

    private void goOnWithLastGood(String reason)
    {
        if (!reason.equals(problem)) {
            problem = reason;
            log.error("Masking goes on with key version %s of the last good key ring. %s", lastGood.currentVersion(), reason);
        }
    }

    private static boolean has(KeyRing ring, KeyVersion wanted)
    {
        return ring.version(wanted.version()).equals(Optional.of(wanted));
    }
}
