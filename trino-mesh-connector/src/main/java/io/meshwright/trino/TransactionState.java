package io.meshwright.trino;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.meshwright.bridge.result.ContractVerdicts;
import io.meshwright.model.mask.KeyVersion;
import io.meshwright.trino.mask.RotatingKeyRing;
import io.meshwright.trino.product.ProductDirectory;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.snapshot.ResultDigests;

/**
 * What all statements of a transaction share, each read when it is first asked for: one state of the registry, so that address,
 * columns, masks and clearance agree, one key version, so that masked columns of several products join, and one state of the
 * tests' results, so that an address means one snapshot.
 */
final class TransactionState
{
    private final Supplier<Products> products;
    private final Supplier<KeyVersion> keyVersion;
    private final Supplier<ContractVerdicts> verdicts;
    private final Supplier<LegacyNames> legacyNames;

    TransactionState(ProductDirectory directory, RotatingKeyRing keys, ResultDigests results, LegacyCatalogs legacyCatalogs)
    {
        products = Suppliers.memoize(directory::current);
        keyVersion = Suppliers.memoize(keys::current);
        verdicts = Suppliers.memoize(results::verdicts);
        legacyNames = Suppliers.memoize(() -> LegacyNames.of(products.get(), Suppliers.memoize(results::dials), legacyCatalogs));
    }

    Products products()
    {
        return products.get();
    }

    KeyVersion keyVersion()
    {
        return keyVersion.get();
    }

    ContractVerdicts verdicts()
    {
        return verdicts.get();
    }

    LegacyNames legacyNames()
    {
        return legacyNames.get();
    }
}
