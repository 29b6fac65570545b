package io.meshwright.model.product;

import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.product.SpecDraft.ClassificationDraft;
import io.meshwright.model.yaml.MappingReader;

import java.util.List;
import java.util.Optional;

/**
 * Reads {@code classification:}.
 */
final class ClassificationReader
{
    static final ClassificationDraft NONE = new ClassificationDraft(Optional.empty(), SourceLocation.startOf(""), false, List.of(), Optional.empty());

    private ClassificationReader() {}

    static ClassificationDraft read(MappingReader section)
    {
        return new ClassificationDraft(
                section.bool("contains_pii"),
                section.keyLocation("contains_pii"),
                section.has("pii_fields"),
                section.strings("pii_fields").orElse(List.of()),
                section.stringScalar("residency"));
    }
}
