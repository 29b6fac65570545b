package io.meshwright.trino;

import io.meshwright.model.finding.Rule;
import io.meshwright.model.finding.Severity;
import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.ErrorType;
import io.trino.spi.TrinoException;

import static io.trino.spi.ErrorType.EXTERNAL;
import static io.trino.spi.ErrorType.INTERNAL_ERROR;
import static io.trino.spi.ErrorType.USER_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * What the connector refuses or cannot do. Every message begins with the rule's id.
 */
public enum MeshErrorCode
        implements ErrorCodeSupplier, Rule
{
    MESH_KEY_RING_UNUSABLE(1, EXTERNAL, "Without a sound key nothing can be masked, so the catalog does not start."),
    MESH_REGISTRY_UNAVAILABLE(2, EXTERNAL, "Without the registry nobody knows what is masked for whom, so nothing is shown."),
    MESH_PRODUCT_UNREADABLE(3, EXTERNAL, "A registration that cannot be understood may hide a mask, so its data is not shown."),
    MESH_STORAGE_MISSING(4, EXTERNAL, "The product is registered, but its table is not there."),
    MESH_SCHEMA_DRIFT(5, EXTERNAL, "The table no longer has what the contract promises, so names and masks cannot be trusted."),
    MESH_NOT_QUERYABLE(6, USER_ERROR, "Only ports of the types iceberg and view can be asked by SQL."),
    MESH_READ_DENIED(7, USER_ERROR, "The specification names who may read the product."),
    MESH_WRITE_DENIED(8, USER_ERROR, "An address is for readers; its producer writes to the table behind it."),
    MESH_CLEAR_VALUES_DENIED(9, USER_ERROR, "Somebody else's view must not show values that its reader may not see."),
    MESH_MASK_BYPASS(10, INTERNAL_ERROR, "A masked column must not reach storage without its mask."),
    MESH_READ_FAILED(11, EXTERNAL, "Storage did not answer as it should; what it said names files and is in the server's log."),
    MESH_VERSION_UNAVAILABLE(12, USER_ERROR, "The product has no such version."),
    MESH_CATALOG_UNAVAILABLE(13, EXTERNAL, "Without the Iceberg catalog nobody knows which files a table has now, and the last known ones may be gone."),
    MESH_STALE(35, EXTERNAL, "The reader asked not to get data that is older than it may be, or of unknown age."),
    MESH_NOT_VERIFIED(36, EXTERNAL, "The product serves tested data only, and never gives the newest in its place."),
    MESH_RETIRED(37, USER_ERROR, "The version's published end has come, or the reader allows no version whose end is published."),
    MESH_VIEW_UNREADABLE(38, EXTERNAL, "A view shows exactly its contract's columns, from products that its reader may read."),
    MESH_KEY_VERSION_MISSING(25, EXTERNAL, "A node without the key that a query masks with can show nothing of it."),
    MESH_KEY_MISMATCH(26, EXTERNAL, "Nodes with different keys give different masked values for one value, which would join wrongly in silence."),
    MESH_ENVIRONMENT_UNKNOWN(27, USER_ERROR, "A catalog file that forgets to say where it is used must not show clear values in a test environment."),
    MESH_RESULTS_UNAVAILABLE(30, EXTERNAL, "A result that cannot be read is not a good result, so nothing is shown."),
    MESH_NOT_OF_VIEWS(31, USER_ERROR, "What a view shows is decided when it is asked, by the rights on its inputs."),
    MESH_LISTENER_UNUSABLE(40, EXTERNAL, "A server that cannot keep what is read would let reads pass unrecorded, so it does not start.");

    private static final int BASE = 0x4D45_0000;

    private final ErrorCode errorCode;
    private final String id;
    private final String rationale;

    MeshErrorCode(int number, ErrorType type, String rationale)
    {
        errorCode = new ErrorCode(BASE + number, name(), type);
        id = "MESH-TRINO-%03d".formatted(number);
        this.rationale = requireNonNull(rationale, "rationale is null");
    }

    @Override
    public ErrorCode toErrorCode()
    {
        return errorCode;
    }

    @Override
    public String id()
    {
        return id;
    }

    @Override
    public String title()
    {
        return name().substring("MESH_".length()).replace('_', '-');
    }

    @Override
    public Severity severity()
    {
        return Severity.ERROR;
    }

    @Override
    public String rationale()
    {
        return rationale;
    }

    /**
     * The message with the rule's id before it.
     */
    public String message(String text)
    {
        return "[" + id + "] " + text;
    }

    public TrinoException exception(String text)
    {
        return new TrinoException(this, message(text));
    }
}
