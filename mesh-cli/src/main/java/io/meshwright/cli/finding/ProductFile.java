package io.meshwright.cli.finding;

import io.meshwright.bridge.admission.ProductFiles;
import io.meshwright.cli.CommandContext;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.product.LoadedContract;
import io.meshwright.model.product.ProductBundle;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A specification's file with its contracts, validated offline.
 *
 * @param product empty exactly when a finding is an error
 */
public record ProductFile(String name, Optional<ProductBundle> product, FileFindings findings)
{
    public ProductFile
    {
        requireNonNull(name, "name is null");
        requireNonNull(product, "product is null");
        requireNonNull(findings, "findings is null");
    }

    /**
     * @param knownDomains the only domains there are; when empty, any domain may be declared
     */
    public static ProductFile read(CommandContext context, String name, Set<String> knownDomains)
    {
        Parsed<ProductBundle> product = new ProductFiles(context.workingDirectory()).read(name, knownDomains);
        Stream<String> contracts = product.value().stream()
                .flatMap(bundle -> bundle.contracts().values().stream())
                .map(LoadedContract::path);
        Stream<String> others = product.findings().stream()
                .map(finding -> finding.location().file())
                .filter(file -> !file.equals(name) && product.value().isEmpty());
        int files = 1 + (int) Stream.concat(contracts, others).distinct().count();
        return new ProductFile(name, product.value(), new FileFindings(product.findings(), files));
    }
}
