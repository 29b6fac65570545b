package io.meshwright.bridge.registry;

import io.meshwright.model.finding.MeshException;

import java.time.Instant;

/**
 * Which products there are, and were. Every method throws {@link MeshException} with cause EXTERNAL where the catalog does not answer.
 */
public interface ProductRegistry
{
    /**
     * All products now, from one snapshot.
     */
    RegistryView current();

    /**
     * All products as they were at an instant, exactly, however long ago.
     */
    RegistryView asOf(Instant instant);

    /**
     * Registers in one atomic commit. Identical content is left unchanged.
     *
     * @param expectedRevision the revision of the address on which the draft is based, 0 when there was none
     * @throws MeshException with cause REFUSED when somebody registered the address since, or when a name, an identifier, a table or a
     *         location belongs to another product
     */
    Registration register(ProductDraft draft, int expectedRevision);
}
