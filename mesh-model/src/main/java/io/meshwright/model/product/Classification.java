package io.meshwright.model.product;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * @param piiFields field names of the contract, nested ones by dots; masked for everybody without clearance
 * @param residency the region that the data must not leave, for example {@code EU}
 */
public record Classification(boolean containsPii, List<String> piiFields, Optional<String> residency, Optional<Sensitivity> sensitivity)
{
    public static final Classification NONE = new Classification(false, List.of(), Optional.empty(), Optional.empty());

    public Classification
    {
        piiFields = ImmutableList.copyOf(piiFields);
        requireNonNull(residency, "residency is null");
        requireNonNull(sensitivity, "sensitivity is null");
    }

    /**
     * The declared level, or the one that holds without a declaration.
     */
    public Sensitivity level()
    {
        return sensitivity.orElse(Sensitivity.DEFAULT);
    }
}
