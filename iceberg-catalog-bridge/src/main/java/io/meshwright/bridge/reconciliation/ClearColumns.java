package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.check.ProductUnderTest;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.mask.MaskPlan;

import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Which columns of a product anybody may see.
 */
public final class ClearColumns
{
    private ClearColumns() {}

    /**
     * The declared columns without a mask; none where it cannot be told what is personal.
     */
    public static Set<String> of(ProductUnderTest product)
    {
        Optional<RegisteredProduct> registered = RegisteredProduct.parse(product.product()).value();
        String port = product.port().name();
        Optional<ContractModel> model = registered.flatMap(found -> found.model(port));
        Optional<MaskPlan> masks;
        try {
            masks = registered.flatMap(found -> found.masks(port));
        }
        catch (MeshException e) {
            return Set.of();
        }
        if (model.isEmpty() || masks.isEmpty()) {
            return Set.of();
        }
        return model.orElseThrow().fieldPaths().keySet().stream().filter(path -> masks.orElseThrow().mask(path).isEmpty()).collect(toImmutableSet());
    }
}
