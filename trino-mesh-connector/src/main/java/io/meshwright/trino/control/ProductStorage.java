package io.meshwright.trino.control;

import io.meshwright.model.sla.SlaMeasurement;
import io.meshwright.trino.product.Product;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the tables behind products show to the user of one session.
 */
public interface ProductStorage
{
    /**
     * A column, or a field within one.
     *
     * @param path names joined by dots
     * @param type in the words of SQL
     * @param masked empty where a view computes it from what is masked
     * @param mask the mask that the user sees it under; empty for clear
     * @param tokenDomain within which equal values look equal under the mask
     * @param origin the field of a table that it is; empty where a view computes it
     */
    record ShownField(String path, String type, Optional<Boolean> masked, Optional<String> mask, Optional<String> tokenDomain, Optional<Origin> origin) {}

    record Origin(Product product, String path) {}

    /**
     * Which data a product serves now.
     *
     * @param snapshotId empty where nothing can be served
     * @param verified whether the snapshot passed the contract; empty where it was not tested
     */
    record ServedData(
            Optional<Long> snapshotId,
            Optional<Instant> committedAt,
            Optional<Boolean> verified,
            Optional<Instant> testedAt,
            Optional<Long> latestSnapshotId,
            Optional<Instant> latestAt) {}

    /**
     * Empty for a product that is no table.
     */
    Optional<ServedData> served(Product product);

    /**
     * The columns of a product as the user sees them, and below them the masked fields of rows. Those of a view are what the
     * products are that it reads.
     */
    List<ShownField> fields(Product product);

    /**
     * How fresh a product is by what its table's metadata proves; empty where data would have to be read.
     */
    Optional<SlaMeasurement> freshness(Product product, Instant now);

    /**
     * A few rows of a product.
     */
    SystemTable sample(SchemaTableName name, Product product);
}
