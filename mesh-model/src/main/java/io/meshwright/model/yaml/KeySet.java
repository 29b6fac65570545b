package io.meshwright.model.yaml;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.Map;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The keys that one kind of mapping may have.
 *
 * @param keys in the order in which they are listed to a user
 * @param synonyms what people write instead, in lower case, to one of the keys
 */
public record KeySet(Set<String> keys, Map<String, String> synonyms)
{
    public KeySet
    {
        keys = ImmutableSet.copyOf(keys);
        synonyms = ImmutableMap.copyOf(synonyms);
        for (String key : synonyms.values()) {
            checkArgument(keys.contains(key), "Synonym of an unknown key: %s", key);
        }
    }

    public static KeySet of(String... keys)
    {
        return new KeySet(ImmutableSet.copyOf(keys), Map.of());
    }

    /**
     * The same keys with further synonyms.
     */
    public KeySet withSynonyms(Map<String, String> others)
    {
        return new KeySet(keys, ImmutableMap.<String, String>builder().putAll(synonyms).putAll(others).buildOrThrow());
    }
}
