package io.meshwright.bridge.admission;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.provision.ProvisioningPlan;
import io.meshwright.bridge.registry.Registration;
import io.meshwright.model.finding.Finding;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What became of a registration.
 *
 * @param registration empty when it was refused: then nothing was written
 * @param findings why it was refused
 */
public record AdmissionReport(Optional<Registration> registration, List<AdmissionStep> steps, List<Finding> findings, ProvisioningPlan plan)
{
    public AdmissionReport
    {
        requireNonNull(registration, "registration is null");
        steps = ImmutableList.copyOf(steps);
        findings = ImmutableList.copyOf(findings);
        requireNonNull(plan, "plan is null");
    }

    public boolean isAdmitted()
    {
        return registration.isPresent();
    }
}
