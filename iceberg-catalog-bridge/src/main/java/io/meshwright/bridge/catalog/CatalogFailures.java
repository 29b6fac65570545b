package io.meshwright.bridge.catalog;

import com.google.common.base.Throwables;
import io.meshwright.model.finding.MeshException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import static com.google.common.base.Throwables.getCausalChain;
import static io.meshwright.model.finding.MeshException.Cause.EXTERNAL;
import static java.util.Objects.requireNonNull;

/**
 * Says what an exception of Iceberg means, without stack traces and without secrets.
 */
final class CatalogFailures
{
    private final CatalogSettings settings;

    CatalogFailures(CatalogSettings settings)
    {
        this.settings = requireNonNull(settings, "settings is null");
    }

    MeshException translate(String action, RuntimeException failure)
    {
        if (failure instanceof CommitStateUnknownException) {
            return new MeshException(
                    CatalogRule.COMMIT_UNKNOWN,
                    EXTERNAL,
                    "Cannot tell whether this happened: %s in %s; %s".formatted(action, settings, reason(failure)),
                    "Look at the current state and run the command again: what is registered already is left unchanged",
                    failure);
        }
        if (isReadOnly(failure)) {
            return new MeshException(
                    CatalogRule.READ_ONLY,
                    EXTERNAL,
                    "Cannot %s in %s: %s".formatted(action, settings, reason(failure)),
                    "Give this user the right to write to the catalog and its warehouse",
                    failure);
        }
        if (isBroken(failure)) {
            return new MeshException(
                    CatalogRule.BROKEN,
                    EXTERNAL,
                    "Cannot %s in %s: %s".formatted(action, settings, reason(failure)),
                    "Restore the file or the database from a backup; nothing was changed",
                    failure);
        }
        return new MeshException(
                CatalogRule.UNREACHABLE,
                EXTERNAL,
                "Cannot %s in %s: %s".formatted(action, settings, reason(failure)),
                "Check that the catalog runs and that the settings below catalog: in mesh.yaml name it; mesh config view shows what is in force",
                failure);
    }

    private static boolean isReadOnly(Throwable failure)
    {
        return getCausalChain(failure).stream().anyMatch(cause -> cause instanceof AccessDeniedException ||
                cause instanceof ReadOnlyFileSystemException ||
                (cause instanceof IOException && text(cause).contains("Permission denied")) ||
                (cause instanceof IOException && text(cause).contains("Operation not permitted")) ||
                (cause instanceof IOException && text(cause).contains("Read-only file system")) ||
                (cause instanceof SQLException && text(cause).contains("SQLITE_READONLY")));
    }

    private static boolean isBroken(Throwable failure)
    {
        return getCausalChain(failure).stream().anyMatch(cause -> cause instanceof FileNotFoundException ||
                cause instanceof java.nio.file.NoSuchFileException ||
                cause instanceof org.apache.iceberg.exceptions.NotFoundException ||
                (cause instanceof SQLException && (text(cause).contains("SQLITE_NOTADB") || text(cause).contains("SQLITE_CORRUPT"))) ||
                cause.getClass().getName().startsWith("com.fasterxml.jackson.") ||
                cause.getClass().getName().contains(".jackson.core."));
    }

    /**
     * The innermost message, on one line, with passwords cut from URLs and property lists.
     */
    private static String reason(Throwable failure)
    {
        Throwable root = Throwables.getRootCause(failure);
        String message = Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
        String line = message.lines().findFirst().orElse("").strip();
        return CatalogSettings.withoutSecretsInText(line.isEmpty() ? root.getClass().getSimpleName().toLowerCase(Locale.ROOT) : line);
    }

    private static String text(Throwable cause)
    {
        return String.valueOf(cause.getMessage());
    }
}
