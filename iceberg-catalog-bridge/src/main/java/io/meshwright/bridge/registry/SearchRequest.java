package io.meshwright.bridge.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What is searched for. All conditions must hold; words may stand anywhere, in any case.
 *
 * @param owner the owner's address or team
 * @param field the name of a contract field, or the end of its path
 * @param groups of the caller, who does not find private products of others; empty for somebody who may find everything
 */
public record SearchRequest(List<String> words, Optional<String> domain, Optional<String> owner, Optional<String> tag, Optional<String> field, Optional<Set<String>> groups)
{
    public SearchRequest
    {
        words = ImmutableList.copyOf(words);
        requireNonNull(domain, "domain is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(field, "field is null");
        groups = groups.map(ImmutableSet::copyOf);
    }

    public static SearchRequest forWords(List<String> words)
    {
        return new SearchRequest(words, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
