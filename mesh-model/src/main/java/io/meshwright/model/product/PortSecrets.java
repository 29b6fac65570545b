package io.meshwright.model.product;

import io.meshwright.model.finding.Findings;
import io.meshwright.model.yaml.YamlScalar;

import java.util.regex.Pattern;

/**
 * Finds credentials in locations. The message does not repeat them.
 */
final class PortSecrets
{
    private static final Pattern USER_INFORMATION = Pattern.compile("://[^/@\\s]*:[^/@\\s]+@");
    private static final Pattern PARAMETER = Pattern.compile("[?&;](password|passwd|pwd|secret|token|api_?key|sig|signature|access_?key|secret_?key|x-amz-signature)=[^&;\\s]", Pattern.CASE_INSENSITIVE);

    private PortSecrets() {}

    static void check(YamlScalar value, Findings findings)
    {
        if (USER_INFORMATION.matcher(value.text()).find() || PARAMETER.matcher(value.text()).find()) {
            findings.add(SpecRule.PORT_SECRET, value.location(), value.path(), "a secret is part of this value", "remove it here, change it where it was valid, and keep the new one in the configuration");
        }
    }
}
