package io.meshwright.bridge.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.io.SupportsStorageCredentials;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the file system by a location's scheme: {@link LocalFileIO} for local files, Iceberg's own for object stores.
 * Iceberg's {@code ResolvingFileIO} does the same, but needs Hadoop.
 */
public class SchemeFileIO
        implements DelegateFileIO, SupportsStorageCredentials
{
    private static final long serialVersionUID = 1;

    private static final String S3 = "org.apache.iceberg.aws.s3.S3FileIO";
    private static final String GCS = "org.apache.iceberg.gcp.gcs.GCSFileIO";
    private static final String AZURE = "org.apache.iceberg.azure.adlsv2.ADLSFileIO";
    private static final Map<String, String> IMPLEMENTATIONS = ImmutableMap.<String, String>builder()
            .put("s3", S3)
            .put("s3a", S3)
            .put("s3n", S3)
            .put("gs", GCS)
            .put("abfs", AZURE)
            .put("abfss", AZURE)
            .buildOrThrow();

    // HashMap and ArrayList, since Spark's serializers take them
    private HashMap<String, String> properties = new HashMap<>();
    private ArrayList<StorageCredential> credentials = new ArrayList<>();
    private transient Map<String, FileIO> delegates;

    @Override
    public void initialize(Map<String, String> properties)
    {
        close();
        this.properties = new HashMap<>(properties);
    }

    @Override
    public Map<String, String> properties()
    {
        return ImmutableMap.copyOf(properties);
    }

    @Override
    public void setCredentials(List<StorageCredential> credentials)
    {
        this.credentials = new ArrayList<>(credentials);
    }

    @Override
    public List<StorageCredential> credentials()
    {
        return ImmutableList.copyOf(credentials);
    }

    @Override
    public InputFile newInputFile(String location)
    {
        return delegate(location).newInputFile(location);
    }

    @Override
    public InputFile newInputFile(String location, long length)
    {
        return delegate(location).newInputFile(location, length);
    }

    @Override
    public OutputFile newOutputFile(String location)
    {
        return delegate(location).newOutputFile(location);
    }

    @Override
    public void deleteFile(String location)
    {
        delegate(location).deleteFile(location);
    }

    @Override
    public void deleteFiles(Iterable<String> locations)
    {
        Map<FileIO, List<String>> byDelegate = new HashMap<>();
        for (String location : locations) {
            byDelegate.computeIfAbsent(delegate(location), unused -> new ArrayList<>()).add(location);
        }
        byDelegate.forEach((io, files) -> {
            if (io instanceof SupportsBulkOperations) {
                ((SupportsBulkOperations) io).deleteFiles(files);
            }
            else {
                files.forEach(io::deleteFile);
            }
        });
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix)
    {
        return prefixes(prefix).listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix)
    {
        prefixes(prefix).deletePrefix(prefix);
    }

    @Override
    public synchronized void close()
    {
        if (delegates != null) {
            delegates.values().forEach(FileIO::close);
            delegates = null;
        }
    }

    private SupportsPrefixOperations prefixes(String prefix)
    {
        FileIO io = delegate(prefix);
        if (io instanceof SupportsPrefixOperations) {
            return (SupportsPrefixOperations) io;
        }
        throw new UnsupportedOperationException("Files below a prefix cannot be listed by " + io.getClass().getName());
    }

    private synchronized FileIO delegate(String location)
    {
        if (delegates == null) {
            delegates = new HashMap<>();
        }
        return delegates.computeIfAbsent(scheme(location), this::load);
    }

    private FileIO load(String scheme)
    {
        if (scheme.equals("file")) {
            return new LocalFileIO();
        }
        String implementation = IMPLEMENTATIONS.get(scheme);
        if (implementation == null) {
            throw new UnsupportedOperationException("No file system for locations that begin with %s://".formatted(scheme));
        }
        return CatalogUtil.loadFileIO(implementation, properties, null, credentials);
    }

    private static String scheme(String location)
    {
        if (LocalFileIO.isLocal(location)) {
            return "file";
        }
        int end = location.indexOf("://");
        if (end <= 0) {
            throw new UnsupportedOperationException("A location begins with a scheme such as s3:// or file://, but this one does not: " + location);
        }
        return location.substring(0, end);
    }
}
