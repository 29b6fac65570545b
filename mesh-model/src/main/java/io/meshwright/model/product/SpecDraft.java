package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.yaml.YamlScalar;

import java.util.List;
import java.util.Optional;

/**
 * What was read of a specification, with the places that rules across sections need. Present even where something is wrong, so that
 * one mistake hides no other.
 *
 * @param spec empty when something that it cannot be without is missing
 * @param specLocation where {@code spec:} stands
 * @param slaLocation where {@code sla:} stands, or {@code spec:} without it
 * @param freshnessDeclared whether a freshness is written, valid or not
 * @param timestampField the field by which freshness is measured
 */
record SpecDraft(
        Optional<DataProductSpec> spec,
        Optional<ProductAddress> address,
        List<PortDraft> ports,
        ClassificationDraft classification,
        SourceLocation specLocation,
        SourceLocation slaLocation,
        boolean freshnessDeclared,
        Optional<YamlScalar> timestampField)
{
    /**
     * @param label the name, or the position where the name is missing
     * @param port empty when name or type are missing
     * @param contract the path as written
     * @param query of a view, as written
     */
    record PortDraft(String label, Optional<OutputPort> port, Optional<YamlScalar> contract, boolean contractDeclared, Optional<YamlScalar> query, SourceLocation location, String path) {}

    /**
     * @param containsPii empty when the key is absent
     */
    record ClassificationDraft(Optional<Boolean> containsPii, SourceLocation containsPiiLocation, boolean piiFieldsDeclared, List<YamlScalar> piiFields, Optional<YamlScalar> residency)
    {
        ClassificationDraft
        {
            piiFields = ImmutableList.copyOf(piiFields);
        }

        boolean isPersonal()
        {
            return containsPii.orElse(false) || !piiFields.isEmpty();
        }
    }

    SpecDraft
    {
        ports = ImmutableList.copyOf(ports);
    }
}
