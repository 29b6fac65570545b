package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.evidence.KeyNumbering;
import io.meshwright.bridge.evidence.KeySetFiles;
import io.meshwright.bridge.evidence.LiveFile;
import io.meshwright.bridge.evidence.UniqueFilesRow.KeptKeys;
import org.apache.iceberg.DataFile;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What comparing the keys of files as numbers found.
 *
 * @param written sets of the files that were read
 * @param counts of the keys in them, by file
 * @param suspects files that may have a key in common with another one, or one more than once; a key that occurs more than once is in these only
 * @param complete whether all kept sets were there; without, nothing is known
 */
public record KeyComparison(List<DataFile> written, Map<LiveFile, Long> counts, Set<LiveFile> suspects, boolean complete, OptionalLong bytesRead)
{
    /**
     * @param columns of the key
     * @param fresh files to read
     * @param known files whose sets are kept, and that have no key in common
     * @param sets where they are, and where those of the fresh files go
     */
    public record Request(List<String> columns, KeyNumbering numbering, List<LiveFile> fresh, Map<LiveFile, KeptKeys> known, KeySetFiles sets)
    {
        public Request
        {
            columns = ImmutableList.copyOf(columns);
            requireNonNull(numbering, "numbering is null");
            fresh = ImmutableList.copyOf(fresh);
            known = ImmutableMap.copyOf(known);
            requireNonNull(sets, "sets is null");
        }
    }

    public KeyComparison
    {
        written = ImmutableList.copyOf(written);
        counts = ImmutableMap.copyOf(counts);
        suspects = ImmutableSet.copyOf(suspects);
        requireNonNull(bytesRead, "bytesRead is null");
    }
}
